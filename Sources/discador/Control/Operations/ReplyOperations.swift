import CampaignCore
import CampaignStore

/// Decides about replies, one after another: if it is interrupted, the decisions so far hold, and the same command makes
/// the rest.
struct DecideReplies: StoreOperation {
    struct Outcome: Codable, Sendable {
        /// The replies that waited, and are decided now.
        var decided: [Int64] = []
        /// Those that somebody has decided meanwhile.
        var already: [Int64] = []
        var totals = ReplyTotals()
    }

    static let name = "replies decide"
    static let goesAheadUnlogged = true

    /// Their numbers in the database.
    var replies: [Int64]
    var decision: ReplyDecision
    /// Who decides.
    var user: String

    var logged: ActionDetail {
        ActionDetail(counts: ["replies": replies.count], words: ["as": decision.rawValue])
    }

    func counts(of outcome: Outcome) -> [String: Int] {
        [
            "decided": outcome.decided.count, "blocked": outcome.totals.blocked,
            "excluded": outcome.totals.excluded, "ready": outcome.totals.ready,
        ]
    }

    func perform(in context: OperationContext) async throws -> Outcome {
        var outcome = Outcome()
        for reply in replies {
            let decided = try await context.store.decide(
                reply: reply, as: decision, by: user, now: SystemEnvironment.now())
            guard let decided, decided.isNew else {
                outcome.already.append(reply)
                continue
            }
            // Also calls that were claimed before and are not sent yet.
            context.dialing?.holdBack(decided.blockedIdentities)
            outcome.decided.append(reply)
            outcome.totals += decided.totals
        }
        return outcome
    }
}

extension DecidedReply {
    fileprivate var blockedIdentities: [Int64] {
        effects.compactMap { if case .mustNotBeCalled(let identity) = $0 { identity } else { nil } }
    }
}
