import CampaignCore
import NIOConcurrencyHelpers

/// A Z-API whose replies are given by the test, call by call.
final class ScriptedLine: PhoneLine {
    struct Call: Sendable {
        var phone: PhoneNumber
        var seconds: Int
        var instance: Int
        /// When it began, on the manual clock.
        var at: Duration
        /// Why it must not leave now; nil when it may.
        var refusal: @Sendable () -> DepartureRefusal?
        fileprivate var continuation: AsyncStream<CallReply>.Continuation

        func reply(_ reply: CallReply) {
            continuation.yield(reply)
            continuation.finish()
        }

        /// The connection is there: the call is accepted if it may leave now, and else held back.
        func depart() {
            if let refusal = refusal() { reply(CallReply(heldBack: refusal)) } else { accept() }
        }

        func accept() {
            reply(
                CallReply(
                    verdict: .accepted(CallReceipt(zaapId: "Z\(phone.text)", messageId: "M")), httpStatus: 200))
        }
    }

    private struct Tally {
        var begun = 0
        var answered = 0
        var mostUnderWay = 0
        var healthQuestions = 0
    }

    private let clock: ManualClock
    private let healths: [InstanceHealth]
    private let answersInTurn: Bool
    /// Instances that do not answer how they are, with what ends that.
    private let hanging = NIOLockedValueBox<[Int: (stream: AsyncStream<Void>, end: AsyncStream<Void>.Continuation)]>(
        [:])
    private let stream = AsyncStream<Call>.makeStream()
    private let tally = NIOLockedValueBox(Tally())

    /// - Parameters:
    ///   - healths: what each instance answers; or, `answersInTurn`, the answers to one question after another, the last
    ///     of which stays.
    init(clock: ManualClock, healths: [InstanceHealth], answersInTurn: Bool = false) {
        self.clock = clock
        self.healths = healths
        self.answersInTurn = answersInTurn
    }

    /// The calls in the order in which they begin.
    var calls: AsyncStream<Call> { stream.stream }
    /// Calls that have begun so far.
    var begun: Int { tally.withLockedValue(\.begun) }
    /// Calls that wait for their reply.
    var underWay: Int { tally.withLockedValue { $0.begun - $0.answered } }
    /// The most calls that ever waited for their replies together.
    var mostUnderWay: Int { tally.withLockedValue(\.mostUnderWay) }
    /// How often an instance was asked how it is.
    var healthQuestions: Int { tally.withLockedValue(\.healthQuestions) }

    func call(
        _ phone: PhoneNumber, seconds: Int, through instance: Int,
        unless refusal: @escaping @Sendable () -> DepartureRefusal?
    ) async -> CallReply {
        let reply = AsyncStream<CallReply>.makeStream()
        tally.withLockedValue {
            $0.begun += 1
            $0.mostUnderWay = max($0.mostUnderWay, $0.begun - $0.answered)
        }
        stream.continuation.yield(
            Call(
                phone: phone, seconds: seconds, instance: instance, at: clock.now.offset, refusal: refusal,
                continuation: reply.continuation))
        defer { tally.withLockedValue { $0.answered += 1 } }
        for await given in reply.stream { return given }
        return CallReply(verdict: .inDoubt(.noReply), error: "stopped while waiting for it")
    }

    /// From now on an instance does not answer how it is.
    func hang(on instance: Int) {
        let (stream, end) = AsyncStream<Void>.makeStream()
        hanging.withLockedValue { $0[instance] = (stream, end) }
    }

    /// An instance that hung answers after all.
    func answer(_ instance: Int) { hanging.withLockedValue { $0[instance]?.end.finish() } }

    func health(of instance: Int) async -> InstanceHealth {
        let question = tally.withLockedValue { tally in
            defer { tally.healthQuestions += 1 }
            return tally.healthQuestions
        }
        if let wait = hanging.withLockedValue({ $0[instance] }) {
            for await _ in wait.stream {}
            if Task.isCancelled { return .unreachable("given up") }
        }
        return answersInTurn ? healths[min(question, healths.count - 1)] : healths[instance]
    }
}
