import Synchronization

/// What the processes of a round have come to, for all that takes part in it.
final class RoundState: Sendable {
    private static let maxUnexpectedEnds = 5

    private struct State {
        var unfinished: [String]
        /// Kills that no process has been chosen for.
        var killsLeft: Int
        /// Processes that are to be killed, and live.
        var killsPlanned = 0
        /// The processes that dial or would dial, with whether each has met another one that holds the database.
        var hasWaited: [Int32: Bool] = [:]
        var holder: Int32?
        var hasService = false
        var tally = VerifyTally()
    }

    private let state: Mutex<State>

    init(campaigns: [String], kills: Int) {
        state = Mutex(State(unfinished: campaigns, killsLeft: kills))
    }

    var tally: VerifyTally { state.withLock(\.tally) }

    /// The campaigns that no run has finished yet.
    var unfinished: [String] { state.withLock(\.unfinished) }

    /// Whether no further process is to be started: all have been killed, or there is nobody left to call, or the
    /// round has gone wrong.
    var isOver: Bool {
        state.withLock { state in
            state.killsLeft + state.killsPlanned == 0 || state.unfinished.isEmpty
                || state.tally.unexpectedEnds.count >= Self.maxUnexpectedEnds
        }
    }

    func count(_ change: (inout VerifyTally) -> Void) { state.withLock { change(&$0.tally) } }

    func finish(_ campaigns: [String]) { state.withLock { $0.unfinished.removeAll(where: campaigns.contains) } }

    /// Whether a service may be started: one at a time.
    func reserveService() -> Bool {
        state.withLock { state in
            guard !state.hasService else { return false }
            state.hasService = true
            return true
        }
    }

    func endService() { state.withLock { $0.hasService = false } }

    /// Whether another process may be killed.
    func planKill() -> Bool {
        state.withLock { state in
            guard state.killsLeft > 0 else { return false }
            state.killsLeft -= 1
            state.killsPlanned += 1
            return true
        }
    }

    /// A process that was to be killed has ended.
    func endKill(wasKilled: Bool) {
        state.withLock { state in
            state.killsPlanned -= 1
            state.killsLeft += wasKilled ? 0 : 1
        }
    }

    // MARK: Who holds the database

    func begin(_ process: Int32) { state.withLock { $0.hasWaited[process] = false } }

    func end(_ process: Int32) { state.withLock { $0.hasWaited[process] = nil } }

    /// The database is held by this process now, if by any.
    ///
    /// A process that has seen another one hold the database, and then holds it itself, has taken over.
    func noteHolder(_ process: Int32?) {
        state.withLock { state in
            defer { state.holder = process }
            guard let process, process != state.holder, let hasWaited = state.hasWaited[process] else { return }
            if hasWaited { state.tally.takeovers += 1 }
            for other in state.hasWaited.keys { state.hasWaited[other] = other != process }
        }
    }
}
