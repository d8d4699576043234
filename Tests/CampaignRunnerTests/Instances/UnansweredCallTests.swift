import CampaignCore
import CampaignStore
import Testing

@testable import CampaignRunner

/// The calls of one instance, or of several, are never answered; the workers are shared by all.
@Suite(.timeLimit(.minutes(10))) struct `An instance whose calls are not answered` {
    private static let end = Duration.seconds(150)

    /// Calls one gap apart, from the moment at which the instance answers its check.
    private static func atItsPace(_ behavior: SimulatedInstances.Behavior) -> [Duration] {
        let calls = behavior.answersCheckAt < end ? Int((end - behavior.answersCheckAt) / behavior.gap) + 1 : 0
        return (0..<calls).map { behavior.answersCheckAt + behavior.gap * $0 }.filter { $0 < end }
    }

    @Test(arguments: 1...60)
    func `keeps no other instance waiting that needs no more than an equal share`(seed: UInt64) {
        var random = Random(seed: seed)
        let instances = 2 + random.below(4)
        let share = 1 + random.below(5)
        let workers = share * instances + random.below(instances)
        let behaviors = (0..<instances).map { index in
            let gap = Duration.milliseconds(200 + random.below(random.below(2) == 0 ? 1000 : 9000))
            let slowest = min(gap * share, .seconds(30))
            var behavior = SimulatedInstances.Behavior(
                gap: gap, latency: .milliseconds(random.below(Int(slowest / .milliseconds(1)))))
            if random.below(2) == 0 { behavior.answersCheckAt = .milliseconds(random.below(15_000)) }
            if index == 0 || random.below(3) == 0 {
                behavior.gap = .milliseconds(50 + random.below(3000))
                behavior.stallsAt = .milliseconds(random.below(2) == 0 ? 0 : random.below(60_000))
            }
            return behavior
        }
        var run = SimulatedInstances(behaviors, workers: workers)
        run.play(until: Self.end)
        for (index, behavior) in behaviors.enumerated() where behavior.stallsAt == nil {
            let late = zip(run.beginnings[index], Self.atItsPace(behavior)).first { $0 != $1 }
            #expect(late == nil, "instance \(index) of \(behaviors), \(workers) workers")
        }
    }

    @Test(arguments: 1...60)
    func `is the only one limited: those that answer have as many workers as their paces need`(seed: UInt64) {
        var random = Random(seed: seed)
        let behaviors = (0..<2 + random.below(3)).map { _ in
            let gap = Duration.milliseconds(200 + random.below(3000))
            return SimulatedInstances.Behavior(gap: gap, latency: .milliseconds(random.below(20_000)))
        }
        let needs = behaviors.map { Int($0.latency / $0.gap) + 1 }
        // Besides one for the next call of each of the others.
        var run = SimulatedInstances(behaviors, workers: needs.reduce(0, +) + behaviors.count - 1)
        run.play(until: Self.end)
        // From the first reply on it is known how long they take.
        let known = Duration.seconds(60)
        for (index, behavior) in behaviors.enumerated() {
            let times = run.beginnings[index].filter { $0 >= known }
            #expect(times.count >= Int((Self.end - known) / behavior.gap), "instance \(index) of \(behaviors)")
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == behavior.gap }, "instance \(index)")
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `delays the others no longer than its timeout where there are too few workers`(instances: Int) {
        let behaviors = (0..<instances).map { index in
            SimulatedInstances.Behavior(
                gap: .seconds(1), latency: .milliseconds(100), stallsAt: index == 0 ? .zero : nil)
        }
        var run = SimulatedInstances(behaviors, workers: 1)
        run.play(until: .seconds(600))
        #expect(!run.beginnings[0].isEmpty)
        for times in run.beginnings.dropFirst() {
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= .seconds(31) })
            #expect(times.count > 60)
        }
    }

    @Test(arguments: [2, 3, 8])
    func `leaves the others their workers, and the run drains`(workers: Int) async throws {
        let fixture = try await RunFixture(contacts: 40, instances: 2, pace: .every(Pace(calls: 5, per: .seconds(1))))
        fixture.campaign.workers = workers
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var held: [ScriptedProvider.Call] = []
        var accepted = 0
        while accepted < 30 {
            let call = try #require(await fixture.next(&calls))
            if call.instance == 0 {
                held.append(call)
            } else {
                #expect(call.at == .milliseconds(200 * accepted))
                accepted += 1
                call.accept()
            }
        }
        #expect(held.count == workers - 1)
        fixture.control.stop(.drain)
        for call in held { call.accept() }
        let end = try await report
        #expect(end.end == .drained)
        #expect(end.counts.accepted == 30 + held.count && end.counts.ready == 40 - 30 - held.count)
    }

    @Test func `leaves a share to one whose health is not known yet`() async throws {
        let fixture = try await RunFixture(contacts: 20, instances: 2, pace: .open)
        fixture.provider.hang(on: 1)
        let run = try fixture.run()
        async let report = run.run()
        let held = try await fixture.begun(4)
        #expect(held.allSatisfy { $0.instance == 0 })
        fixture.provider.answer(1)
        for _ in 0..<16 {
            let call = try #require(try await fixture.begun(1).first)
            #expect(call.instance == 1)
            call.accept()
        }
        for call in held { call.accept() }
        #expect(try await report.end == .finished)
    }

    @Test(arguments: [1, 2, 3])
    func `is known by its missing replies alone: all workers are in use when no instance has a pace`(instances: Int)
        async throws
    {
        let fixture = try await RunFixture(contacts: 64, instances: instances, pace: .open)
        fixture.campaign.workers = 64
        let run = try fixture.run()
        async let report = run.run()
        let calls = try await fixture.begun(64)
        #expect(fixture.provider.maxUnderWay == 64)
        for call in calls { call.accept() }
        #expect(try await report.end == .finished)
    }
}
