import CampaignCore
import CampaignStore
import Ongoing
import Testing

@testable import CampaignRunner

@Suite(.timeLimit(.minutes(10))) struct `A webhook about an instance` {
    @Test func `that it is disconnected holds it at once, until status says otherwise`() async throws {
        let fixture = try await RunFixture(
            contacts: 3, healths: [.connected, .disconnected("phone off"), .connected], answersInTurn: true,
            pace: .open)
        fixture.campaign.workers = 1
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        fixture.control.note(.disconnected(reason: "phone off"), instance: "I0")
        first.accept()
        let second = try #require(await fixture.next(&calls))
        // Asked at once, and again after 5 s.
        #expect(second.at == .seconds(5) && fixture.provider.healthChecks == 3)
        second.accept()
        try #require(await fixture.next(&calls)).accept()
        #expect(try await report.end == .finished)
    }

    @Test func `that it is disconnected pauses it for no longer than a check when that is not true`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        // A run that may not wait does not end for it either.
        let run = try fixture.run(options: RunOptions(waits: false))
        async let report = run.run()
        let first = try #require(try await fixture.begun(1).first)
        for _ in 0..<50 { fixture.control.note(.disconnected(reason: nil), instance: "I0") }
        first.accept()
        let second = try #require(try await fixture.begun(1).first)
        #expect(second.at == .zero && fixture.provider.healthChecks == 2)
        second.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `that it is connected has it asked at once instead of later`() async throws {
        let fixture = try await RunFixture(
            contacts: 1, healths: [.disconnected("off"), .connected], answersInTurn: true, pace: .open)
        let run = try fixture.run()
        async let report = run.run()
        try await fixture.provider.wait(for: "the first check") {
            fixture.watch.nextWake(fixture.provider) == .seconds(5)
        }
        fixture.control.note(.connected, instance: "I0")
        let call = try #require(try await fixture.begun(1).first)
        #expect(call.at == .zero)
        call.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `of another instance changes nothing`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        let run = try fixture.run()
        async let report = run.run()
        let first = try #require(try await fixture.begun(1).first)
        fixture.control.note(.disconnected(reason: nil), instance: "X")
        fixture.control.note(
            .quarantined(until: RunFixture.start.advanced(by: .seconds(60)), reason: "x"), instance: "X")
        first.accept()
        try #require(try await fixture.begun(1).first).accept()
        #expect(try await report.end == .finished && fixture.provider.healthChecks == 1)
    }

    /// The latency of `/status`, and what share of the time the instance must remain usable at least.
    @Test(arguments: [(100, 0.9), (1000, 0.8), (6000, 0.4), (14_000, 0.2)])
    func `repeated by a forger can neither keep it from being used nor have it checked all the time`(
        latency: Int, share: Double
    ) throws {
        var instances = WatchedInstance()
        var (usable, checks, steps) = (0, 0, 6000)
        var checkEnds: Duration?
        while steps > 0 {
            steps -= 1
            instances.time += .milliseconds(100)
            instances.note(.disconnected(reason: nil))
            instances.note(.connected)
            if let end = checkEnds, end <= instances.time {
                instances.answer(.connected)
                checkEnds = nil
            }
            if instances.beginCheck() {
                checks += 1
                checkEnds = instances.time + .milliseconds(latency)
            }
            if instances.isUsable { usable += 1 }
        }
        #expect(Double(usable) / 6000 > share)
        #expect(checks <= 600 / 5 + 2)
    }

    @Test func `counts although a check was under way that had been answered before`() {
        var instance = WatchedInstance()
        _ = instance.beginCheck()
        instance.note(.disconnected(reason: nil))
        instance.answer(.connected)
        #expect(!instance.isUsable)
        let again = instance.beginCheck()
        #expect(again)
        instance.answer(.connected)
        #expect(instance.isUsable)
    }

    @Test func `that its calls are kept from people makes it rest until then, whatever status says`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.healthInterval = .seconds(60)
        let run = try fixture.run()
        async let report = run.run()
        let first = try #require(try await fixture.begun(1).first)
        let until = RunFixture.start.advanced(by: .seconds(24 * 3600))
        fixture.control.note(.quarantined(until: until, reason: "likely shadow ban"), instance: "I0")
        first.accept()
        try await fixture.provider.wait(for: "the rest") { try fixture.activity() != nil }
        #expect(try fixture.activity() == RunActivity(word: .instance, until: until))
        let condition = try #require(
            try fixture.reader().instances(campaign: "test", now: fixture.wall).first?.condition)
        #expect(condition.word == .quarantined && condition.until == until && condition.reason == "likely shadow ban")
        var calls = fixture.provider.calls.makeAsyncIterator()
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == .seconds(24 * 3600))
        second.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `that makes it rest is taken back by a person`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        let run = try fixture.run()
        async let report = run.run()
        let first = try #require(try await fixture.begun(1).first)
        let until = RunFixture.start.advanced(by: .seconds(24 * 3600))
        fixture.control.note(.quarantined(until: until, reason: "likely shadow ban"), instance: "I0")
        first.accept()
        try await fixture.provider.wait(for: "the rest") { try fixture.activity() != nil }
        fixture.control.release(instance: "I0")
        let second = try #require(try await fixture.begun(1).first)
        #expect(second.at == .zero && fixture.provider.healthChecks == 2)
        second.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `that makes it rest still holds after a restart, and for a campaign that joins`() {
        var instance = WatchedInstance(quarantinedUntil: 1000)
        #expect(!instance.isUsable)
        instance.time = .seconds(999)
        let early = instance.beginCheck()
        instance.time = .seconds(1000)
        let late = instance.beginCheck()
        #expect(!early && late)
        instance.answer(.connected)
        #expect(instance.isUsable)
    }
}

/// One instance in a dispatcher's state, whose time the test sets.
private struct WatchedInstance {
    var time = Duration.zero
    private var state: DispatcherState

    init(quarantinedUntil seconds: Int? = nil) {
        var instance = Instance(name: "i0", id: "I0", token: Secret("T"))
        instance.pace = .open
        var campaign = Campaign(name: "test", instances: [instance])
        campaign.window = nil
        campaign.healthInterval = .seconds(86_400)
        var snapshot = RunSnapshot.unused(campaign, ready: 1_000_000)
        snapshot.instances[0].quarantinedUntil = seconds.map { RunFixture.start.advanced(by: .seconds($0)) }
        state = .dialing(campaign, snapshot, wall: RunFixture.start)
    }

    var moment: RunMoment {
        var state = state
        return state.moment(elapsed: time, wall: RunFixture.start.advanced(by: time))
    }

    var isUsable: Bool { state.instances[0].isUsable }

    /// - Returns: whether a check begins now.
    mutating func beginCheck() -> Bool { !state.dueHealthChecks(of: [0], at: moment).isEmpty }

    mutating func note(_ effect: EventEffect) { state.note(effect, ofInstance: "I0", at: moment) }

    mutating func answer(_ health: InstanceHealth) { state.note(health, of: 0, at: moment) }
}

extension RunFixture {
    fileprivate func activity() throws -> RunActivity? {
        let activity = try reader().lastRun(campaign: "test")?.activity
        return activity?.word == .instance ? activity : nil
    }
}
