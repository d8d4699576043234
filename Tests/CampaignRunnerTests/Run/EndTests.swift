import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `The end of a run` {
    @Test func `comes with the last reply, not a gap later`() async throws {
        let fixture = try await RunFixture(contacts: 1)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await calls.next()).accept()
        #expect(try await report.end == .finished)
        #expect(fixture.clock.now.offset == .zero)
    }

    @Test func `comes without a wait when nobody is left to call`() async throws {
        let fixture = try await RunFixture(contacts: 0)
        #expect(try await fixture.run().run().end == .finished)
    }

    @Test func `comes after the retries, each after its backoff`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.retry = RetryPolicy(attempts: 3, first: .seconds(30), longest: .seconds(900))
        fixture.campaign.inDoubt = .retry
        let run = try fixture.run(random: { 0.5 })
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let refusal = CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 500, error: "Internal error")
        var times: [Duration] = []
        for attempt in 1...3 {
            if attempt > 1 { try await fixture.moveToNextDeadline() }
            let call = try #require(await calls.next())
            times.append(call.at)
            call.reply(refusal)
        }
        #expect(times == [.zero, .seconds(15), .seconds(45)])
        let end = try await report
        #expect(end.end == .finished)
        #expect(end.counts.inDoubt == 1)
        #expect(try fixture.counts().inDoubt == 1)
    }

    @Test func `comes without the retry of a number that was blocked in the meantime`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.retry = RetryPolicy(attempts: 3, first: .seconds(30), longest: .seconds(900))
        let store = try fixture.openStore()
        let run = try fixture.run(store: store)
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let refused = try #require(await calls.next())
        let other = try #require(await calls.next())
        // Under way, so the contact cannot be excluded yet: it is when it comes due again.
        let totals = try await store.block(now: RunFixture.start) { try $0.add(refused.phone, reason: "asked") }
        #expect(totals.added == 1 && totals.excluded == 0)
        refused.reply(CallReply(verdict: .throttled(retryAfter: .seconds(20)), httpStatus: 429, error: "slow down"))
        other.accept()
        try await fixture.moveToNextDeadline()
        let end = try await report
        #expect(end.end == .finished)
        #expect(end.counts.excluded == 1 && end.counts.accepted == 1)
        #expect(try fixture.counts() == end.counts)
    }

    @Test func `comes by drain only when every call under way has ended`() async throws {
        let fixture = try await RunFixture(contacts: 5, pace: .open)
        fixture.campaign.workers = 2
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let first = try #require(await calls.next())
        let second = try #require(await calls.next())
        fixture.control.stop(.drain)
        first.accept()
        second.accept()
        let end = try await report
        #expect(end.end == .drained)
        #expect(end.counts.accepted == 2)
        #expect(end.counts.ready == 3)
        #expect(try fixture.counts() == end.counts)
    }

    @Test func `comes by halt without waiting, and calls under way are in doubt`() async throws {
        let fixture = try await RunFixture(contacts: 5, pace: .open)
        fixture.campaign.workers = 2
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        _ = await calls.next()
        _ = await calls.next()
        fixture.control.stop(.halt)
        #expect(try await report.end == .halted)
        #expect(try fixture.counts().inDoubt == 2)
        #expect(try fixture.counts().ready == 3)
    }

    @Test func `comes when every instance is misconfigured, and no contact loses an attempt`() async throws {
        let fixture = try await RunFixture(contacts: 2, instances: 2, pace: .open)
        let run = try fixture.run()
        async let report = run.run()
        // The contact that one instance could not call may be tried through the other before that is refused too.
        let replies = Task { [provider = fixture.provider] in
            for await call in provider.calls {
                call.reply(CallReply(verdict: .misconfigured, httpStatus: 403, error: "null not allowed"))
            }
        }
        defer { replies.cancel() }
        guard case .misconfigured(let lines) = try await report.end else {
            Issue.record("the run did not end as misconfigured")
            return
        }
        #expect(lines.count == 2)
        #expect(try fixture.counts().ready == 2)
    }

    @Test(arguments: [
        (InstanceHealth.misconfigured("HTTP 403"), true), (.unreachable("connection refused"), false),
    ])
    func `comes before the first call when no instance can be used`(
        health: InstanceHealth, isMisconfigured: Bool
    ) async throws {
        let fixture = try await RunFixture(contacts: 2, instances: 2, healths: [health, health])
        switch try await fixture.run().run().end {
        case .misconfigured(let lines): #expect(isMisconfigured && lines.count == 2)
        case .unreachable(let lines): #expect(!isMisconfigured && lines.count == 2)
        default: Issue.record("the run did not end for want of an instance")
        }
        #expect(try fixture.counts().ready == 2)
    }

    @Test func `comes by the brake, with the reason`() async throws {
        let fixture = try await RunFixture(contacts: 10, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.brake = Brake(failuresPercent: 50, over: 4)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        for number in 1...4 {
            let call = try #require(await calls.next())
            if number.isMultiple(of: 2) {
                call.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no"))
            } else {
                call.accept()
            }
        }
        guard case .braked(let brake) = try await report.end else {
            Issue.record("the run did not end by the brake")
            return
        }
        #expect(brake.failures == 2 && brake.over == 4 && !brake.isCanary)
        #expect(brake.errors == [ErrorCount(error: "no", attempts: 2)])
        #expect(try fixture.counts().ready == 6)
    }
}
