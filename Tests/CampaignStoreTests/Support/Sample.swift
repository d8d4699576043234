import CampaignCore
import Testing

/// Values that tests share.
enum Sample {
    static let name = "cobranca"
    static let now = Timestamp(milliseconds: 1_800_000_000_000)
    static let times = CallTimes(startedAt: now, endedAt: later(1), latency: .seconds(1))

    static func later(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }

    static func phone(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(value: 5_511_990_000_000 + Int64(index)))
    }

    static func start(
        _ campaign: String = name, instances: [String] = ["A", "B"], at now: Timestamp = now,
        _ change: (inout Campaign) -> Void = { _ in }
    ) -> RunStart {
        var campaign = Campaign(
            name: campaign, instances: instances.map { Instance(name: "i\($0)", id: $0, token: Secret("t")) })
        change(&campaign)
        return RunStart(campaign: campaign, now: now, uptime: uptime(at: now))
    }

    /// A time since the only boot in these tests, an hour before ``now``.
    static func uptime(at moment: Timestamp) -> Uptime {
        Uptime(boot: "boot", duration: .seconds(3600) + now.duration(to: moment))
    }

    /// A moment on both clocks.
    static func mark(_ seconds: Int) -> PaceMoment {
        PaceMoment(at: later(seconds), uptime: uptime(at: later(seconds)))
    }

    /// The pace of the first instance, as a run would write it with its claims.
    static var paces: [Int: PaceMoment] { [0: mark(10)] }

    static func batch(
        results: [AttemptResult] = [], claims: Int = 0, at now: Timestamp = now, paces: [Int: PaceMoment] = [:],
        gate: (any ClaimGate)? = nil
    ) -> SingleBatch {
        var batch = batch(results: results, through: Array(repeating: 0, count: claims), at: now)
        batch.common.paces = paces
        batch.gate = gate
        return batch
    }

    /// A batch that claims a call through each of these instances.
    static func batch(
        results: [AttemptResult] = [], through instances: [Int], at now: Timestamp = now
    ) -> SingleBatch {
        SingleBatch(
            common: CommitBatch(results: results, campaigns: [], now: now),
            part: CampaignBatch(campaign: 0, claims: instances))
    }

    static func accepted(_ call: ClaimedCall, zaapId: String? = nil) -> AttemptResult {
        let ids = CallReceipt(
            zaapId: zaapId ?? "Z\(call.attempt.contact).\(call.attempt.number)", messageId: "M\(call.attempt.contact)")
        return result(call, CallReply(verdict: .accepted(ids), httpStatus: 200), .accepted)
    }

    static func result(
        _ call: ClaimedCall, _ reply: CallReply, _ decision: CallDecision.Contact, times: CallTimes = times
    ) -> AttemptResult {
        AttemptResult(call: call, reply: reply, decision: decision, times: times)
    }

    static func retry(_ call: ClaimedCall, after wait: Duration) -> AttemptResult {
        result(
            call, CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 500, error: "busy"),
            .retry(after: wait, counts: .attempt))
    }
}
