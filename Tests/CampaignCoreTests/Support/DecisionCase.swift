import CampaignCore

/// One row of the table of decisions: 4 attempts, 30 s to 15 min, the middle of each range.
struct DecisionCase: Sendable, CustomStringConvertible {
    var name: String
    var verdict: Verdict
    var history = CallHistory()
    var retriesDoubt = false
    var contact: CallDecision.Contact
    var instance: CallDecision.Instance = .works

    var description: String { name }

    static let all: [DecisionCase] = settled + pace + faults + doubts

    private static let settled: [DecisionCase] = [
        DecisionCase(
            name: "accepted", verdict: .accepted(CallReceipt(zaapId: "Z", messageId: "M")), contact: .accepted),
        DecisionCase(
            name: "accepted on the last attempt", verdict: .accepted(CallReceipt(zaapId: "Z", messageId: nil)),
            history: CallHistory(triesUsed: 3, throttlesInARow: 19), contact: .accepted),
        DecisionCase(name: "refused", verdict: .refused, contact: .failed(.refused)),
        DecisionCase(
            name: "refused with attempts left", verdict: .refused, history: CallHistory(triesUsed: 1),
            retriesDoubt: true, contact: .failed(.refused)),
    ]

    private static let pace: [DecisionCase] = [
        DecisionCase(
            name: "throttled, says when", verdict: .throttled(retryAfter: .seconds(7)),
            contact: .retry(after: .seconds(7), counts: .throttle),
            instance: .waits(.seconds(7), unreachable: false)),
        DecisionCase(
            name: "throttled, does not say when", verdict: .throttled(retryAfter: nil),
            contact: .retry(after: .seconds(15), counts: .throttle),
            instance: .waits(.seconds(15), unreachable: false)),
        DecisionCase(
            name: "throttled for longer than is waited at a time", verdict: .throttled(retryAfter: .seconds(9000)),
            contact: .retry(after: .seconds(3600), counts: .throttle),
            instance: .waits(.seconds(3600), unreachable: false)),
        DecisionCase(
            name: "throttled for the third time", verdict: .throttled(retryAfter: nil),
            history: CallHistory(throttlesInARow: 2), contact: .retry(after: .seconds(60), counts: .throttle),
            instance: .waits(.seconds(60), unreachable: false)),
        DecisionCase(
            name: "throttled with every attempt used", verdict: .throttled(retryAfter: .zero),
            history: CallHistory(triesUsed: 3), contact: .retry(after: .zero, counts: .throttle),
            instance: .waits(.zero, unreachable: false)),
        DecisionCase(
            name: "throttled for the twentieth time", verdict: .throttled(retryAfter: .seconds(7)),
            history: CallHistory(throttlesInARow: 19), contact: .failed(.throttledTooOften),
            instance: .waits(.seconds(7), unreachable: false)),
    ]

    private static let faults: [DecisionCase] = [
        DecisionCase(
            name: "not sent", verdict: .notSent, contact: .retry(after: .zero, counts: .nothing),
            instance: .waits(.seconds(15), unreachable: true)),
        DecisionCase(
            name: "not sent, every attempt used and the instance long unreachable", verdict: .notSent,
            history: CallHistory(triesUsed: 3, instanceFailures: 9), contact: .retry(after: .zero, counts: .nothing),
            instance: .waits(.seconds(450), unreachable: true)),
        DecisionCase(
            name: "held back, every attempt used", verdict: .heldBack,
            history: CallHistory(triesUsed: 3, throttlesInARow: 19, instanceFailures: 9),
            contact: .retry(after: .zero, counts: .nothing), instance: .unchanged),
        DecisionCase(
            name: "misconfigured", verdict: .misconfigured, contact: .retry(after: .zero, counts: .nothing),
            instance: .misconfigured),
        DecisionCase(
            name: "disconnected, with every attempt used", verdict: .disconnected, history: CallHistory(triesUsed: 4),
            contact: .retry(after: .zero, counts: .nothing), instance: .disconnects),
    ]

    private static let doubts: [DecisionCase] = [
        DecisionCase(
            name: "in doubt, held", verdict: .inDoubt(.noReply), contact: .inDoubt(.noReply), instance: .fails),
        DecisionCase(
            name: "in doubt, a second ring does no harm", verdict: .inDoubt(.gatewayError), retriesDoubt: true,
            contact: .retry(after: .seconds(15), counts: .attempt), instance: .fails),
        DecisionCase(
            name: "in doubt on the last attempt", verdict: .inDoubt(.unreadableReply),
            history: CallHistory(triesUsed: 3), retriesDoubt: true, contact: .inDoubt(.unreadableReply),
            instance: .fails),
    ]
}
