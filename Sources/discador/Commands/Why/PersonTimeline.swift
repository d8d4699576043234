import CampaignCore
import CampaignStore
import Reports

/// Everything that happened to a person, in the order in which it did.
struct PersonTimeline {
    enum Kind: String, Encodable {
        case imported = "import"
        case block, attempt, event, reply
    }

    struct Entry {
        var at: Timestamp
        var kind: Kind
        /// One sentence, with its times on this clock.
        var phrase: (LocalClock) -> Phrase
    }

    private(set) var entries: [Entry] = []

    /// - Parameter body: the body of an event; nil when it has been removed.
    init(_ details: ContactDetails, _ block: BlockEntry?, body: (EventEntry) throws -> [UInt8]?) rethrows {
        if let origin = details.origin {
            let place = origin.file + (origin.line.map { ":\($0)" } ?? "")
            entries.append(
                Entry(at: origin.importedAt, kind: .imported) { _ in
                    Phrase("Imported from \(place).", "Importado de \(place).")
                })
        }
        if let block {
            entries.append(
                Entry(at: block.since, kind: .block) { _ in
                    Phrase("Put on the do-not-call list", "Incluído na lista de não ligar") + block.because
                        + Phrase(verbatim: ".")
                })
        }
        entries += details.attempts.map { attempt in
            Entry(at: attempt.startedAt, kind: .attempt) { attempt.phrase($0) }
        }
        for event in details.events {
            let says =
                event.event(try body(event))?.phrase
                ?? Phrase("its body has been removed", "o conteúdo dele já foi removido")
            entries.append(
                Entry(at: event.receivedAt, kind: .event) { clock in
                    Phrase("Event \(event.type), ", "Evento \(event.type), ") + clock.text(event.receivedAt)
                        + Phrase(verbatim: ": ") + says + Phrase(verbatim: "; ") + event.fate
                })
        }
        entries += details.replies.map { reply in Entry(at: reply.receivedAt, kind: .reply) { reply.phrase($0) } }
        // What happened in the same millisecond stays in this order.
        entries = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Calls, events and replies: the rest is said elsewhere.
    func lines(_ clock: LocalClock) -> [Phrase] {
        entries.filter { [.attempt, .event, .reply].contains($0.kind) }.map { $0.phrase(clock) }
    }
}

extension PersonTimeline.Entry: Encodable {
    private enum CodingKeys: CodingKey {
        case at, kind, text
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at.json(), forKey: .at)
        try container.encode(kind, forKey: .kind)
        try container.encode(phrase(.iso).english, forKey: .text)
    }
}

extension BlockEntry {
    /// The reason as the end of a sentence: `: asked by phone`; empty without one.
    var because: Phrase {
        guard !reason.isEmpty else { return Phrase(verbatim: "") }
        let reason = Phrase(recorded: reason)
        return Phrase { ": \(TerminalText.line(reason[$0]))" }
    }
}

extension AttemptRow {
    /// `Attempt 1: 2026-11-26 10:00:00 through vendas, accepted, HTTP 200, zaapId 3B…, answered 2026-…`.
    func phrase(_ clock: LocalClock) -> Phrase {
        let begin =
            Phrase("Attempt \(number): ", "Tentativa \(number): ") + clock.text(startedAt)
            + Phrase(" through \(instance)", " por \(instance)")
        var parts = [begin, outcome?.phrase ?? Phrase("no result yet", "ainda sem resultado")] + reply
        if let receipt { parts.append(receipt.phrase) }
        return (parts + whatHappened(clock)).joined(separator: ", ")
    }

    /// What webhooks say about the call.
    private func whatHappened(_ clock: LocalClock) -> [Phrase] {
        let answered = answeredAt.map { Phrase(verbatim: " ") + clock.text($0) } ?? Phrase(verbatim: "")
        let answer = answer.map { $0.phrase + answered }
        let delivery = self.answer == nil ? delivery?.phrase : nil
        return [delivery, deliveryError.map { Phrase(verbatim: $0) }, answer].compactMap(\.self)
    }
}

extension Delivery {
    /// Whether the call went out.
    var phrase: Phrase {
        switch self {
        case .delivered: Phrase("delivered", "entregue")
        case .failed: Phrase("not delivered", "não entregue")
        case .unknown: Phrase("it is not known whether it was delivered", "não se sabe se foi entregue")
        }
    }
}

extension Answer {
    /// Whether somebody answered.
    var phrase: Phrase {
        switch self {
        case .answered: Phrase("answered", "atendida")
        case .notAnswered: Phrase("not answered", "não atendida")
        }
    }
}
