import CampaignCore
import CampaignStore
import Testing

@testable import CampaignRunner

/// The calls of one instance, or of several, are never answered; the workers are shared by all.
@Suite(.timeLimit(.minutes(10))) struct `An instance whose calls are not answered` {
    private static let end = Duration.seconds(150)

    /// Calls one gap apart from the moment at which the instance is heard.
    private static func atItsPace(_ behaviour: SimulatedInstances.Behaviour) -> [Duration] {
        let calls = behaviour.heardAt < end ? Int((end - behaviour.heardAt) / behaviour.gap) + 1 : 0
        return (0..<calls).map { behaviour.heardAt + behaviour.gap * $0 }.filter { $0 < end }
    }

    @Test(arguments: 1...60)
    func `does not make any other wait whose need is within an even share`(seed: UInt64) {
        var random = Random(seed: seed)
        let instances = 2 + random.below(4)
        let share = 1 + random.below(5)
        let workers = share * instances + random.below(instances)
        let behaviours = (0..<instances).map { index in
            let gap = Duration.milliseconds(200 + random.below(random.below(2) == 0 ? 1000 : 9000))
            let slowest = min(gap * share, .seconds(30))
            var behaviour = SimulatedInstances.Behaviour(
                gap: gap, latency: .milliseconds(random.below(Int(slowest / .milliseconds(1)))))
            if random.below(2) == 0 { behaviour.heardAt = .milliseconds(random.below(15_000)) }
            if index == 0 || random.below(3) == 0 {
                behaviour.gap = .milliseconds(50 + random.below(3000))
                behaviour.stallsAt = .milliseconds(random.below(2) == 0 ? 0 : random.below(60_000))
            }
            return behaviour
        }
        var run = SimulatedInstances(behaviours, workers: workers)
        run.play(until: Self.end)
        for (index, behaviour) in behaviours.enumerated() where behaviour.stallsAt == nil {
            let late = zip(run.beginnings[index], Self.atItsPace(behaviour)).first { $0 != $1 }
            #expect(late == nil, "instance \(index) of \(behaviours), \(workers) workers")
        }
    }

    @Test(arguments: 1...60)
    func `is all that is bounded: those that answer have as many workers as their paces ask`(seed: UInt64) {
        var random = Random(seed: seed)
        let behaviours = (0..<2 + random.below(3)).map { _ in
            let gap = Duration.milliseconds(200 + random.below(3000))
            return SimulatedInstances.Behaviour(gap: gap, latency: .milliseconds(random.below(20_000)))
        }
        let needs = behaviours.map { Int($0.latency / $0.gap) + 1 }
        // One for the next call of each of the others.
        var run = SimulatedInstances(behaviours, workers: needs.reduce(0, +) + behaviours.count - 1)
        run.play(until: Self.end)
        // How long replies take is known from the first one on.
        let known = Duration.seconds(60)
        for (index, behaviour) in behaviours.enumerated() {
            let times = run.beginnings[index].filter { $0 >= known }
            #expect(times.count >= Int((Self.end - known) / behaviour.gap), "instance \(index) of \(behaviours)")
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == behaviour.gap }, "instance \(index)")
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `holds the others up no longer than until its deadline where there are too few workers`(instances: Int) {
        let behaviours = (0..<instances).map { index in
            SimulatedInstances.Behaviour(
                gap: .seconds(1), latency: .milliseconds(100), stallsAt: index == 0 ? .zero : nil)
        }
        var run = SimulatedInstances(behaviours, workers: 1)
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
        await fixture.control.stop(.drain)
        for call in held { call.accept() }
        let end = try await report
        #expect(end.end == .drained)
        #expect(end.counts.accepted == 30 + held.count && end.counts.ready == 40 - 30 - held.count)
    }

    @Test func `leaves a share to one that has not said yet how it is`() async throws {
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
    func `is told by its replies alone: all workers are in use when all instances are open`(instances: Int) async throws
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
