import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `An instance whose calls are refused because it is not connected` {
    private static let denial = CallReply(
        verdict: .disconnected, httpStatus: 400, error: "You are not connected.")

    @Test func `is checked until it is, and then every call under way is placed again`() async throws {
        let fixture = try await RunFixture(contacts: 3, pace: .open)
        fixture.campaign.workers = 3
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var underWay: [ScriptedProvider.Call] = []
        for _ in 0..<3 { underWay.append(try #require(await fixture.next(&calls))) }
        for call in underWay { call.reply(Self.denial) }
        var again: [ScriptedProvider.Call] = []
        for _ in 0..<3 { again.append(try #require(await fixture.next(&calls))) }
        // Three refusals together count as one: it is checked after the first wait.
        #expect(again.allSatisfy { $0.at == .seconds(5) })
        #expect(Set(again.map(\.phone)) == Set(underWay.map(\.phone)))
        for call in again { call.accept() }
        #expect(try await report.end == .finished)
        #expect(try fixture.counts().accepted == 3)
        try fixture.reader().forEachAttempt(campaign: "test") { attempt in
            #expect(attempt.outcome == (attempt.number == 1 ? .misconfigured : .accepted))
        }
    }

    @Test func `is no longer used when /status says that it is connected, and no contact loses an attempt`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        fixture.campaign.retry = RetryPolicy(attempts: 1)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        var times: [Duration] = []
        for _ in 0..<3 {
            let call = try #require(await fixture.next(&calls))
            times.append(call.at)
            call.reply(Self.denial)
        }
        #expect(times == [.zero, .seconds(5), .seconds(15)])
        guard case .misconfigured(let lines) = try await report.end else {
            Issue.record("the run did not end by the refusals")
            return
        }
        #expect(lines.joined().contains("You are not connected.; but /status says that it is connected"))
        #expect(try fixture.counts().ready == 2)
    }
}

@Suite struct `An instance that refuses one contact after another for no known reason` {
    private static let refusal = CallReply(
        verdict: .refused, httpStatus: 400, error: "Oops", subject: .unknown)

    @Test func `is no longer used after the third, and the others stay ready`() async throws {
        let fixture = try await RunFixture(contacts: 20, pace: .open)
        fixture.campaign.workers = 4
        let run = try fixture.run()
        let answering = Task { [provider = fixture.provider] in
            for await call in provider.calls { call.reply(Self.refusal) }
        }
        defer { answering.cancel() }
        guard case .misconfigured(let lines) = try await run.run().end else {
            Issue.record("the run did not end by the refusals")
            return
        }
        #expect(lines.joined().contains("i0: misconfigured: Oops (for several contacts in a row"))
        #expect(try fixture.counts().failed == 3 && fixture.counts().ready == 17)
    }

    @Test func `leaves the calls to an instance that places them`() async throws {
        let fixture = try await RunFixture(contacts: 20, instances: 2, pace: .open)
        fixture.campaign.workers = 4
        let run = try fixture.run()
        let answering = Task { [provider = fixture.provider] in
            for await call in provider.calls {
                if call.instance == 0 { call.reply(Self.refusal) } else { call.accept() }
            }
        }
        defer { answering.cancel() }
        #expect(try await run.run().end == .finished)
        #expect(try fixture.counts().failed == 3 && fixture.counts().accepted == 17)
    }

    @Test func `is tried by the next run with one contact at a time, until a call is accepted`() async throws {
        let fixture = try await RunFixture(contacts: 20, pace: .open)
        fixture.campaign.workers = 4
        let refusing = Task { [provider = fixture.provider] in
            for await call in provider.calls { call.reply(Self.refusal) }
        }
        _ = try await fixture.run().run()
        refusing.cancel()
        let next = try await Self.again(fixture)
        async let report = next.run.run()
        var calls = next.provider.calls.makeAsyncIterator()
        let first = try #require(await calls.next())
        #expect(try fixture.counts().dialing == 1)
        first.reply(CallReply(verdict: .refused, httpStatus: 400, error: "no such number"))
        let second = try #require(await calls.next())
        #expect(try fixture.counts().dialing == 1 && fixture.counts().failed == 4)
        let state = try #require(try fixture.reader().instances(campaign: "test", now: RunFixture.start).first)
        #expect(state.condition?.word == .misconfigured, "it is not known yet to place calls")
        second.accept()
        for _ in 0..<15 { try #require(await calls.next()).accept() }
        #expect(try await report.end == .finished)
        #expect(next.provider.maxUnderWay > 1)
        let end = try #require(try fixture.reader().instances(campaign: "test", now: RunFixture.start).first)
        #expect(end.condition?.word == .connected)
    }

    /// Another run of the same campaign, with its own provider.
    private static func again(_ fixture: RunFixture) async throws -> (run: FixtureRun, provider: ScriptedProvider) {
        let provider = ScriptedProvider(clock: fixture.clock, healths: [.connected], answersInTurn: false)
        return (try fixture.run(provider: provider, control: DispatcherControl()), provider)
    }
}
