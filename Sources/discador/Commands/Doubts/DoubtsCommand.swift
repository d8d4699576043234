import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador doubts`: calls that may have rung.
struct DoubtsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doubts",
        abstract: "List the calls that may have rung, with what is known about each.",
        discussion: """
            They are never dialed again automatically: resolve them with `discador resolve`.

            \(FilterOptions.help)
            """
    )

    @Argument(help: .campaign)
    var campaign: String

    @OptionGroup var filtering: FilterOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let filter = try filtering.filter(reader, of: name, numbers: numbers)
        let columns = try reader.ownColumns(campaign: name)
        let evidence = try Evidence(reader, campaign: name)
        var result = ResultStream(options.output, named: "doubts")
        var groups: [DoubtGroup] = []
        if options.json {
            try reader.forEachContact(campaign: name, in: [.inDoubt]) { contact in
                guard filter?.matches(contact) ?? true else { return }
                try result.append(json: Doubt(contact, columns, evidence))
            }
        } else {
            try reader.forEachDoubt(campaign: name, where: filter) { group in
                groups.append(group)
                try result.append("\(group.word) (\(group.contacts)): \(DoubtReason.howFar(group.reason))")
            } _: { contact in
                try result.append(Doubt(contact, columns, evidence).text)
            }
            try result.append(summary(groups, campaign: name, isAll: filter == nil))
        }
        try result.finish()
        let open = try reader.counts(campaign: name).dialing
        guard open > 0 else { return }
        options.output.note(
            "\(open) more \(open.noun("is", "are")) under way, or \(open.noun("was", "were")) interrupted: "
                + "the next run finds out which."
        )
    }

    private func summary(_ groups: [DoubtGroup], campaign: String, isAll: Bool) -> String {
        guard !groups.isEmpty else {
            return isAll ? "\(campaign) has no calls in doubt." : "\(campaign) has no calls in doubt that match."
        }
        let parts = groups.map { "\($0.contacts) \($0.word)" }.joined(separator: ", ")
        let resolve = options.suggested().command("resolve", campaign)
        return "\(groups.reduce(0) { $0 + $1.contacts }) in doubt: \(parts). Find out what happened, then: "
            + "\(resolve) (--phone P | --where … | --file F.csv | --all) --as called|not-called"
    }
}

extension DoubtGroup {
    fileprivate var word: String { reason ?? "unknown" }
}

/// What speaks for or against the doubts of a campaign, by the contact's number.
private struct Evidence {
    let queue: [PhoneNumber: [QueueEvidence]]
    let events: [PhoneNumber: (events: Int, lastAt: Timestamp)]

    init(_ reader: StoreReader, campaign: String) throws {
        queue = try reader.queueEvidence(campaign: campaign)
        events = try reader.eventEvidence(campaign: campaign)
    }
}

/// A call that may have rung, and what is known about it.
private struct Doubt: Encodable {
    var phone: String
    var reason: String?
    /// How far the request got.
    var howFar: String
    var instance: String?
    var attempt: Int?
    var startedAt: String?
    var httpStatus: Int?
    var error: String?
    var contact: [String]
    /// Items of the provider queue that may be this call.
    var evidence: [QueueEvidenceText]
    /// Delivery events that may be about this call.
    var events: Int
    private let line: String
    private let lastEventAt: Timestamp?

    private enum CodingKeys: CodingKey {
        case phone, reason, howFar, instance, attempt, startedAt, httpStatus, error, contact, evidence, events
    }

    init(_ row: ContactRow, _ columns: [String], _ known: Evidence) {
        evidence = known.queue[row.phone, default: []].map { QueueEvidenceText($0) }
        events = known.events[row.phone]?.events ?? 0
        lastEventAt = known.events[row.phone]?.lastAt
        phone = row.phone.text
        reason = row.reason
        howFar = DoubtReason.howFar(row.reason)
        instance = row.last?.instance
        attempt = row.last?.number
        startedAt = row.last.map { $0.startedAt.json() }
        httpStatus = row.last?.httpStatus
        error = row.last?.error
        contact = row.own
        let facts = [
            row.last.map { "at \(TimeText.iso($0.startedAt))" }, instance.map { "through \($0)" },
            attempt.map { "attempt \($0)" },
        ]
        let reply = row.last?.reply.filter { $0 != row.reason } ?? []
        line = "  " + row.line(facts + reply, columns: columns)
    }

    var text: String {
        var lines = [line] + evidence.map { "      \($0.line)" }
        if let lastEventAt {
            lines.append(
                "      \(events.counted("delivery event")), the last at \(TimeText.iso(lastEventAt)): it may be about this "
                    + "call, or about a message of another program; `why` shows what it says.")
        }
        return lines.joined(separator: "\n")
    }
}
