import CampaignCore
import Synchronization

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

    private struct Tally {
        var begun = 0
        var answered = 0
        var mostUnderWay = 0
        var healthQuestions = 0
    }

    private let clock: ManualClock
    private let healths: [InstanceHealth]
    private let answersInTurn: Bool
    private let stream = AsyncStream<Call>.makeStream()
    private let tally = Mutex(Tally())

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
    var begun: Int { tally.withLock(\.begun) }
    /// Calls that wait for their reply.
    var underWay: Int { tally.withLock { $0.begun - $0.answered } }
    /// The most calls that ever waited for their replies together.
    var mostUnderWay: Int { tally.withLock(\.mostUnderWay) }
    /// How often an instance was asked how it is.
    var healthQuestions: Int { tally.withLock(\.healthQuestions) }

    func call(_ phone: PhoneNumber, seconds: Int, through instance: Int) async -> CallReply {
        let reply = AsyncStream<CallReply>.makeStream()
        tally.withLock {
            $0.begun += 1
            $0.mostUnderWay = max($0.mostUnderWay, $0.begun - $0.answered)
        }
        stream.continuation.yield(
            Call(
                phone: phone, seconds: seconds, instance: instance, at: clock.now.offset,
                continuation: reply.continuation))
        defer { tally.withLock { $0.answered += 1 } }
        for await given in reply.stream { return given }
        return CallReply(verdict: .inDoubt(.noReply), error: "stopped while waiting for it")
    }

    func health(of instance: Int) async -> InstanceHealth {
        let question = tally.withLock { tally in
            defer { tally.healthQuestions += 1 }
            return tally.healthQuestions
        }
        return answersInTurn ? healths[min(question, healths.count - 1)] : healths[instance]
    }
}
