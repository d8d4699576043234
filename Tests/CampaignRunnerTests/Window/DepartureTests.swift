import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

/// The machine sleeps between the claim of a call and its first byte. The fixture begins at 08:00 UTC.
@Suite(.timeLimit(.minutes(10))) struct `A call claimed before the machine slept` {
    private static let window = CallingWindow(
        timeZone: "UTC", days: [.fri], fromMinute: 8 * 60, toMinute: 9 * 60, holidays: [])

    @Test func `does not leave when the window has shut, and is ready again as if it had never been claimed`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 3, pace: .open)
        fixture.campaign.window = Self.window
        fixture.campaign.retry = RetryPolicy(attempts: 1)
        fixture.campaign.instances[0].dailyCap = 10
        let store = try fixture.openStore()
        let run = try fixture.run(store: store, options: RunOptions(waits: false))
        async let report = run.run()
        let calls = try await fixture.begun(3)
        await fixture.clock.advance(by: .seconds(3600))
        for call in calls { call.depart() }
        let end = try await report
        #expect(end.end.isWaitForWindow)
        #expect(end.counts.ready == 3 && end.counts.total == 3)
        #expect(try fixture.counts() == end.counts)
        try fixture.reader().forEachAttempt(campaign: "test") { attempt in
            #expect(attempt.outcome == .notSent)
            #expect(attempt.error == SendRefusal.windowShut.description)
        }
        let instance = try #require(try fixture.reader().instances(campaign: "test", now: fixture.wall).first)
        try store.close()
        #expect(instance.uses.allSatisfy { $0.calls == 0 && $0.newRecipients == 0 })

        // In the next window each contact still has its one attempt.
        await fixture.clock.advance(by: .seconds(7 * 86_400 - 3600))
        let again = try fixture.run(control: DispatcherControl())
        async let second = again.run()
        for call in try await fixture.begun(3) { call.depart() }
        #expect(try await second.counts.accepted == 3)
    }

    @Test func `does not leave when the contact's own hours are over`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.window = CallingWindow(
            zone: .contact, days: Set(CallingWindow.Day.allCases), fromMinute: 300, toMinute: 1080, holidays: [])
        fixture.gate = UntilNine()
        let run = try fixture.run(options: RunOptions(waits: false))
        async let report = run.run()
        let calls = try await fixture.begun(2)
        await fixture.clock.advance(by: .seconds(3600))
        for call in calls { call.depart() }
        let end = try await report
        #expect(end.end.isWaitForWindow && end.counts.ready == 2)
    }

    @Test func `does not leave when the campaign has expired, and is excluded`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.expires = RunFixture.start.advanced(by: .seconds(5))
        let run = try fixture.run()
        async let report = run.run()
        let calls = try await fixture.begun(2)
        await fixture.clock.advance(by: .seconds(5))
        for call in calls { call.depart() }
        let end = try await report
        #expect(end.end == .finished && end.counts.excluded == 2)
    }

    @Test func `is claimed again when only time has passed, at the pace, and each contact is called once`() async throws
    {
        let fixture = try await RunFixture(contacts: 3, instances: 3)
        let run = try fixture.run()
        async let report = run.run()
        let calls = try await fixture.begun(3)
        await fixture.clock.advance(by: .seconds(30))
        for call in calls { call.depart() }
        let again = try await fixture.begun(3)
        #expect(again.allSatisfy { $0.at >= .seconds(30) })
        for call in again { call.depart() }
        let end = try await report
        #expect(end.end == .finished && end.counts.accepted == 3)
    }

    @Test(arguments: [7200, -7200])
    func `does not leave when the clock was set in the meantime`(step: Int) async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let run = try fixture.run()
        async let report = run.run()
        let call = try #require(try await fixture.begun(1).first)
        fixture.clock.setWall(by: .seconds(step))
        #expect(call.refusal() == .clockSet)
        call.depart()
        for call in try await fixture.begun(1) { call.depart() }
        #expect(try await report.counts.accepted == 1)
    }

    @Test func `leaves the condition of its instance unchanged when it is held back`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.brake = Brake(failuresPercent: 1, over: 1)
        let run = try fixture.run()
        async let report = run.run()
        let call = try #require(try await fixture.begun(1).first)
        await fixture.clock.advance(by: .seconds(60))
        call.depart()
        for _ in 0..<2 { for call in try await fixture.begun(1) { call.depart() } }
        let end = try await report
        #expect(end.end == .finished && end.counts.accepted == 2)
    }
}

/// Every contact may be called before 09:00 UTC.
private struct UntilNine: ClaimGate {
    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        now < RunFixture.start.advanced(by: .seconds(3600)) ? nil : RunFixture.start.advanced(by: .seconds(86_400))
    }
}

extension RunEnd {
    fileprivate var isWaitForWindow: Bool {
        if case .notNow(.window) = self { true } else { false }
    }
}
