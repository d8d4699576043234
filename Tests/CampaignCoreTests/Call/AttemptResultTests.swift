import CampaignCore
import Foundation
import Testing

@Suite struct AttemptResultTests {
    /// A call that was tried once, and throttled twice since.
    private let call: ClaimedCall
    private let times = CallTimes(
        startedAt: Timestamp(milliseconds: 1_000_000), endedAt: Timestamp(milliseconds: 1_000_250),
        latency: .microseconds(249_100))

    init() throws {
        call = ClaimedCall(
            attempt: AttemptID(contact: 42, number: 4), phone: try #require(PhoneNumber(value: 5_511_999_990_001)),
            callDuration: 9, instance: 1, tries: (used: 1, throttlesInARow: 2))
    }

    @Test func `an accepted call keeps the ids, the status and the latency`() {
        let ids = CallReceipt(zaapId: "Z1", messageId: "M1")
        let result = self.result(CallReply(verdict: .accepted(ids), httpStatus: 200), .accepted)
        #expect(result.attempt == AttemptID(contact: 42, number: 4))
        #expect(result.receipt == ids)
        #expect(result.state == .accepted)
        #expect(result.outcome == .accepted)
        #expect(result.reason == nil)
        #expect(result.httpStatus == 200)
        #expect(result.latencyMilliseconds == 250)
        #expect(result.startedAt == times.startedAt)
        #expect(result.endedAt == times.endedAt)
        #expect(result.triesUsed == 2)
    }

    @Test(arguments: [FailureReason.refused, .attemptsUsedUp, .throttledTooOften])
    func `a failure keeps its reason and Z-API's text`(_ reason: FailureReason) {
        let result = self.result(CallReply(verdict: .refused, httpStatus: 400, error: "no"), .failed(reason))
        #expect(result.state == .failed)
        #expect(result.reason == reason.rawValue)
        #expect(result.error == "no")
        #expect(result.receipt == nil)
    }

    @Test(arguments: DoubtReason.allCases)
    func `a doubt keeps its reason and counts as an attempt`(_ reason: DoubtReason) {
        let result = self.result(CallReply(verdict: .inDoubt(reason)), .inDoubt(reason))
        #expect(result.state == .inDoubt)
        #expect(result.outcome == .inDoubt)
        #expect(result.reason == reason.rawValue)
        #expect(result.triesUsed == 2)
    }

    @Test func `a retry waits from the end of the attempt, not from its start`() {
        let result = self.result(
            CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 500),
            .retry(after: .microseconds(1_500_001), counts: .attempt))
        #expect(result.state == .ready)
        #expect(result.dueAt == Timestamp(milliseconds: 1_001_751))
        #expect(result.reason == nil)
        #expect(result.triesUsed == 2)
        #expect(result.throttlesInARow == 0)
    }

    @Test func `a throttled reply changes only its own counter`() {
        let result = self.result(
            CallReply(verdict: .throttled(retryAfter: .seconds(7)), httpStatus: 429),
            .retry(after: .seconds(7), counts: .throttle))
        #expect(result.triesUsed == 1)
        #expect(result.throttlesInARow == 3)
        #expect(result.dueAt == Timestamp(milliseconds: 1_007_250))
    }

    @Test(arguments: [Verdict.notSent, .misconfigured])
    func `an instance's fault uses up no attempt of the contact`(_ verdict: Verdict) {
        let result = self.result(CallReply(verdict: verdict), .retry(after: .zero, counts: .nothing))
        #expect(result.state == .ready)
        #expect(result.triesUsed == 1)
        #expect(result.dueAt == times.endedAt)
        #expect(result.outcome == verdict.outcome)
    }

    @Test func `a result comes back from the spool as it went in`() throws {
        let ids = CallReceipt(zaapId: "Z\u{0}\n\"ç", messageId: nil)
        let result = self.result(CallReply(verdict: .accepted(ids), httpStatus: 200, error: "é\n"), .accepted)
        let bytes = try JSONEncoder().encode(result)
        #expect(!bytes.contains(0) && !bytes.contains(UInt8(ascii: "\n")))
        #expect(try JSONDecoder().decode(AttemptResult.self, from: bytes) == result)
    }

    private func result(_ reply: CallReply, _ decision: CallDecision.Contact) -> AttemptResult {
        AttemptResult(call: call, reply: reply, decision: decision, times: times)
    }
}
