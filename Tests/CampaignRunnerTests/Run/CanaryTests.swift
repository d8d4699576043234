import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `The canary of a run` {
    @Test func `is waited for, and when its calls end well the others follow`() async throws {
        let fixture = try await RunFixture(contacts: 5, pace: .open)
        let run = try fixture.run(options: RunOptions(canary: 2))
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        let second = try #require(await fixture.next(&calls))
        first.accept()
        // The third must not begin before the second has ended: the calls under way are counted below.
        second.accept()
        for _ in 0..<3 { try #require(await fixture.next(&calls)).accept() }
        #expect(try await report.end == .finished)
        #expect(fixture.provider.maxUnderWay <= 3)
    }

    @Test func `stops the run when too many of its calls fail, and nobody else is called`() async throws {
        let fixture = try await RunFixture(contacts: 50, pace: .open)
        let run = try fixture.run(options: RunOptions(canary: 10))
        let replies = Task { [provider = fixture.provider] in
            var count = 0
            for await call in provider.calls {
                count += 1
                if count <= 2 {
                    call.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no such number"))
                } else {
                    call.accept()
                }
            }
        }
        let end = try await run.run()
        replies.cancel()
        guard case .braked(let report) = end.end else {
            Issue.record("the run was not stopped by its canary")
            return
        }
        #expect(report.isCanary && report.failures == 2 && report.over == 10)
        #expect(end.counts.ready == 40)
    }

    @Test func `does not count calls that were only throttled: as many outcomes as asked for are judged`() async throws
    {
        let fixture = try await RunFixture(contacts: 6, pace: .open)
        let run = try fixture.run(options: RunOptions(canary: 1))
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await fixture.next(&calls)).reply(
            CallReply(verdict: .throttled(retryAfter: .seconds(5)), httpStatus: 429, error: "slow"))
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == .seconds(5))
        second.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no"))
        guard case .braked(let brake) = try await report.end else {
            Issue.record("the run was not stopped by its canary")
            return
        }
        #expect(brake.over == 1)
    }

    @Test func `goes on counting where it was when its run is stopped and another goes on`() async throws {
        let fixture = try await RunFixture(contacts: 20, pace: .open)
        fixture.campaign.workers = 2
        // The request of the first run may be repeated, as after a pause.
        let options = RunOptions(canary: 4)
        var calls = fixture.provider.calls.makeAsyncIterator()
        do {
            let run = try fixture.run(options: options)
            async let report = run.run()
            let first = try #require(await fixture.next(&calls))
            let second = try #require(await fixture.next(&calls))
            fixture.control.stop(.drain, campaign: "test", staysActive: true)
            first.accept()
            second.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no"))
            #expect(try await report.end == .drained)
        }
        let run = try fixture.run(control: DispatcherControl(), options: options)
        async let report = run.run()
        for _ in 0..<2 { try #require(await fixture.next(&calls)).accept() }
        guard case .braked(let brake) = try await report.end else {
            Issue.record("the run was not stopped by its canary")
            return
        }
        #expect(brake.isCanary && brake.failures == 1 && brake.over == 4)
        #expect(try fixture.counts().ready == 16)
    }

    @Test func `is not repeated once it was judged good`() async throws {
        let fixture = try await RunFixture(contacts: 6, pace: .open)
        fixture.campaign.workers = 1
        let options = RunOptions(canary: 2)
        var calls = fixture.provider.calls.makeAsyncIterator()
        do {
            let run = try fixture.run(options: options)
            async let report = run.run()
            for _ in 0..<2 { try #require(await fixture.next(&calls)).accept() }
            let third = try #require(await fixture.next(&calls))
            fixture.control.stop(.drain, campaign: "test", staysActive: true)
            third.accept()
            #expect(try await report.end == .drained)
        }
        let run = try fixture.run(control: DispatcherControl(), options: options)
        async let report = run.run()
        // Half of a canary's calls would be too many.
        try #require(await fixture.next(&calls)).reply(CallReply(verdict: .refused, httpStatus: 400, error: "no"))
        for _ in 0..<2 { try #require(await fixture.next(&calls)).accept() }
        #expect(try await report.end == .finished)
    }
}
