import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador doubts`: calls that may have rung.
struct DoubtsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doubts",
        Phrase(
            "List the calls that may have rung, with what is known about each.",
            "Lista as ligações que podem ter tocado, com o que se sabe de cada uma."),
        discussion: Phrase(
            """
            They are never dialed again automatically: resolve them with `discador resolve`.

            \(FilterOptions.help)
            """,
            """
            Elas nunca são discadas de novo automaticamente: resolva com `discador resolve`.

            \(FilterOptions.help)
            """),
        examples: [
            "discador doubts cobranca-novembro", "discador doubts cobranca-novembro --where \"reason = no_reply\"",
        ])

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
        let language = options.output.language
        let clock = try reader.clock(of: [name])
        var result = ResultStream(options.output, named: "doubts")
        var groups: [DoubtGroup] = []
        var first: PhoneNumber?
        if options.json {
            try reader.forEachContact(campaign: name, in: [.inDoubt]) { contact in
                guard filter?.matches(contact) ?? true else { return }
                try result.append(json: Doubt(contact, columns, evidence))
            }
        } else {
            try reader.forEachDoubt(campaign: name, where: filter) { group in
                groups.append(group)
                try result.append(
                    "\(group.word[language]) (\(group.contacts)): \(DoubtReason.howFar(group.reason)[language])")
            } _: { contact in
                first = first ?? contact.phone
                try result.append(Doubt(contact, columns, evidence).text(language, clock))
            }
            if !groups.isEmpty { try result.append(clock.name[language]) }
            try result.append(summary(groups, campaign: name, isAll: filter == nil)[language])
            if let first { for line in resolving(first, of: name) { try result.append(line[language]) } }
        }
        try result.finish()
        let left = try reader.counts(campaign: name).dialing
        guard left > 0 else { return }
        options.output.note(
            Phrase(
                "\(left) more \(left == 1 ? "is" : "are") under way, or \(left == 1 ? "was" : "were") interrupted: "
                    + "the next run finds out which.",
                left == 1
                    ? "mais 1 está em andamento, ou foi interrompida: a próxima execução descobre qual dos dois."
                    : "mais \(left) estão em andamento, ou foram interrompidas: a próxima execução descobre quais."))
    }

    private func summary(_ groups: [DoubtGroup], campaign: String, isAll: Bool) -> Phrase {
        guard !groups.isEmpty else {
            return isAll
                ? Phrase("\(campaign) has no calls in doubt.", "\(campaign) não tem ligações em dúvida.")
                : Phrase(
                    "\(campaign) has no calls in doubt that match.",
                    "\(campaign) não tem ligações em dúvida que correspondam ao filtro.")
        }
        let total = groups.reduce(0) { $0 + $1.contacts }
        let parts = groups.map { Phrase(verbatim: "\($0.contacts) ") + $0.word }.joined(separator: ", ")
        return Phrase("\(total) in doubt: ", "\(total) em dúvida: ") + parts
            + Phrase(
                ". Find out what happened, then, such as for the first:",
                ". Descubra o que aconteceu e depois, por exemplo para a primeira:")
    }

    /// The commands that resolve a doubt, ready to be copied.
    private func resolving(_ phone: PhoneNumber, of campaign: String) -> [Phrase] {
        func command(_ resolution: String) -> String {
            options.suggested().command("resolve", campaign, "--phone", phone.text, "--as", resolution)
        }
        return [
            Phrase("  it rang:         ", "  tocou:       ") + Phrase(verbatim: command("called")),
            Phrase("  it did not ring: ", "  não tocou:   ") + Phrase(verbatim: command("not-called")),
            Phrase(
                "  Several at once: `discador resolve --help`.", "  Várias de uma vez: `discador resolve --help`."),
        ]
    }
}

extension DoubtGroup {
    /// The code of the reason.
    fileprivate var word: Phrase { reason.map { Phrase(verbatim: $0) } ?? Phrase("unknown", "desconhecido") }
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
struct Doubt: Encodable {
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
    private let row: ContactRow
    private let columns: [String]
    private let lastEventAt: Timestamp?

    private enum CodingKeys: CodingKey {
        case phone, reason, howFar, instance, attempt, startedAt, httpStatus, error, contact, evidence, events
    }

    fileprivate init(_ row: ContactRow, _ columns: [String], _ known: Evidence) {
        var evidence = DoubtEvidence()
        evidence.queue = known.queue[row.phone, default: []]
        evidence.events = known.events[row.phone]?.events ?? 0
        evidence.lastEventAt = known.events[row.phone]?.lastAt
        self.init(row, columns, evidence)
    }

    init(_ row: ContactRow, _ columns: [String], _ known: DoubtEvidence) {
        evidence = known.queue.map { QueueEvidenceText($0) }
        (events, lastEventAt) = (known.events, known.lastEventAt)
        phone = row.phone.text
        reason = row.reason
        howFar = DoubtReason.howFar(row.reason).english
        instance = row.last?.instance
        attempt = row.last?.number
        startedAt = row.last.map { $0.startedAt.json() }
        httpStatus = row.last?.httpStatus
        error = row.last?.error
        contact = row.own
        (self.row, self.columns) = (row, columns)
    }

    func text(_ language: Language, _ clock: LocalClock) -> String {
        let facts = [
            row.last.map { language.text("at ", "em ") + clock.text($0.startedAt)[language] },
            instance.map { language.text("through \($0)", "por \($0)") },
            attempt.map { language.text("attempt \($0)", "tentativa \($0)") },
        ]
        let reply = row.last?.reply.filter { $0.english != row.reason } ?? []
        var lines = ["  " + row.line(facts + reply.map { $0[language] }, columns: columns)]
        lines += evidence.map { "      \($0.line(clock)[language])" }
        if let lastEventAt {
            lines.append("      \(DoubtText.events(events, lastAt: lastEventAt, clock)[language])")
        }
        return lines.joined(separator: "\n")
    }
}
