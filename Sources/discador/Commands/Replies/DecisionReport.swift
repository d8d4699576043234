import CampaignCore
import CampaignStore

/// What has become of the replies that were to be decided.
struct DecisionReport: Encodable {
    private let decision: ReplyDecision
    /// The replies that are decided now.
    private var decided: [Int64] = []
    /// Those that had been decided in the same way before.
    private var already: [Int64]
    /// What followed.
    private var totals = ReplyTotals()
    /// Why not all of it could be done; nil when it could.
    private(set) var error: Phrase?

    private enum CodingKeys: CodingKey {
        case decision, decided, already, blocked, excluded, ready, held, error
    }

    init(_ decision: ReplyDecision, _ choice: ChosenReplies) {
        self.decision = decision
        already = choice.decided.filter { $0.decision?.word == decision }.map(\.id)
        var problems: [Phrase] = []
        // Whoever has other replies that wait was named for these.
        let others = choice.waiting.isEmpty ? choice.decided.filter { $0.decision?.word != decision } : []
        if !others.isEmpty {
            problems.append(
                Phrase("Decided otherwise before, and not changed: ", "Já decididas de outro modo, e não mudadas: ")
                    + Self.named(others.map { "#\($0.id)" }) + Phrase(verbatim: ". ") + decision.remedy)
        }
        if !choice.missing.isEmpty {
            problems.append(
                Phrase("No reply that needs a decision: ", "Sem resposta que precise de decisão: ")
                    + Self.named(choice.missing)
                    + Phrase(
                        ". To block a number all the same, use `discador block add`.",
                        ". Para bloquear um número mesmo assim, use `discador block add`."))
        }
        error = problems.isEmpty ? nil : problems.joined(separator: "\n")
    }

    mutating func note(_ outcome: DecideReplies.Outcome) {
        decided = outcome.decided
        already += outcome.already
        totals = outcome.totals
    }

    var lines: [Phrase] {
        guard !decided.isEmpty else {
            return error == nil
                ? [
                    Phrase(
                        "No reply waits that could be decided: nothing was changed.",
                        "Nenhuma resposta aguarda decisão: nada foi mudado.")
                ] : []
        }
        let what = Phrase.counted(decided.count, .reply)
        switch decision {
        case .blocked:
            return [
                Phrase { language in
                    language.text(
                        "\(what.english) decided: \(language.counted(totals.blocked, .person)) put on the do-not-call list, "
                            + "\(language.counted(totals.excluded, .waitingContact)) excluded.",
                        "\(what.portuguese) \(decided.count == 1 ? "decidida" : "decididas"): "
                            + "\(language.counted(totals.blocked, .person)) na lista de não ligar, "
                            + "\(language.counted(totals.excluded, .waitingContact)) "
                            + "\(totals.excluded == 1 ? "excluído." : "excluídos.")")
                }
            ]
        case .dismissed:
            return [
                what + Phrase(" dismissed: ", decided.count == 1 ? " dispensada: " : " dispensadas: ") + returned
                    + Phrase(verbatim: ".")
            ] + stayed
        }
    }

    private var returned: Phrase {
        let ready = totals.ready
        guard ready > 0 else { return Phrase("no contact was waiting for that", "nenhum contato esperava por isso") }
        return Phrase.counted(ready, .contact)
            + Phrase(
                ready == 1 ? " goes back to ready" : " go back to ready",
                ready == 1 ? " volta a aguardar" : " voltam a aguardar")
    }

    /// Who is not called although a reply was dismissed.
    private var stayed: [Phrase] {
        var lines: [Phrase] = []
        if totals.excluded > 0 {
            let isOne = totals.excluded == 1
            lines.append(
                Phrase.counted(totals.excluded, .contact)
                    + Phrase(
                        "\(isOne ? " stays" : " stay") excluded: on the do-not-call list.",
                        "\(isOne ? " continua excluído" : " continuam excluídos"): na lista de não ligar."))
        }
        if totals.held > 0 {
            let isOne = totals.held == 1
            lines.append(
                Phrase.counted(totals.held, .person)
                    + Phrase(
                        "\(isOne ? " stays" : " stay") held: another reply waits for a decision.",
                        "\(isOne ? " continua retida" : " continuam retidas"): outra resposta aguarda decisão."))
        }
        return lines
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(decision, forKey: .decision)
        try container.encode(decided, forKey: .decided)
        try container.encode(already, forKey: .already)
        try container.encode(totals.blocked, forKey: .blocked)
        try container.encode(totals.excluded, forKey: .excluded)
        try container.encode(totals.ready, forKey: .ready)
        try container.encode(totals.held, forKey: .held)
        try container.encodeIfPresent(error?.english, forKey: .error)
    }

    private static func named(_ names: [String]) -> Phrase {
        let maxNamed = 20
        let more = names.count - maxNamed
        return Phrase(verbatim: names.prefix(maxNamed).joined(separator: ", "))
            + (more > 0 ? Phrase(" and \(more) more", " e mais \(more)") : Phrase(verbatim: ""))
    }
}

extension ReplyDecision {
    /// What to do when the other one was made before.
    fileprivate var remedy: Phrase {
        switch self {
        case .blocked:
            Phrase("To block them now, use `discador block add`.", "Para bloquear agora, use `discador block add`.")
        case .dismissed:
            Phrase(
                "To call them again, use `discador block remove --requeue`.",
                "Para voltar a ligar, use `discador block remove --requeue`.")
        }
    }
}

extension Noun {
    fileprivate static let waitingContact = Noun(
        "waiting contact", portuguese: ("contato que aguardava", "contatos que aguardavam"))
}
