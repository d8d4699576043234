import CampaignCore
import CampaignRunner
import CampaignStore
import Testing

@Suite struct `A run that Z-API asked to wait` {
    private static let asked = CallReply(
        verdict: .throttled(retryAfter: .seconds(1800)), httpStatus: 429, error: "slow")

    @Test func `that may not wait ends and says until when, and so does the next one`() async throws {
        let fixture = try await RunFixture(contacts: 2)
        let until = RunFixture.start.advanced(by: .seconds(1800))
        let replies = Task { [provider = fixture.provider] in
            for await call in provider.calls { call.reply(Self.asked) }
        }
        for isEarlier in [false, true] {
            let end = try await fixture.run(control: DispatcherControl(), options: RunOptions(waits: false)).run().end
            #expect(end == .notNow(.asked(until: until, isEarlier: isEarlier)))
        }
        replies.cancel()
        #expect(try fixture.counts().ready == 2)
        #expect(fixture.provider.begun == 1)
        let condition = try #require(
            try fixture.reader().instances(campaign: "test", now: fixture.wall).first?.condition)
        #expect(condition.word == .connected && condition.until == until)
        #expect(condition.reason == "on hold since an earlier run")
    }

    @Test func `says so, and not that the window is closed, when each contact has its own local time`()
        async throws
    {
        let fixture = try await RunFixture(contacts: 1, instances: 2, healths: [.connected, .connected])
        fixture.campaign.window = CallingWindow(
            zone: .contact, days: Set(CallingWindow.Day.allCases), fromMinute: 0, toMinute: 1440, holidays: [])
        let replies = Task { [provider = fixture.provider] in
            for await call in provider.calls { call.reply(Self.asked) }
        }
        defer { replies.cancel() }
        // The other instance is free: it is the contact that has to wait.
        let end = try await fixture.run(options: RunOptions(waits: false)).run().end
        #expect(end == .notNow(.asked(until: RunFixture.start.advanced(by: .seconds(1800)), isEarlier: false)))
    }

    @Test func `continues when the time is up`() async throws {
        let fixture = try await RunFixture(contacts: 1)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        try #require(await fixture.next(&calls)).reply(Self.asked)
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == .seconds(1800))
        second.accept()
        #expect(try await report.end == .finished)
        let condition = try fixture.reader().instances(campaign: "test", now: fixture.wall).first?.condition
        #expect(condition?.reason == nil && condition?.until == nil)
    }
}

@Suite struct `A run that may not wait` {
    /// What one instance answers to one check after another, how its call ends, and how the run ends.
    struct Absence: CustomTestStringConvertible {
        var healths: [InstanceHealth]
        var reply: CallReply?
        var end: RunEnd
        var testDescription: String { "\(healths) \(end)" }
    }

    private static let refused = CallReply(verdict: .notSent, error: "connection refused")
    private static let denied = CallReply(verdict: .disconnected, httpStatus: 400, error: "You are not connected.")

    @Test(arguments: [
        Absence(healths: [.disconnected("phone off")], end: .away(["i0: disconnected: phone off"])),
        Absence(
            healths: [.connected, .disconnected("phone off")], reply: denied,
            end: .away(["i0: disconnected: You are not connected."])),
        Absence(healths: [.unreachable("no route")], end: .unreachable(["i0: no route"])),
        Absence(healths: [.connected, .unreachable("no route")], reply: refused, end: .unreachable(["i0: no route"])),
        // One failed connection does not count as unreachable.
        Absence(healths: [.connected, .connected], reply: refused, end: .finished),
    ])
    func `ends when no instance can be used, and says why`(absence: Absence) async throws {
        let fixture = try await RunFixture(contacts: 1, healths: absence.healths, answersInTurn: true, pace: .open)
        let run = try fixture.run(options: RunOptions(waits: false))
        async let report = run.run()
        if let reply = absence.reply {
            var calls = fixture.provider.calls.makeAsyncIterator()
            try #require(await calls.next()).reply(reply)
            if reply == Self.refused { try await fixture.moveToNextDeadline() }
            if absence.end == .finished { try #require(await calls.next()).accept() }
        }
        #expect(try await report.end == absence.end)
        #expect(try fixture.counts().total == 1)
    }

    @Test func `ends when its last instance is quarantined`() async throws {
        let fixture = try await RunFixture(contacts: 8, pace: .open)
        fixture.campaign.workers = 1
        let replies = Task { [provider = fixture.provider] in
            for await call in provider.calls { call.reply(CallReply(verdict: .inDoubt(.gatewayError), error: "bad")) }
        }
        defer { replies.cancel() }
        let end = try await fixture.run(options: RunOptions(waits: false)).run().end
        #expect(end == .away(["i0: quarantined after 5 failures in a row: bad"]))
        #expect(try fixture.counts().ready == 3)
    }

    @Test func `continues while one instance can be used`() async throws {
        let fixture = try await RunFixture(
            contacts: 2, instances: 2, healths: [.disconnected("phone off"), .connected], pace: .open)
        let replies = Task { [provider = fixture.provider] in for await call in provider.calls { call.accept() } }
        defer { replies.cancel() }
        #expect(try await fixture.run(options: RunOptions(waits: false)).run().end == .finished)
    }
}

@Suite struct `A retry while the clock is set` {
    @Test(arguments: [-86_400, -3600, 3600, 86_400])
    func `comes after its wait, no sooner and no later`(step: Int) async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let run = try fixture.run()
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let asked = CallReply(verdict: .throttled(retryAfter: .seconds(2)), httpStatus: 429, error: "slow")
        let first = try #require(await fixture.next(&calls))
        fixture.clock.setWall(by: .seconds(step))
        first.reply(asked)
        let second = try #require(await fixture.next(&calls))
        #expect(second.at == .seconds(2))
        second.reply(asked)
        // Set back while it waits.
        fixture.clock.setWall(by: .seconds(-step))
        let third = try #require(await fixture.next(&calls))
        #expect(third.at == .seconds(4))
        third.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `is not waited for in the next run for longer than any retry takes`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let asked = CallReply(verdict: .throttled(retryAfter: .seconds(2)), httpStatus: 429, error: "slow")
        var calls = fixture.provider.calls.makeAsyncIterator()
        // The due time is written down by a clock that is a day ahead, of which the next run knows nothing.
        fixture.clock.setWall(by: .seconds(86_400))
        do {
            let run = try fixture.run()
            async let first = run.run()
            let call = try #require(await fixture.next(&calls))
            fixture.control.stop(.drain)
            call.reply(asked)
            #expect(try await first.end == .drained)
        }
        fixture.clock.setWall(by: .seconds(-86_400))
        let run = try fixture.run(control: DispatcherControl())
        async let second = run.run()
        let call = try #require(await fixture.next(&calls))
        #expect((.seconds(2) ... .seconds(3601)) ~= call.at)
        call.accept()
        #expect(try await second.end == .finished)
    }
}
