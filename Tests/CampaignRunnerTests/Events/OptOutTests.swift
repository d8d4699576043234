import CampaignCore
import CampaignStore
import Testing

@testable import CampaignRunner

/// People who ask for no more calls while theirs is claimed and not yet sent.
@Suite(.timeLimit(.minutes(10))) struct `An opt-out while a call is about to leave` {
    @Test func `holds the call back from the moment it was noted, and nobody else's`() async throws {
        let fixture = try await RunFixture(contacts: 3, pace: .open)
        let store = try fixture.openStore()
        let run = try fixture.run(store: store)
        async let report = run.run()
        let calls = try await fixture.begun(3)
        #expect(calls.allSatisfy { $0.refusal() == nil })
        let person = calls[1].phone
        _ = try await store.block(now: RunFixture.start) { try $0.add(person, reason: "reply") }
        // Whatever the loop is doing: no turn of it is waited for.
        fixture.control.note(.mustNotBeCalled(identity: person.identity), instance: "I0")
        #expect(calls.map { $0.refusal() } == [nil, .blocked, nil])
        for call in calls { call.depart() }
        let end = try await report
        #expect(end.end == .finished)
        #expect(end.counts.accepted == 2 && end.counts.excluded == 1 && end.counts.total == 3)
        #expect(try fixture.counts() == end.counts)
        var outcomes: [AttemptOutcome?] = []
        try fixture.reader().forEachAttempt(campaign: "test") { outcomes.append($0.outcome) }
        #expect(outcomes.count { $0 == .notSent } == 1 && outcomes.count { $0 == .accepted } == 2)
        try store.close()
    }

    @Test func `does not count for the instance's limits, and the contact loses no attempt`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        fixture.campaign.instances[0].dailyCap = 1
        let store = try fixture.openStore()
        let run = try fixture.run(store: store)
        async let report = run.run()
        let call = try #require(try await fixture.begun(1).first)
        // Released again at once: nothing in the store keeps the person from being called.
        fixture.control.noteBlocked([call.phone.identity])
        call.depart()
        let again = try #require(try await fixture.begun(1).first)
        #expect(again.phone == call.phone)
        again.depart()
        #expect(try await report.counts.accepted == 1)
        let uses = try fixture.reader().instances(campaign: "test", now: fixture.wall).flatMap(\.uses)
        #expect(uses.reduce(0) { $0 + $1.calls } == 1)
        try store.close()
    }

    @Test func `is forgotten once no claim from before can be sent any more, and not earlier`() {
        let blocks = RecentBlocks()
        let mark = blocks.mark
        func isKept(_ identity: Int64) -> Bool { blocks.contains(identity, since: mark) }
        blocks.insert([7])
        blocks.drop(at: .seconds(100))
        blocks.insert([8])
        blocks.drop(at: .seconds(101) + SendGuard.longestWait)
        #expect(isKept(7) && isKept(8) && !isKept(9))
        #expect(!blocks.contains(8, since: blocks.mark), "a later claim knows the list")
        blocks.drop(at: .seconds(100) + RecentBlocks.kept)
        #expect(!isKept(7) && isKept(8))
        // Asked again, and kept for as long again.
        blocks.insert([8])
        blocks.drop(at: .seconds(102) + RecentBlocks.kept)
        blocks.drop(at: .seconds(110) + RecentBlocks.kept + SendGuard.longestWait)
        #expect(isKept(8))
        blocks.drop(at: .seconds(1000))
        #expect(blocks.count == 0)
    }

    @Test func `after the end of the dispatcher does no harm`() async throws {
        let fixture = try await RunFixture(contacts: 0)
        _ = try await fixture.run().run()
        fixture.control.note(.mustNotBeCalled(identity: 7), instance: "I0")
        fixture.control.note(.disconnected(reason: nil), instance: "I0")
    }
}
