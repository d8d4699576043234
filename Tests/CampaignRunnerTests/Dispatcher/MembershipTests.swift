import CampaignCore
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

@testable import CampaignRunner

@Suite(.timeLimit(.minutes(5))) struct `A campaign that joins while others are dialed` {
    private static let denied = CallReply(verdict: .misconfigured, httpStatus: 403, error: "null not allowed")

    @Test func `with another token than that of a campaign under way is not dialed, and nobody is harmed`() async throws
    {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            let run = fixture.dial(try await fixture.campaign("first", contacts: 1), first)
            let call = try #require(try await first.next(1).first)
            var other = try await fixture.campaign("other", contacts: 3, instances: ["I1", "I0"])
            other.instances[1].token = Secret("other")
            let report = try await fixture.dial(other, second).report
            #expect(report.end == .contradicts(["I0"]) && !report.staysActive)
            #expect(second.begun == 0 && second.healthChecks == 0)
            #expect(fixture.store.record.withLockedValue(\.begun.count) == 1)
            call.accept()
            #expect(try await run.report.counts.accepted == 1)
            // Now that nobody uses the old one, the new one counts.
            let replies = second.replying()
            defer { replies.cancel() }
            #expect(try await fixture.dial(other, second).report.counts.accepted == 3)
        }
    }

    @Test func `with another address for an instance is not dialed, even after the instance was refused`() async throws
    {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            // Its other instance does not answer its check, so that the campaign waits for it.
            first.hang(on: 1)
            var old = try await fixture.campaign("old", contacts: 3, instances: ["I0", "I1"])
            old.workers = 1
            let run = fixture.dial(old, first)
            for call in try await first.next(1) { call.reply(Self.denied) }
            try await run.wait(for: "a refused instance") { run.progress?.troubles.count == 1 }
            var other = try await fixture.campaign("other", contacts: 1)
            other.instances[0].baseURL = "http://127.0.0.1:1"
            #expect(try await fixture.dial(other, second).report.end == .contradicts(["I0"]))
            // Nobody of either campaign is called at the other's address.
            #expect(second.begun == 0 && second.healthChecks == 0)
            fixture.control.stop(.halt)
            _ = try await run.report
        }
    }

    @Test
    func `with a new token after the old one was refused brings it to all, and it stays when that campaign leaves`()
        async throws
    {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            // Its other instance does not answer its check, so that the campaign waits for it.
            first.hang(on: 1)
            var old = try await fixture.campaign("old", contacts: 3, instances: ["I0", "I1"])
            old.workers = 1
            let run = fixture.dial(old, first)
            for call in try await first.next(1) { call.reply(Self.denied) }
            try await run.wait(for: "a refused instance") { run.progress?.troubles.count == 1 }
            var new = try await fixture.campaign("new", contacts: 1)
            new.instances[0].token = Secret("new")
            // Its client is still in use when that campaign has left.
            second.noteRun()
            let other = fixture.dial(new, second)
            // The call of each goes through the client that has the new token.
            let calls = try await second.next(2)
            #expect(first.begun == 1)
            let own = try #require(calls.first { $0.phone.value % 100_000_000 == Self.phones(of: "new") })
            own.accept()
            #expect(try await other.report.end == .finished)
            for call in calls where call.phone != own.phone { call.accept() }
            for _ in 0..<2 { for call in try await second.next(1) { call.accept() } }
            let report = try await run.report
            #expect(report.end == .finished && report.counts.accepted == 3)
            #expect(first.begun == 1)
        }
    }

    /// The last digits of a campaign's first number.
    private static func phones(of campaign: String) -> Int64 {
        (5_511_900_000_000 + Int64(campaign.utf8.reduce(0) { $0 + Int($1) }) * 10_000) % 100_000_000
    }

    @Test func `has an instance checked at once that could not be reached, for all that use it`() async throws {
        try await DispatcherFixture.run { fixture in
            let first = fixture.provider([.unreachable("no route"), .connected], answersInTurn: true)
            let second = fixture.provider()
            let campaign = try await fixture.campaign("first", contacts: 1)
            let run = fixture.dial(campaign, first, options: RunOptions(keepsTrying: true))
            try await run.wait(for: "an instance in trouble") { run.progress?.troubles == ["I0: no route"] }
            let other = fixture.dial(try await fixture.campaign("other", contacts: 1), second)
            for call in try await first.next(1) + second.next(1) { call.accept() }
            #expect(try await run.report.end == .finished)
            #expect(try await other.report.end == .finished)
            #expect(fixture.clock.now.offset == .zero)
            #expect(first.healthChecks + second.healthChecks == 2)
        }
    }

    @Test func `does not end those that keep trying when no instance could be reached at first`() async throws {
        try await DispatcherFixture.run { fixture in
            let provider = fixture.provider([.unreachable("no route"), .connected], answersInTurn: true)
            let campaign = try await fixture.campaign("c", contacts: 1)
            let run = fixture.dial(campaign, provider, options: RunOptions(keepsTrying: true))
            try await run.wait(for: "an instance in trouble") { run.progress?.troubles == ["I0: no route"] }
            try await run.wait(for: "the next check") { fixture.clock.isWaited(until: .seconds(5)) }
            #expect(!run.isOver)
            await fixture.clock.advance(by: .seconds(5))
            for call in try await provider.next(1) { call.accept() }
            #expect(try await run.report.end == .finished)
        }
    }

    @Test func `uses a number again only when the campaign that had it has left`() async throws {
        try await DispatcherFixture.run { fixture in
            let names = (0..<6).map { "c\($0)" }
            var runs: [DialedRun] = []
            var replies: [Task<Void, Never>] = []
            defer { for task in replies { task.cancel() } }
            for (index, name) in names.enumerated() {
                let provider = fixture.provider()
                replies.append(provider.replying())
                let campaign = try await fixture.campaign(name, contacts: 3, instances: ["I\(index % 2)"])
                runs.append(fixture.dial(campaign, provider))
                if index == 2 { for run in runs { _ = try await run.report } }
            }
            for run in runs { #expect(try await run.report.end == .finished) }
            let record = fixture.store.record.withLockedValue(\.self)
            #expect(record.conflicts.isEmpty && record.begun.count == 6 && record.departures.count == 6)
            #expect(Set(record.begun.map(\.number)).count < 6, "numbers come back")
        }
    }

    @Test func `and cannot begin leaves its numbers to the next one`() async throws {
        try await DispatcherFixture.run { fixture in
            var unknown = try await fixture.campaign("known", contacts: 1, instances: ["I0"])
            unknown.name = "unknown"
            await #expect(throws: StoreError.self) {
                try await fixture.dial(unknown, fixture.provider()).report
            }
            let provider = fixture.provider()
            let replies = provider.replying()
            defer { replies.cancel() }
            let other = try await fixture.campaign("other", contacts: 1, instances: ["I1"])
            #expect(try await fixture.dial(other, provider).report.end == .finished)
        }
    }
}

