import CampaignCore
import Testing

@Suite struct CallDecisionTests {
    @Test(arguments: DecisionCase.all)
    func `every verdict has the effect that its row of the table gives it`(_ example: DecisionCase) {
        let decision = CallDecision(
            verdict: example.verdict, history: example.history, policy: RetryPolicy(),
            retriesDoubt: example.retriesDoubt, random: 0.5)
        #expect(decision.contact == example.contact)
        #expect(decision.instance == example.instance)
    }

    @Test func `the twentieth throttled reply in a row is the last, the nineteenth is not`() {
        var history = CallHistory()
        var retries = 0
        while case .retry(_, counts: .throttle) = decide(.throttled(retryAfter: .seconds(1)), history).contact {
            retries += 1
            history.throttlesInARow += 1
        }
        #expect(retries == 19)
        #expect(CallDecision.maxThrottlesInARow == 20)
        #expect(decide(.throttled(retryAfter: .seconds(1)), history).contact == .failed(.throttledTooOften))
    }

    @Test
    func `a number that never gets through is tried as often as the policy says, where a second ring does no harm`() {
        for attempts in 1...6 {
            var history = CallHistory()
            var made = 1
            let policy = RetryPolicy(attempts: attempts)
            while case .retry = decide(.inDoubt(.noReply), history, policy: policy, retriesDoubt: true).contact {
                history.triesUsed += 1
                made += 1
            }
            #expect(made == attempts)
        }
    }

    @Test(arguments: [0, 1, 3, 4, 100, Int.max - 1])
    func `what is the instance's fault never counts against the contact`(_ used: Int) {
        for verdict in [Verdict.notSent, .heldBack, .misconfigured, .disconnected] {
            let history = CallHistory(triesUsed: used, throttlesInARow: 19, instanceFailures: used)
            #expect(decide(verdict, history).contact == .retry(after: .zero, counts: .nothing))
        }
    }

    @Test func `an instance is misconfigured only by that verdict`() {
        for verdict in verdicts {
            let isMisconfigured = decide(verdict, CallHistory()).instance == .misconfigured
            #expect(isMisconfigured == (verdict == .misconfigured), "\(verdict)")
        }
    }

    @Test func `unless requested no doubt is dialed again, whatever came before`() {
        for reason in DoubtReason.allCases {
            for used in 0...5 {
                let decision = decide(.inDoubt(reason), CallHistory(triesUsed: used))
                #expect(decision.contact == .inDoubt(reason))
            }
        }
    }

    @Test func `no wait is longer than the policy's longest or the one that Z-API names`() {
        let policy = RetryPolicy(attempts: 1000, first: .seconds(30), longest: .seconds(900))
        for failures in [0, 1, 5, 40, 41, 500] {
            let history = CallHistory(triesUsed: failures, throttlesInARow: failures, instanceFailures: failures)
            for verdict in verdicts {
                let decision = CallDecision(
                    verdict: verdict, history: history, policy: policy, retriesDoubt: true, random: 0.999_999)
                if case .retry(let after, _) = decision.contact { #expect((.zero ... .seconds(900)) ~= after) }
                if case .waits(let wait, _) = decision.instance { #expect((.zero ... .seconds(900)) ~= wait) }
            }
        }
    }

    private let verdicts: [Verdict] = [
        .accepted(CallReceipt(zaapId: "Z", messageId: nil)), .inDoubt(.noReply), .notSent, .heldBack,
        .throttled(retryAfter: nil), .throttled(retryAfter: .seconds(7)), .refused, .misconfigured, .disconnected,
    ]

    private func decide(
        _ verdict: Verdict, _ history: CallHistory, policy: RetryPolicy = RetryPolicy(), retriesDoubt: Bool = false
    ) -> CallDecision {
        CallDecision(verdict: verdict, history: history, policy: policy, retriesDoubt: retriesDoubt, random: 0.5)
    }
}
