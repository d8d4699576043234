import CampaignRunner
import Synchronization
import UnixSignals

/// What the user of a run has asked for by signals: SIGINT, SIGTERM and SIGHUP drain it, a second one halts it, SIGUSR1
/// prints its progress.
final class StopRequests: Sendable {
    typealias Handler = @Sendable (StopMode) async -> Void

    private struct State {
        var mode: StopMode?
        var handler: Handler?
        var printer: (@Sendable () async -> Void)?
        /// Finished by a second signal.
        var haltSink: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// What was asked for last; nil: nothing yet.
    var mode: StopMode? { state.withLock(\.mode) }

    /// Obeys signals while `body` runs, so that none is lost in between.
    static func obeying<Result>(_ body: (StopRequests) async throws -> Result) async throws -> Result {
        let stops = StopRequests()
        let signals = await UnixSignalsSequence(trapping: Signals.stop + [.sigusr1])
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await stops.obey(signals) }
            defer { group.cancelAll() }
            return try await body(stops)
        }
    }

    /// Obeys signals until it is cancelled.
    private func obey(_ signals: UnixSignalsSequence) async {
        for await signal in signals {
            if signal == .sigusr1 {
                await state.withLock(\.printer)?()
            } else {
                let (mode, handler) = state.withLock { state in
                    let mode: StopMode = state.mode == nil ? .drain : .halt
                    state.mode = mode
                    if mode == .halt { state.haltSink?.finish() }
                    return (mode, state.handler)
                }
                await handler?(mode)
            }
        }
    }

    /// Connects whatever dials now; it hears at once what was asked for before.
    func connect(_ printer: @escaping @Sendable () async -> Void = {}, _ handler: @escaping Handler) async {
        let mode = state.withLock { state in
            state.handler = handler
            state.printer = printer
            return state.mode
        }
        if let mode { await handler(mode) }
    }

    /// Waits for a second signal, or the cancellation of the task.
    func waitForHalt() async {
        let (halts, sink) = AsyncStream.makeStream(of: Void.self)
        let isHalted = state.withLock { state in
            state.haltSink = sink
            return state.mode == .halt
        }
        guard !isHalted else { return }
        for await _ in halts {}
    }

    /// Nothing dials now.
    func disconnect() {
        state.withLock { state in
            state.handler = nil
            state.printer = nil
        }
    }
}