/// Replies to what was sent with the old token of an instance come after the new one.
@Suite struct `A new token of an instance` {
    private static let wall = Timestamp(milliseconds: 1_800_000_000_000)

    private static func campaign(_ token: String) -> Campaign {
        var campaign = Campaign(name: token, instances: [Instance(name: "I", id: "I", token: Secret(token))])
        campaign.window = nil
        return campaign
    }

    private static func call(_ number: Int64) throws -> ClaimedCall {
        ClaimedCall(
            attempt: AttemptID(contact: number, number: 1),
            phone: try #require(PhoneNumber(value: 5_511_900_000_000 + number)), callDuration: nil, instance: 0,
            tries: (used: 0, throttlesInARow: 0))
    }

    private static let refusal = CallReply(verdict: .misconfigured, httpStatus: 403, error: "null not allowed")

    private static func end(_ call: ClaimedCall, _ state: inout DispatcherState, after elapsed: Duration) {
        let moment = state.moment(elapsed: elapsed, wall: wall.advanced(by: elapsed))
        let times = CallTimes(startedAt: wall, endedAt: moment.wall, latency: elapsed)
        _ = state.end(call, of: 0, CallOutcome(reply: refusal, times: times, random: 0.5), at: moment)
    }

    @Test func `is not blamed for a call or a check that went out with the old one`() throws {
        let old = Self.campaign("old")
        var state = DispatcherState.dialing(old, .unused(old, ready: 5), wall: Self.wall)
        func moment(_ elapsed: Duration, _ state: inout DispatcherState) -> RunMoment {
            state.moment(elapsed: elapsed, wall: Self.wall.advanced(by: elapsed))
        }
        let start = moment(.zero, &state)
        #expect(state.dueHealthChecks(of: [0], at: start) == [0])
        state.note(.connected, of: 0, at: start)
        let calls = try (1...2).map(Self.call)
        for call in calls { state.begin(call, of: 0, rivals: nil, at: start, random: 0.5) }
        // The next check is under way when the first call is refused.
        #expect(state.dueHealthChecks(of: [0], at: moment(.seconds(60), &state)) == [0])
        Self.end(calls[0], &state, after: .seconds(61))
        #expect(state.instances[0].isMisconfigured)
        let new = Self.campaign("new")
        let joins = moment(.seconds(62), &state)
        state.join(new, RunOptions(), as: 1, .unused(new, ready: 5), at: joins)
        state.note(.misconfigured("HTTP 403"), of: 0, at: moment(.seconds(63), &state))
        #expect(!state.instances[0].isMisconfigured)
        let again = moment(.seconds(63), &state)
        #expect(state.dueHealthChecks(of: [1], at: again) == [0], "asked anew, with the new one")
        state.note(.connected, of: 0, at: again)
        Self.end(calls[1], &state, after: .seconds(64))
        #expect(state.instances[0].isUsable)
    }
}
