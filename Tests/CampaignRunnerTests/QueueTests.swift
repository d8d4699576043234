import CampaignCore
import CampaignRunner
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

@Suite struct `Z-API's queue and a run` {
    private let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `a call in doubt that Z-API's queue holds is resolved by itself as accepted`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        let queue = ScriptedQueue()
        let run = try fixture.run(queueLine: queue)
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        let first = try #require(await fixture.next(&calls))
        var item = ProviderQueueItem(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = first.phone
        item.createdAt = RunFixture.start.advanced(by: .milliseconds(300))
        queue.items.withLockedValue { $0 = [item] }
        first.reply(lost)
        try #require(await fixture.next(&calls)).accept()
        let end = try await report
        #expect(end.end == .finished)
        #expect(end.counts.accepted == 2 && end.counts.inDoubt == 0)
        #expect(try fixture.counts() == end.counts)
        var ids: Set<String> = []
        try fixture.reader().forEachAttempt(campaign: "test") { ids.insert($0.receipt?.zaapId ?? "none") }
        #expect(ids.contains("Z-found"))
    }

    @Test func `a doubt of an earlier run is looked for when the next one begins`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let store = try fixture.openStore()
        let first = try fixture.run(store: store)
        async let halted = first.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        let call = try #require(await fixture.next(&calls))
        await fixture.control.stop(.halt)
        #expect(try await halted.end == .halted)
        try store.close()
        #expect(try fixture.counts().inDoubt == 1)

        let queue = ScriptedQueue()
        var item = ProviderQueueItem(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = call.phone
        item.createdAt = RunFixture.start
        queue.items.withLockedValue { $0 = [item] }
        let end = try await fixture.run(control: RunControl(), queueLine: queue).run()
        #expect(end.end == .finished && end.counts.accepted == 1)
    }

    @Test func `what the queue of a disconnected instance holds is there for status`() async throws {
        let fixture = try await RunFixture(
            contacts: 1, healths: [.disconnected("phone off"), .connected], answersInTurn: true)
        let queue = ScriptedQueue()
        queue.items.withLockedValue { $0 = [ProviderQueueItem(zaapId: "Z1"), ProviderQueueItem(zaapId: "Z2")] }
        let store = try fixture.openStore()
        let run = try fixture.run(store: store, queueLine: queue)
        async let report = run.run()
        var calls = fixture.line.calls.makeAsyncIterator()
        // The clock stands still until then.
        try await fixture.line.wait(for: "two queued items") {
            let condition = try fixture.reader().instances(campaign: "test", now: RunFixture.start).first?.condition
            return condition?.word == .disconnected && condition?.queuedItems == 2
        }
        try #require(await fixture.next(&calls)).accept()
        #expect(try await report.end == .finished)
        let condition = try fixture.reader().instances(campaign: "test", now: RunFixture.start).first?.condition
        #expect(condition?.word == .connected && condition?.queuedItems == nil)
    }
}

/// A queue whose content the test gives.
final class ScriptedQueue: ProviderQueue {
    let items = NIOLockedValueBox<[ProviderQueueItem]>([])

    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] { items.withLockedValue { $0 } }
}
