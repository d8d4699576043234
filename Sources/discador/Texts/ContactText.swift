import CampaignCore
import CampaignStore
import Reports

extension ContactRow {
    /// `failed (rejected)`.
    var statePhrase: Phrase { state.phrase(reason) }

    /// `5511987654321  failed, HTTP 422 | nome: Ana`: the number, facts about it, and the contact's own cells with
    /// their column names, without empty ones.
    func line(_ facts: [String?], columns: [String]) -> String {
        let cells = zip(columns, own).filter { !$1.isEmpty }.map { "\($0): \($1)" }
        return (["\(phone.text)  \(facts.compactMap(\.self).joined(separator: ", "))"] + cells).joined(separator: " | ")
    }
}

extension AttemptRow {
    /// `HTTP 422`, and the error: the reply, as far as it is known.
    var reply: [Phrase] {
        [httpStatus.map { Phrase(verbatim: "HTTP \($0)") }, error.map { Phrase(recorded: $0) }].compactMap(\.self)
    }
}

extension AttemptOutcome {
    /// The outcome: its code, or in Portuguese a word.
    var phrase: Phrase { Phrase(rawValue, Language.portuguese.reportWords.outcome(self)) }
}

extension CallState {
    /// The state: its code, or in Portuguese a word.
    var phrase: Phrase { Phrase(rawValue, Language.portuguese.reportWords.state(self)) }

    /// So many contacts in it: `2 in doubt`, `2 em dúvida`.
    func phrase(counting count: Int) -> Phrase {
        let many =
            switch self {
            case .ready, .dialing, .inDoubt: phrase.portuguese
            case .accepted: "aceitas"
            case .failed: "falharam"
            case .excluded: "excluídas"
            }
        return Phrase(
            "\(count) \(rawValue.replacing("_", with: " "))", "\(count) \(count == 1 ? phrase.portuguese : many)")
    }

    /// The state with the reason for it, if there is one.
    func phrase(_ reason: String?) -> Phrase {
        guard let reason else { return phrase }
        return phrase + Phrase(" (\(reason))", " (\(Language.portuguese.reportWords.reason(reason, of: self)))")
    }
}

extension CallReceipt {
    /// The call's id at Z-API.
    var phrase: Phrase {
        if let zaapId { return Phrase(verbatim: "zaapId \(zaapId)") }
        return messageId.map { Phrase(verbatim: "messageId \($0)") } ?? Phrase("no id", "sem id")
    }
}

extension Noun {
    static let item = Noun("item", portuguese: ("item", "itens"))
}

extension Phrase {
    /// `1 item waits`, `3 items wait`: in the provider queue.
    static func itemsWaiting(_ count: Int) -> Phrase {
        Phrase.counted(count, .item) + Phrase(count == 1 ? " waits" : " wait", count == 1 ? " espera" : " esperam")
    }
}
