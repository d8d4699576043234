import CampaignCore
import CampaignRunner
import NIOConcurrencyHelpers
import Testing

/// Knows when a run has nothing more to do until its clock moves.
final class RunWatch: Sendable {
    private struct State {
        var began = Duration.zero
        var latest: RunProgress?
        var handed = 0
    }

    private let state = NIOLockedValueBox(State())

    /// A run begins, at this time of the manual clock.
    func begin(at began: Duration) {
        state.withLockedValue {
            $0.began = began
            $0.latest = nil
        }
    }

    func note(_ progress: RunProgress) { state.withLockedValue { $0.latest = progress } }

    func noteHanded() { state.withLockedValue { $0.handed += 1 } }

    /// When the run will look again by itself, on the manual clock; nil while it is still busy, or waits for events alone.
    func idleUntil(_ line: ScriptedLine, instances: Int) -> Duration? {
        state.withLockedValue { state in
            guard let latest = state.latest, let wake = latest.wakesAt, latest.counts.dialing == line.underWay,
                line.begun == state.handed
            else { return nil }
            // Instances that were asked a moment ago are still answering.
            guard latest.unheard == 0 else { return nil }
            switch latest.waitsFor {
            case nil: return nil
            case .instance? where latest.troubles.count < instances: return nil
            case .instance?, .pace?, .retry?, .replies?, .window?, .cap?, .ringing?, .asked?, .canary?:
                return state.began + wake
            }
        }
    }
}

extension Stage {
    /// The next call that begins; the clock is moved on, from one moment to the next at which the run wakes, only while
    /// the run has nothing else to do.
    ///
    /// - Parameter isReached: the clock stands still until this is so.
    func next(
        _ calls: inout AsyncStream<ScriptedLine.Call>.Iterator, once isReached: () -> Bool = { true }
    ) async -> ScriptedLine.Call? {
        while !isReached() { await Task.yield() }
        let mover = mover()
        let call = await calls.next()
        mover.cancel()
        await mover.value
        watch.noteHanded()
        return call
    }

    private func mover() -> Task<Void, Never> {
        Task { [clock, watch, line, instances = campaign.instances.count] in
            while !Task.isCancelled {
                if let wake = watch.idleUntil(line, instances: instances) { clock.advance(toDeadlineBy: wake) }
                await Task.yield()
            }
        }
    }

    /// When each call begins, if each is accepted at once.
    func beginnings() async throws -> [Duration] {
        let run = try run()
        async let report = run.run()
        var times: [Duration] = []
        var calls = line.calls.makeAsyncIterator()
        for _ in 0..<(try counts().total) {
            guard let call = await next(&calls) else { break }
            times.append(call.at)
            call.accept()
        }
        #expect(try await report.end == .finished)
        return times
    }
}
