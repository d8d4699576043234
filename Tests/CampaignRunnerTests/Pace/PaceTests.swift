import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `The pace of a run` {
    @Test func `calls begin one gap apart, however fast the replies come`() async throws {
        let fixture = try await RunFixture(contacts: 7)
        let times = try await fixture.beginnings()
        #expect(times == (0..<7).map { .seconds(10 * $0) })
    }

    @Test func `without a pace an instance waits for the ring and 1 to 3 seconds more`() async throws {
        let fixture = try await RunFixture(contacts: 3, pace: .afterRinging)
        fixture.campaign.callDuration = 8
        #expect(try await fixture.beginnings() == [.zero, .seconds(10), .seconds(20)])
    }

    @Test func `several instances share a campaign, each at its own pace`() async throws {
        let fixture = try await RunFixture(contacts: 6, instances: 2)
        #expect(
            try await fixture.beginnings() == [0, 0, 10, 10, 20, 20].map { Duration.seconds($0) })
    }

    @Test func `the pace of the whole campaign holds across instances`() async throws {
        let fixture = try await RunFixture(contacts: 4, instances: 2)
        fixture.campaign.pace = Pace(calls: 1, per: .seconds(7))
        #expect(try await fixture.beginnings() == [0, 7, 14, 21].map { Duration.seconds($0) })
    }

    @Test func `the time lost to a slow reply is not caught up`() async throws {
        let fixture = try await RunFixture(contacts: 3)
        fixture.campaign.workers = 1
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await calls.next())
        // Three gaps pass while the only worker is busy.
        await fixture.clock.advance(by: .seconds(35))
        first.accept()
        let second = try #require(await calls.next())
        #expect(second.at == .seconds(35))
        second.accept()
        try await fixture.moveToNextDeadline()
        let third = try #require(await calls.next())
        #expect(third.at == .seconds(45))
        third.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `a restart waits for the gap that the last run left`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        var calls = fixture.provider.calls.makeAsyncIterator()
        do {
            let run = try fixture.run()
            async let first = run.run()
            let call = try #require(await calls.next())
            fixture.control.stop(.drain)
            call.accept()
            #expect(try await first.end == .drained)
        }

        await fixture.clock.advance(by: .seconds(4))
        let secondRun = try fixture.run(control: DispatcherControl())
        async let second = secondRun.run()
        try await fixture.moveToNextDeadline()
        let next = try #require(await calls.next())
        #expect(next.at == .seconds(10))
        next.accept()
        #expect(try await second.end == .finished)
    }
}

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
        let next = try fixture.run(control: DispatcherControl(), options: RunOptions(waits: false))
        #expect(try await next.run().end == .notNow(.ringing(until: Self.reopens)))
        #expect(fixture.provider.begun == 17)
    }
}
