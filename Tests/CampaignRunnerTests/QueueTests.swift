import CampaignCore
import CampaignRunner
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

@Suite struct `Z-API's queue and a run` {
    private let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `a call in doubt that Z-API's queue holds is settled by itself as accepted`() async throws {
        let stage = try await Stage(contacts: 2, pace: .open)
        stage.campaign.workers = 1
        let queue = ScriptedQueue()
        let run = try stage.run(queueLine: queue)
        async let report = run.run()
        var calls = stage.line.calls.makeAsyncIterator()
        let first = try #require(await stage.next(&calls))
        var item = QueuedCall(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = first.phone
        item.createdAt = Stage.start.advanced(by: .milliseconds(300))
        queue.items.withLockedValue { $0 = [item] }
        first.reply(lost)
        try #require(await stage.next(&calls)).accept()
        let end = try await report
        #expect(end.end == .finished)
        #expect(end.counts.accepted == 2 && end.counts.inDoubt == 0)
        #expect(try stage.counts() == end.counts)
        var ids: Set<String> = []
        try stage.reader().forEachAttempt(campaign: "test") { ids.insert($0.receipt?.zaapId ?? "none") }
        #expect(ids.contains("Z-found"))
    }

    @Test func `a doubt of an earlier run is looked for when the next one begins`() async throws {
        let stage = try await Stage(contacts: 1, pace: .open)
        let store = try stage.openStore()
        let first = try stage.run(store: store)
        async let halted = first.run()
        var calls = stage.line.calls.makeAsyncIterator()
        let call = try #require(await stage.next(&calls))
        await stage.control.stop(.halt)
        #expect(try await halted.end == .halted)
        try store.close()
        #expect(try stage.counts().inDoubt == 1)

        let queue = ScriptedQueue()
        var item = QueuedCall(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = call.phone
        item.createdAt = Stage.start
        queue.items.withLockedValue { $0 = [item] }
        let end = try await stage.run(control: RunControl(), queueLine: queue).run()
        #expect(end.end == .finished && end.counts.accepted == 1)
    }

    @Test func `what the queue of a disconnected instance holds is there for status`() async throws {
        let stage = try await Stage(
            contacts: 1, healths: [.disconnected("phone off"), .connected], answersInTurn: true)
        let queue = ScriptedQueue()
        queue.items.withLockedValue { $0 = [QueuedCall(zaapId: "Z1"), QueuedCall(zaapId: "Z2")] }
        let store = try stage.openStore()
        let run = try stage.run(store: store, queueLine: queue)
        async let report = run.run()
        var calls = stage.line.calls.makeAsyncIterator()
        // The clock stands still until then.
        try await stage.line.wait(for: "two queued items") {
            let condition = try stage.reader().instances(campaign: "test", now: Stage.start).first?.condition
            return condition?.word == .disconnected && condition?.queuedItems == 2
        }
        try #require(await stage.next(&calls)).accept()
        #expect(try await report.end == .finished)
        let condition = try stage.reader().instances(campaign: "test", now: Stage.start).first?.condition
        #expect(condition?.word == .connected && condition?.queuedItems == nil)
    }
}

/// A queue whose content the test gives.
final class ScriptedQueue: QueueLine {
    let items = NIOLockedValueBox<[QueuedCall]>([])

    func queued(of instance: Int) async throws(LineError) -> [QueuedCall] { items.withLockedValue { $0 } }
}
