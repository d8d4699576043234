import CampaignCore

@testable import CampaignRunner

/// What happens to a simulated service as time passes.
extension SimulatedService {
    // MARK: Replies

    /// Takes the replies that have come by now.
    mutating func takeReplies() {
        let ended = underWay.filter { $0.ends <= time }
        underWay.removeAll { $0.ends <= time }
        for one in ended { end(one, verdict()) }
    }

    private mutating func verdict() -> Verdict {
        let accepted = Verdict.accepted(CallReceipt(zaapId: "Z", messageId: nil))
        guard disturbances.contains(.faults), random.below(3) == 0 else { return accepted }
        let faults: [Verdict] = [
            .refused, .notSent, .heldBack, .throttled(retryAfter: .seconds(random.below(20))), .disconnected,
            .inDoubt(.gatewayError), .inDoubt(.noReply), random.below(10) == 0 ? .misconfigured : .refused,
        ]
        return faults[random.below(faults.count)]
    }

    mutating func end(_ one: UnderWay, _ verdict: Verdict) {
        let outcome = CallOutcome(
            reply: CallReply(verdict: verdict),
            times: CallTimes(startedAt: wall, endedAt: wall, latency: .milliseconds(5)),
            random: Double(random.below(1000)) / 1000)
        let moment = moment()
        _ = state.end(one.call, of: one.number, outcome, at: moment)
    }

    // MARK: Time

    /// The earliest time at which something happens by itself; nil when nothing would.
    var nextEvent: Duration? {
        let replies = underWay.map(\.ends)
        return state.hasNews ? time : (replies + [state.nextWake].compactMap(\.self).map { startedAt + $0 }).min()
    }

    /// Plays turns until nothing happens before `end`.
    mutating func play(until end: Duration) {
        while let next = nextEvent, next < end, !isBusy {
            time = max(time, next)
            takeReplies()
            turn()
        }
        time = max(time, end)
    }
}
