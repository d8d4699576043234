import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `Instances in a run` {
    @Test func `a disconnected instance is not used until it is connected again`() async throws {
        let fixture = try await RunFixture(
            contacts: 2, instances: 2, healths: [.disconnected("phone off"), .connected])
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await calls.next())
        #expect(first.instance == 1)
        first.accept()
        // It is checked again after 5 s, and still disconnected: the other one continues at its pace.
        await fixture.clock.advance(by: .seconds(10))
        let second = try #require(await calls.next())
        #expect(second.instance == 1)
        #expect(second.at == .seconds(10))
        second.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `a throttled one waits as long as Z-API says, and the contact loses no attempt`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.retry = RetryPolicy(attempts: 1)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let throttled = CallReply(verdict: .throttled(retryAfter: .seconds(40)), httpStatus: 429, error: "slow")
        for beginning in [0, 40, 80] {
            if beginning > 0 { try await fixture.moveToNextDeadline() }
            let call = try #require(await calls.next())
            #expect(call.at == .seconds(beginning))
            beginning < 80 ? call.reply(throttled) : call.accept()
        }
        let end = try await report
        #expect(end.counts.accepted == 1)
    }

    @Test func `an unreachable one waits, is checked again and continues, and the contact loses no attempt`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.retry = RetryPolicy(attempts: 1, first: .seconds(30), longest: .seconds(60))
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await calls.next()).reply(CallReply(verdict: .notSent, error: "connection refused"))
        try await fixture.moveToNextDeadline()
        let second = try #require(await calls.next())
        #expect(second.at == .seconds(15))
        second.accept()
        #expect(try await report.counts.accepted == 1)
    }
}

@Suite struct `An instance that fails` {
    private let failure = CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 502, error: "a gateway answered")

    @Test func `five times in a row is quarantined, each time for longer, and the list is spared`() async throws {
        let fixture = try await RunFixture(contacts: 8, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.retry = RetryPolicy(attempts: 4, first: .seconds(30), longest: .seconds(900))
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var times: [Duration] = []
        for number in 1...8 {
            let call = try #require(await fixture.next(&calls))
            times.append(call.at)
            number < 7 ? call.reply(failure) : call.accept()
        }
        #expect(times == [0, 0, 0, 0, 0, 30, 90, 90].map { .seconds($0) })
        #expect(try await report.counts.inDoubt == 6)
    }

    @Test func `leaves its share to the others while it is quarantined, and status knows since when and why`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 12, instances: 2)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
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

    @Test func `to be reached, and was reached before, is checked again and again and does not end the run`()
        async throws
    {
        let fixture = try await RunFixture(
            contacts: 1,
            healths: [.disconnected("phone off"), .unreachable("no route"), .unreachable("no route"), .connected],
            answersInTurn: true)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let call = try #require(await fixture.next(&calls))
        // After 5, 10 and 20 s more.
        #expect(call.at == .seconds(35))
        call.accept()
        #expect(try await report.end == .finished)
    }
}
