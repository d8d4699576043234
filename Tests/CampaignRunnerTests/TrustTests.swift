import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `The first calls of a run` {
    @Test func `are waited for, and when they are good the others follow`() async throws {
        let fixture = try await RunFixture(contacts: 5, pace: .open)
        let run = try fixture.run(options: RunOptions(canary: 2))
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        let second = try #require(await fixture.next(&calls))
        first.accept()
        // The third must not begin before the second has ended: the replies are counted when it does.
        second.accept()
        for _ in 0..<3 { try #require(await fixture.next(&calls)).accept() }
        #expect(try await report.end == .finished)
        #expect(fixture.line.maxUnderWay <= 3)
    }

    @Test func `stop the run when too many of them fail, and nobody else is called`() async throws {
        let fixture = try await RunFixture(contacts: 50, pace: .open)
        let run = try fixture.run(options: RunOptions(canary: 10))
        let replies = Task { [line = fixture.line] in
            var count = 0
            for await call in line.calls {
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
            Issue.record("the run did not end by its first calls")
            return
        }
        #expect(report.isCanary && report.failures == 2 && report.over == 10)
        #expect(end.counts.ready == 40)
    }

    @Test func `that were only asked to slow down are no outcomes: as many as were ordered are judged`() async throws {
        let fixture = try await RunFixture(contacts: 6, pace: .open)
        let run = try fixture.run(options: RunOptions(canary: 1))
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        try #require(await fixture.next(&calls)).reply(
            CallReply(verdict: .throttled(retryAfter: .seconds(5)), httpStatus: 429, error: "slow"))
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == .seconds(5))
        second.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no"))
        guard case .braked(let brake) = try await report.end else {
            Issue.record("the run did not end by its first call")
            return
        }
        #expect(brake.over == 1)
    }
}

@Suite struct `An instance that fails` {
    private let failure = CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 502, error: "a gateway answered")

    @Test func `five times in a row rests, each time for longer, and the list is spared`() async throws {
        let fixture = try await RunFixture(contacts: 8, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.retry = RetryPolicy(attempts: 4, first: .seconds(30), longest: .seconds(900))
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        var times: [Duration] = []
        for number in 1...8 {
            let call = try #require(await fixture.next(&calls))
            times.append(call.at)
            number < 7 ? call.reply(failure) : call.accept()
        }
        #expect(times == [0, 0, 0, 0, 0, 30, 90, 90].map { .seconds($0) })
        #expect(try await report.counts.inDoubt == 6)
    }

    @Test func `leaves its share to the others while it rests, and status knows since when and why`() async throws {
        let fixture = try await RunFixture(contacts: 12, instances: 2)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        var failures = 0
        for _ in 0..<12 {
            let call = try #require(await fixture.next(&calls))
            if call.instance == 0, failures < 5 {
                failures += 1
                call.reply(failure)
            } else {
                call.accept()
            }
        }
        #expect(try await report.end == .finished)
        #expect(failures == 5)
        let state = try #require(try fixture.reader().instances(campaign: "test", now: RunFixture.start).first)
        #expect(state.condition?.word == .quarantined && state.condition?.reason == "a gateway answered")
        #expect(state.condition?.since == RunFixture.start.advanced(by: .seconds(40)))
        #expect(state.condition?.until == RunFixture.start.advanced(by: .seconds(70)))
    }

    @Test func `to be reached after it was heard once is asked again and again, and no reason to end the run`()
        async throws
    {
        let fixture = try await RunFixture(
            contacts: 1,
            healths: [.disconnected("phone off"), .unreachable("no route"), .unreachable("no route"), .connected],
            answersInTurn: true)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        let call = try #require(await fixture.next(&calls))
        // After 5, 10 and 20 s more.
        #expect(call.at == .seconds(35))
        call.accept()
        #expect(try await report.end == .finished)
    }
}
