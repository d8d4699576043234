import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

/// The fixture begins on 2027-01-15 at 08:00 UTC.
@Suite struct `The limits of instances` {
    private static let midnight = Duration.seconds(16 * 3600)

    @Test func `a daily cap ends the day's calls, and the next day of the campaign's zone brings new ones`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 5)
        fixture.campaign.instances[0].dailyCap = 2
        fixture.utcOffset = -3 * 3600
        let midnight = Duration.seconds(19 * 3600)
        let gap = Duration.seconds(10)
        let expected: [Duration] = [.zero, gap, midnight, midnight + gap, midnight + .seconds(86_400)]
        #expect(try await fixture.beginnings() == expected)
    }

    @Test func `a warm-up goes up with each day of use`() async throws {
        let fixture = try await RunFixture(contacts: 6)
        fixture.campaign.instances[0].warmup = [1, 2, 3]
        let second = Self.midnight
        let third = second + .seconds(86_400)
        let gap = Duration.seconds(10)
        let expected: [Duration] = [.zero, second, second + gap, third, third + gap, third + gap + gap]
        #expect(try await fixture.beginnings() == expected)
    }

    @Test func `the other instances continue when one has used up its calls`() async throws {
        let fixture = try await RunFixture(contacts: 6, instances: 2)
        fixture.campaign.instances[0].dailyCap = 1
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var instances: [Int] = []
        for _ in 0..<6 {
            let call = try #require(await fixture.next(&calls))
            instances.append(call.instance)
            call.accept()
        }
        #expect(instances.count { $0 == 0 } == 1 && instances.count { $0 == 1 } == 5)
        #expect(try await report.end == .finished)
    }

    @Test func `a restart brings no new calls today, and a run that may not wait says when it can continue`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 3)
        fixture.campaign.instances[0].dailyCap = 1
        let until = RunFixture.start.advanced(by: Self.midnight)
        for accepted in [1, 1] {
            let control = DispatcherControl()
            let run = try fixture.run(control: control, options: RunOptions(waits: false))
            let replies = Task { [provider = fixture.provider] in for await call in provider.calls { call.accept() } }
            #expect(try await run.run().end == .notNow(.cap(until: until)))
            replies.cancel()
            #expect(try fixture.counts().accepted == accepted)
        }
    }

    @Test func `setting the clock forward by a day brings no new calls, in the same run or the next`() async throws {
        let fixture = try await RunFixture(contacts: 3)
        fixture.campaign.instances[0].dailyCap = 1
        for _ in 0..<2 {
            let run = try fixture.run(control: DispatcherControl(), options: RunOptions(waits: false))
            let replies = Task { [provider = fixture.provider] in for await call in provider.calls { call.accept() } }
            guard case .notNow(.cap) = try await run.run().end else {
                Issue.record("the run did not end for its cap")
                return
            }
            replies.cancel()
            #expect(try fixture.counts().accepted == 1)
            fixture.clock.setWall(by: .seconds(86_400))
        }
    }

    @Test func `calls that did not reach Z-API are not counted`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.instances[0].dailyCap = 2
        fixture.campaign.retry = RetryPolicy(attempts: 4, first: .seconds(1), longest: .seconds(2))
        fixture.campaign.workers = 1
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await fixture.next(&calls)).reply(CallReply(verdict: .notSent, error: "refused"))
        try #require(await fixture.next(&calls)).reply(
            CallReply(verdict: .throttled(retryAfter: .seconds(3)), httpStatus: 429, error: "slow"))
        try #require(await fixture.next(&calls)).accept()
        let last = try #require(await fixture.next(&calls))
        #expect(last.at < .seconds(60))
        last.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `a campaign without a cap is held to the cap of another one that shares the instance`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        fixture.campaign.instances[0].dailyCap = 1
        fixture.campaign.instances[0].pace = .every(Pace(calls: 1, per: .seconds(100)))
        let replies = Task { [provider = fixture.provider] in for await call in provider.calls { call.accept() } }
        _ = try await fixture.run(options: RunOptions(waits: false)).run()
        await replies.value
        #expect(try fixture.counts().accepted == 1)
        try await fixture.add(campaign: "loose", contacts: 2, from: 100)
        fixture.campaign.name = "loose"
        fixture.campaign.instances[0].dailyCap = nil
        fixture.campaign.instances[0].pace = .open
        let next = try fixture.run(control: DispatcherControl(), options: RunOptions(waits: false))
        let more = Task { [provider = fixture.provider] in for await call in provider.calls { call.accept() } }
        let end = try await next.run().end
        await more.value
        #expect(end == .notNow(.cap(until: RunFixture.start.advanced(by: Self.midnight))))
        #expect(try fixture.reader().counts(campaign: "loose").ready == 2)
    }
}
