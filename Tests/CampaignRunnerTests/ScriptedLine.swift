import CampaignCore

/// A Z-API whose replies are given by the test, call by call.
final class ScriptedLine: PhoneLine {
    struct Call: Sendable {
        var phone: PhoneNumber
        var seconds: Int
        var instance: Int
        /// When it began, on the manual clock.
        var at: Duration
        fileprivate var continuation: AsyncStream<CallReply>.Continuation

        func reply(_ reply: CallReply) {
            continuation.yield(reply)
            continuation.finish()
        }

        func accept() {
            reply(
                CallReply(
                    verdict: .accepted(CallReceipt(zaapId: "Z\(phone.text)", messageId: "M")), httpStatus: 200))
        }
    }

    private let clock: ManualClock
    private let healths: [InstanceHealth]
    private let stream = AsyncStream<Call>.makeStream()

    init(clock: ManualClock, healths: [InstanceHealth]) {
        self.clock = clock
        self.healths = healths
    }

    /// The calls in the order in which they begin.
    var calls: AsyncStream<Call> { stream.stream }

    func call(_ phone: PhoneNumber, seconds: Int, through instance: Int) async -> CallReply {
        let reply = AsyncStream<CallReply>.makeStream()
        stream.continuation.yield(
            Call(
                phone: phone, seconds: seconds, instance: instance, at: clock.now.offset,
                continuation: reply.continuation))
        for await given in reply.stream { return given }
        return CallReply(verdict: .inDoubt(.noReply), error: "stopped while waiting for it")
    }

    func health(of instance: Int) async -> InstanceHealth { healths[instance] }
}
