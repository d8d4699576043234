import CampaignCore
import CampaignRunner
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
            await fixture.control.stop(.drain)
            call.accept()
            #expect(try await first.end == .drained)
        }

        await fixture.clock.advance(by: .seconds(4))
        let secondRun = try fixture.run(control: RunControl())
        async let second = secondRun.run()
        try await fixture.moveToNextDeadline()
        let next = try #require(await calls.next())
        #expect(next.at == .seconds(10))
        next.accept()
        #expect(try await second.end == .finished)
    }
}
