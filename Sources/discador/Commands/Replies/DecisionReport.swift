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
    private(set) var error: String?

    private enum CodingKeys: CodingKey {
        case decision, decided, already, blocked, excluded, ready, held, error
    }

    init(_ decision: ReplyDecision, _ choice: ChosenReplies) {
        self.decision = decision
        already = choice.decided.filter { $0.decision?.word == decision }.map(\.id)
        var problems: [String] = []
        // Whoever has other replies that wait was named for these.
        let others = choice.waiting.isEmpty ? choice.decided.filter { $0.decision?.word != decision } : []
        if !others.isEmpty {
            problems.append(
                "Decided otherwise before, and not changed: \(Self.named(others.map { "#\($0.id)" })). "
                    + decision.remedy)
        }
        if !choice.missing.isEmpty {
            problems.append(
                "No reply that needs a decision: \(Self.named(choice.missing)). To block a number all the same, use "
                    + "`discador block add`.")
        }
        error = problems.isEmpty ? nil : problems.joined(separator: "\n")
    }

    mutating func note(_ outcome: DecideReplies.Outcome) {
        decided = outcome.decided
        already += outcome.already
        totals = outcome.totals
    }

    var lines: [String] {
        guard !decided.isEmpty else {
            return error == nil ? ["No reply waits that could be decided: nothing was changed."] : []
        }
        let what = decided.count.counted("reply", "replies")
        switch decision {
        case .blocked:
            return [
                "\(what) decided: \(totals.blocked.counted("person", "people")) put on the do-not-call list, "
                    + "\(totals.excluded.counted("waiting contact")) excluded."
            ]
        case .dismissed: return ["\(what) dismissed: \(returned)."] + stayed
        }
    }

    private var returned: String {
        let ready = totals.ready
        guard ready > 0 else { return "no contact was waiting for that" }
        return "\(ready.counted("contact")) \(ready.noun("goes", "go")) back to ready"
    }

    /// Who is not called although a reply was dismissed.
    private var stayed: [String] {
        var lines: [String] = []
        if totals.excluded > 0 {
            let stays = totals.excluded.noun("stays", "stay")
            lines.append("\(totals.excluded.counted("contact")) \(stays) excluded: on the do-not-call list.")
        }
        if totals.held > 0 {
            let stays = totals.held.noun("stays", "stay")
            lines.append(
                "\(totals.held.counted("person", "people")) \(stays) held: another reply waits for a decision.")
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
        try container.encodeIfPresent(error, forKey: .error)
    }

    private static func named(_ names: [String]) -> String {
        let maxNamed = 20
        let more = names.count - maxNamed
        return names.prefix(maxNamed).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}

extension ReplyDecision {
    /// What to do when the other one was made before.
    fileprivate var remedy: String {
        switch self {
        case .blocked: "To block them now, use `discador block add`."
        case .dismissed: "To call them again, use `discador block remove --requeue`."
        }
    }
}
