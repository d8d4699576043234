import CampaignCore
import CampaignStore

/// Contacts of a campaign as a table or as JSON, written as they are read: memory does not grow with their number.
struct ContactList {
    /// The table's widths are chosen by so many contacts.
    private static let sampled = 200

    private let campaign: String
    private let limit: Int?
    private let output: Output
    private let columns: [String]
    private let clock: LocalClock
    private var stream: ResultStream
    private var table: TextTable?
    /// Rows that wait for the widths.
    private var waiting: [[String]] = []
    private var shown = 0
    /// How many there are besides those that were shown.
    private(set) var more = 0

    private struct Head: Encodable {
        var campaign: String
        var columns: [String]
    }

    init(_ reader: StoreReader, of campaign: String, limit: Int?, _ output: Output) throws {
        (self.campaign, self.limit, self.output) = (campaign, limit, output)
        columns = try reader.ownColumns(campaign: campaign)
        clock = try reader.clock(of: [campaign])
        stream = try ResultStream(
            output, named: "contacts", after: Head(campaign: campaign, columns: columns))
    }

    /// The rest need not be read.
    private struct Enough: Error {}

    mutating func show(_ reader: StoreReader, _ choice: ContactChoice) throws {
        do {
            try reader.forEachContact(campaign: campaign) { contact in
                guard choice.includes(contact) else { return }
                if let limit, shown >= limit {
                    // Only whoever is chosen must be read to be counted.
                    guard !choice.isAll else { throw Enough() }
                    more += 1
                    return
                }
                shown += 1
                try append(contact)
            }
        } catch is Enough {
            more = max(try reader.counts(campaign: campaign).total - shown, 1)
        }
        try begin()
        let end = end
        try stream.append(end)
        try stream.finish()
    }

    private mutating func append(_ contact: ContactRow) throws {
        guard !output.isJSON else { return try stream.append(json: ListedContact(contact)) }
        let cells = cells(of: contact)
        if let table { return try stream.append(table.line(cells)) }
        waiting.append(cells)
        if waiting.count == Self.sampled { try begin() }
    }

    /// Chooses the widths, and writes the rows that waited for them.
    private mutating func begin() throws {
        guard table == nil, !waiting.isEmpty, !output.isJSON else { return }
        let language = output.language
        let first = [
            TextTable.Column(language.text("phone", "telefone"), isWhole: true),
            TextTable.Column(language.text("state", "situação")),
            TextTable.Column(language.text("last call", "última ligação"), isOptional: true, isWhole: true),
            TextTable.Column(language.text("answer", "atendimento"), isOptional: true),
        ]
        let table = TextTable(
            first + columns.map { TextTable.Column($0, isOptional: true) }, sample: waiting, width: output.resultWidth,
            narrows: true)
        self.table = table
        try stream.append(table.header)
        for cells in waiting { try stream.append(table.line(cells)) }
        waiting.removeAll()
    }

    private func cells(of contact: ContactRow) -> [String] {
        let last = contact.last.map { clock.text($0.startedAt, withSeconds: false)[output.language] }
        return [
            contact.phone.text, contact.statePhrase[output.language], last ?? "–",
            contact.answer?.phrase[output.language] ?? "",
        ] + contact.own
    }

    private var end: String {
        let language = output.language
        guard shown > 0 else {
            return language.text("\(campaign) has no such contact.", "\(campaign) não tem esse contato.")
        }
        let all = shown + more
        let count =
            more > 0
            ? language.text(
                "\(shown) of \(language.counted(all, .contact))", "\(shown) de \(language.counted(all, .contact))")
            : language.counted(shown, .contact)
        return "\(count); \(clock.name[language])"
    }
}

/// A contact of the list, for machines.
struct ListedContact: Encodable {
    var phone, state: String
    var reason: String?
    var attempts: Int
    var lastAttemptAt, instance, outcome, error: String?
    var httpStatus: Int?
    var delivery, answer, answeredAt, calledBackAt, repliedAt: String?
    /// Its cells, in the order of `columns`.
    var own: [String]

    init(_ contact: ContactRow) {
        (phone, state, reason) = (contact.phone.text, contact.state.rawValue, contact.reason)
        attempts = contact.attempts
        lastAttemptAt = contact.last.map { $0.startedAt.json() }
        (instance, outcome) = (contact.last?.instance, contact.last?.outcome?.rawValue)
        (error, httpStatus) = (contact.last?.error, contact.last?.httpStatus)
        (delivery, answer) = (contact.delivery, contact.answer?.rawValue)
        answeredAt = contact.answeredAt?.json()
        calledBackAt = contact.calledBackAt?.json()
        repliedAt = contact.repliedAt?.json()
        own = contact.own
    }
}
