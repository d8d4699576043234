import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `A pace faster than the phone rings` {
    private static let reopens = RunFixture.start.advanced(by: .seconds(86_400))

    /// 300 s of window are left: seventeen calls of 15 s and 2 s each, with 3 s and its request for the last one.
    @Test func `gives Z-API no more calls than can ring before the window shuts, not even after a restart`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 60, pace: .every(Pace(calls: 1, per: .seconds(1))))
        fixture.campaign.callDuration = 15
        fixture.campaign.timeout = .seconds(1)
        fixture.campaign.window = CallingWindow(
            timeZone: "UTC", days: Set(CallingWindow.Day.allCases), fromMinute: 480, toMinute: 485, holidays: [])
        let store = try fixture.openStore()
        let run = try fixture.run(store: store, options: RunOptions(waits: false))
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        for _ in 0..<17 { try #require(await fixture.next(&calls)).accept() }
        try await fixture.moveToNextDeadline()
        #expect(try await report.end == .notNow(.ringing(until: Self.reopens)))
        #expect(fixture.provider.begun == 17)
        try store.close()
        let next = try fixture.run(control: RunControl(), options: RunOptions(waits: false))
        #expect(try await next.run().end == .notNow(.ringing(until: Self.reopens)))
        #expect(fixture.provider.begun == 17)
    }
}
