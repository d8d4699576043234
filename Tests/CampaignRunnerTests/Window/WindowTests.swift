import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

/// The fixture begins on Friday, 2027-01-15 at 08:00 UTC.
@Suite struct `A run and its window` {
    private static let window = CallingWindow(
        timeZone: "UTC", days: [.mon, .fri], fromMinute: 9 * 60, toMinute: 18 * 60, holidays: [])
    private static let opening = Duration.seconds(3600)

    @Test func `sleeps until the window opens, checks the health of the instances, and dials`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        fixture.campaign.window = Self.window
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        #expect(first.at == Self.opening)
        #expect(fixture.provider.healthChecks == 2, "once at the start, once when the window opened")
        first.accept()
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == Self.opening + .seconds(10))
        second.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `begins no call that could end outside if its request is slow, and continues when it opens again`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 4)
        fixture.campaign.window = Self.window
        fixture.campaign.timeout = .seconds(20)
        // 50 s before it shuts: two calls fit in, 15 + 3 + 20 s before the end at the latest.
        await fixture.clock.advance(by: .seconds(10 * 3600 - 50))
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var times: [Duration] = []
        for _ in 0..<4 {
            let call = try #require(await fixture.next(&calls))
            times.append(call.at - .seconds(10 * 3600))
            call.accept()
        }
        let monday = Duration.seconds(3 * 86_400 - 9 * 3600)
        #expect(times == [.seconds(-50), .seconds(-40), monday, monday + .seconds(10)])
        #expect(try await report.end == .finished)
    }

    @Test func `that may not wait ends outside the window, and says when it opens`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        fixture.campaign.window = Self.window
        let end = try await fixture.run(options: RunOptions(waits: false)).run()
        #expect(end.end == .notNow(.window(until: RunFixture.start.advanced(by: Self.opening))))
        #expect(try fixture.counts().ready == 2)
    }

    @Test func `ends when the window never opens, waiting or not`() async throws {
        let fixture = try await RunFixture(contacts: 1)
        fixture.campaign.window = CallingWindow(
            timeZone: "UTC", days: [.fri], fromMinute: 540, toMinute: 541,
            holidays: Set(
                (2027...2028).flatMap { year in
                    (1...12).flatMap { month in (1...31).map { .init(year: year, month: month, day: $0) } }
                }))
        #expect(try await fixture.run().run().end == .notNow(.window(until: nil)))
    }

    @Test func `notices that the clock was set back into the night, and dials nobody`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        fixture.campaign.window = Self.window
        await fixture.clock.advance(by: Self.opening)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        #expect(first.at == Self.opening)
        fixture.clock.setWall(by: .seconds(-1800))
        first.accept()
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == Self.opening + .seconds(1800))
        second.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `excludes all contacts of an expired campaign, however many there are, before it ends`() async throws {
        let fixture = try await RunFixture(contacts: 4500)
        fixture.campaign.expires = RunFixture.start
        let store = try fixture.openStore()
        let report = try await fixture.run(store: store).run()
        #expect(report.end == .finished && report.counts.excluded == 4500)
        #expect(try fixture.counts() == report.counts)
        try store.close()
    }

    @Test func `excludes the contacts that were not called when the campaign expires, retries too`() async throws {
        let fixture = try await RunFixture(contacts: 4)
        fixture.campaign.expires = RunFixture.start.advanced(by: .seconds(15))
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await fixture.next(&calls)).accept()
        let second = try #require(await fixture.next(&calls))
        await fixture.clock.advance(by: .seconds(10))
        second.reply(CallReply(verdict: .throttled(retryAfter: .seconds(60)), httpStatus: 429, error: "slow down"))
        let end = try await report
        #expect(end.end == .finished)
        #expect(end.counts.accepted == 1 && end.counts.excluded == 3)
        #expect(try fixture.counts() == end.counts)
        try fixture.reader().forEachContact(campaign: "test", in: [.excluded]) { #expect($0.reason == "expired") }
    }
}
