import CampaignCore
import CampaignRunner
import NIOConcurrencyHelpers
import Ongoing
import Testing

/// Detects when a run has nothing more to do until its clock advances.
final class RunWatch: Sendable {
    private struct State {
        var began = Duration.zero
        var latest: RunProgress?
        var handedOver = 0

        func nextWake(underWay: Int) -> Duration? {
            guard let latest, let wake = latest.wakesAt, latest.counts.dialing == underWay else { return nil }
            // Instances that are being checked are about to answer.
            return latest.uncheckedInstances == 0 ? began + wake : nil
        }
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

    func noteHandedOver() { state.withLockedValue { $0.handedOver += 1 } }

    /// When the run wakes next, on the manual clock, as it last said; nil while replies or health checks that have ended
    /// have not reached it yet, or it waits for events alone.
    func nextWake(_ provider: ScriptedProvider) -> Duration? {
        state.withLockedValue { $0.nextWake(underWay: provider.underWay) }
    }

    /// The same, once the test has been handed all calls that have begun; nil as well while the run is still busy.
    func idleUntil(_ provider: ScriptedProvider, instances: Int) -> Duration? {
        state.withLockedValue { state in
            guard let latest = state.latest, let wake = state.nextWake(underWay: provider.underWay),
                provider.begun == state.handedOver
            else { return nil }
            switch latest.waitsFor {
            case nil: return nil
            case .instance? where latest.troubles.count < instances: return nil
            case .instance?, .rest?, .pace?, .retry?, .heldBack?, .replies?, .window?, .cap?, .ringing?, .asked?,
                .canary?,
                .contacts?, .redial?, .person?, .events?, .answers?:
                return wake
            }
        }
    }
}

extension RunFixture {
    /// The next call that begins; the clock moves, from one wake of the run to the next, only while the run has nothing else
    /// to do. Nil when the run has ended.
    func next(_ calls: inout ScriptedProvider.Calls.Iterator) async -> ScriptedProvider.Call? {
        let mover = mover()
        let call = await calls.next()
        mover.cancel()
        await mover.value
        watch.noteHandedOver()
        return call
    }

    /// The next calls that begin, while the clock stands still.
    func begun(_ count: Int) async throws -> [ScriptedProvider.Call] {
        var begun: [ScriptedProvider.Call] = []
        var calls = provider.calls.makeAsyncIterator()
        while begun.count < count {
            guard let call = await calls.next() else {
                throw ConditionNeverMet(for: "a call \(begun.count + 1) of \(count)")
            }
            begun.append(call)
            watch.noteHandedOver()
        }
        return begun
    }

    /// Waits until the run has nothing to do before a moment that is at most `horizon` away, and moves the clock to the next
    /// deadline. What is further away, such as a health check in a day, is left alone.
    func moveToNextDeadline(within horizon: Duration = .seconds(3600)) async throws {
        try await provider.wait(for: "a deadline within \(horizon)") {
            guard let wake = watch.nextWake(provider), wake > clock.now.offset, wake <= clock.now.offset + horizon
            else {
                return false
            }
            return clock.advance(toDeadlineBy: wake)
        }
    }

    /// Keeps moving the clock to the next deadline within its first minute.
    func moveOn() -> Task<Void, Never> {
        Task { [clock] in
            var poller = Poller()
            while !Task.isCancelled {
                _ = clock.advance(toDeadlineBy: .seconds(60))
                await poller.pause()
            }
        }
    }

    private func mover() -> Task<Void, Never> {
        Task { [clock, watch, provider, instances = campaign.instances.count] in
            var poller = Poller()
            while !Task.isCancelled {
                if let wake = watch.idleUntil(provider, instances: instances) { _ = clock.advance(toDeadlineBy: wake) }
                await poller.pause()
            }
        }
    }

    /// When each call begins, if each is accepted immediately.
    func beginnings() async throws -> [Duration] {
        let run = try run()
        async let report = run.run()
        var times: [Duration] = []
        var calls = provider.calls.makeAsyncIterator()
        for _ in 0..<(try counts().total) {
            guard let call = await next(&calls) else { break }
            times.append(call.at)
            call.accept()
        }
        #expect(try await report.end == .finished)
        return times
    }
}
