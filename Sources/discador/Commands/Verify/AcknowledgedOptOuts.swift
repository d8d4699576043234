import CampaignCore
import ZAPISimulator

/// Who has opted out, as far as that was acknowledged, and who was called all the same.
struct AcknowledgedOptOuts {
    /// How long after an opt-out was acknowledged a call may still leave, in milliseconds.
    static let delay: Int64 = 100
    /// How much longer a call that has left may take to arrive on a busy machine.
    static let arrivalDelay = delay + VerifyTally.arrivalTolerance.millisecondsRoundedUp

    private static let words = [Disposition.stop, Disposition.phrase, Disposition.button]

    /// Since when the opt-out of each phone is acknowledged. An `@lid` alone is another name, by which nobody is called.
    private let since: [String: Int64]
    private let calls: [LedgerEntry]

    init(_ ledger: [LedgerEntry], _ events: ReceivedWebhooks) {
        var since: [String: Int64] = [:]
        for webhook in ledger where webhook.isAcknowledged {
            guard let content = events.content(of: webhook), let text = content.text, Self.words.contains(text),
                let phone = content.phone, !phone.hasSuffix("@lid")
            else { continue }
            since[phone] = min(since[phone] ?? .max, webhook.at)
        }
        self.since = since
        calls = ledger.filter { entry in entry.isCall && entry.phone.map { since[$0] != nil } ?? false }
    }

    var count: Int { since.count }

    /// How many had not been called before.
    var countBeforeCall: Int {
        let called = calls.filter { call in since(call).map { call.at <= $0 } ?? false }
        return count - Set(called.compactMap(\.phone)).count
    }

    /// Whoever was called too late: by a call that left after the delay, or one that arrived later than it can have been
    /// on its way.
    func calledAfterwards(_ attempts: [AttemptRow]) -> Set<String> {
        let begun = attempts.filter { attempt in
            guard attempt.outcome != .notSent, let since = since[attempt.phone.text] else { return false }
            return attempt.startedAt.milliseconds > since + Self.delay
        }
        let arrived = calls.filter { call in since(call).map { call.at > $0 + Self.arrivalDelay } ?? false }
        return Set(begun.map(\.phone.text) + arrived.compactMap(\.phone))
    }

    private func since(_ call: LedgerEntry) -> Int64? { call.phone.flatMap { since[$0] } }
}
