import CampaignCore
import NIOConcurrencyHelpers
import Ongoing

/// A Z-API whose replies the test chooses, call by call.
final class ScriptedProvider: CallProvider, Ongoing {
    struct Call: Sendable {
        var phone: PhoneNumber
        var seconds: Int
        var audio: String?
        var instance: Int
        /// When it began, on the manual clock.
        var at: Duration
        /// Why it must not leave now; nil when it may.
        var refusal: @Sendable () -> SendRefusal?
        fileprivate var continuation: AsyncStream<CallReply>.Continuation
        fileprivate var tally: NIOLockedValueBox<Tally>
        fileprivate var id: Int

        func reply(_ reply: CallReply) {
            // Before the run can know: until it does, it counts as busy.
            tally.withLockedValue { _ = $0.underWay.remove(id) }
            continuation.yield(reply)
            continuation.finish()
        }

        /// The connection is there: the call is accepted if it may leave now, and held back otherwise.
        func depart() {
            if let refusal = refusal() { reply(CallReply(heldBack: refusal)) } else { accept() }
        }

        func accept() {
            reply(
                CallReply(
                    verdict: .accepted(CallReceipt(zaapId: "Z\(phone.text)", messageId: "M")), httpStatus: 200))
        }
    }

    /// The calls in the order in which they begin; ends with the run that places them, and continues with the next run.
    struct Calls: AsyncSequence {
        struct Iterator: AsyncIteratorProtocol {
            fileprivate var base: AsyncStream<Call?>.Iterator
            fileprivate let provider: ScriptedProvider

            mutating func next() async -> Call? {
                while let call = await base.next() {
                    if let call { return call }
                    // The end of a run that was followed by another one is no end.
                    guard provider.isOver else { continue }
                    // For the next iterator.
                    provider.stream.continuation.yield(nil)
                    return nil
                }
                return nil
            }
        }

        fileprivate let provider: ScriptedProvider

        func makeAsyncIterator() -> Iterator {
            Iterator(base: provider.stream.stream.makeAsyncIterator(), provider: provider)
        }
    }

    fileprivate struct Tally {
        var runs = 0
        var begun = 0
        var underWay: Set<Int> = []
        var maxUnderWay = 0
        var healthChecks = 0
    }

    private let clock: ManualClock
    private let healths: [InstanceHealth]
    private let answersInTurn: Bool
    /// Instances that do not answer health checks, with what ends that.
    private let hanging = NIOLockedValueBox<[Int: (stream: AsyncStream<Void>, end: AsyncStream<Void>.Continuation)]>(
        [:])
    /// Nil is the end of a run.
    private let stream = AsyncStream<Call?>.makeStream()
    private let tally = NIOLockedValueBox(Tally())

    /// - Parameters:
    ///   - healths: what each instance answers; or, with `answersInTurn`, the answers to one health check after another, the
    ///     last of which is repeated.
    init(clock: ManualClock, healths: [InstanceHealth], answersInTurn: Bool = false) {
        self.clock = clock
        self.healths = healths
        self.answersInTurn = answersInTurn
    }

    var calls: Calls { Calls(provider: self) }
    /// Whether no run uses it.
    var isOver: Bool { tally.withLockedValue { $0.runs == 0 } }
    /// Calls that have begun so far.
    var begun: Int { tally.withLockedValue(\.begun) }
    /// Calls that have been given no reply yet.
    var underWay: Int { tally.withLockedValue(\.underWay.count) }
    /// The most calls that were ever under way together.
    var maxUnderWay: Int { tally.withLockedValue(\.maxUnderWay) }
    /// How many health checks there were.
    var healthChecks: Int { tally.withLockedValue(\.healthChecks) }

    func call(
        _ phone: PhoneNumber, seconds: Int, audio: String?, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply {
        let reply = AsyncStream<CallReply>.makeStream()
        let id = tally.withLockedValue { tally in
            tally.begun += 1
            tally.underWay.insert(tally.begun)
            tally.maxUnderWay = max(tally.maxUnderWay, tally.underWay.count)
            return tally.begun
        }
        stream.continuation.yield(
            Call(
                phone: phone, seconds: seconds, audio: audio, instance: instance, at: clock.now.offset,
                refusal: refusal,
                continuation: reply.continuation, tally: tally, id: id))
        defer { tally.withLockedValue { _ = $0.underWay.remove(id) } }
        for await given in reply.stream { return given }
        return CallReply(verdict: .inDoubt(.noReply), error: "stopped while waiting for it")
    }

    /// A run uses it from now on.
    func noteRun() { tally.withLockedValue { $0.runs += 1 } }

    /// A run has ended: its next call will never come.
    func noteEnd() {
        tally.withLockedValue { $0.runs -= 1 }
        stream.continuation.yield(nil)
    }

    /// From now on an instance does not answer health checks.
    func hang(on instance: Int) {
        let (stream, end) = AsyncStream<Void>.makeStream()
        hanging.withLockedValue { $0[instance] = (stream, end) }
    }

    /// Lets an instance that hung answer after all.
    func answer(_ instance: Int) { hanging.withLockedValue { $0[instance]?.end.finish() } }

    func health(of instance: Int) async -> InstanceHealth {
        let check = tally.withLockedValue { tally in
            defer { tally.healthChecks += 1 }
            return tally.healthChecks
        }
        if let wait = hanging.withLockedValue({ $0[instance] }) {
            for await _ in wait.stream {}
            if Task.isCancelled { return .unreachable("given up") }
        }
        return answersInTurn ? healths[min(check, healths.count - 1)] : healths[instance]
    }
}
