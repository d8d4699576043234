import CampaignCore
import CampaignRunner
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

@Suite struct `The provider queue during a run` {
    private let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `a call in doubt that is found in Z-API's queue is resolved automatically as accepted`() async throws {
        let fixture = try await RunFixture(contacts: 2, pace: .open)
        fixture.campaign.workers = 1
        let queue = ScriptedQueue()
        let run = try fixture.run(providerQueue: queue)
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
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

    @Test func `a call that an earlier run left in doubt is looked for when the next one begins`() async throws {
        let fixture = try await RunFixture(contacts: 1, pace: .open)
        let store = try fixture.openStore()
        let first = try fixture.run(store: store)
        async let halted = first.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        let call = try #require(await fixture.next(&calls))
        fixture.control.stop(.halt)
        #expect(try await halted.end == .halted)
        try store.close()
        #expect(try fixture.counts().inDoubt == 1)

        let queue = ScriptedQueue()
        var item = ProviderQueueItem(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = call.phone
        item.createdAt = RunFixture.start
        queue.items.withLockedValue { $0 = [item] }
        let end = try await fixture.run(control: DispatcherControl(), providerQueue: queue).run()
        #expect(end.end == .finished && end.counts.accepted == 1)
    }

    @Test func `the size of a disconnected instance's queue is there for status`() async throws {
        let fixture = try await RunFixture(
            contacts: 1, healths: [.disconnected("phone off"), .connected], answersInTurn: true)
        let queue = ScriptedQueue()
        queue.items.withLockedValue { $0 = [ProviderQueueItem(zaapId: "Z1"), ProviderQueueItem(zaapId: "Z2")] }
        let store = try fixture.openStore()
        let run = try fixture.run(store: store, providerQueue: queue)
        async let report = run.run()
        var calls = fixture.provider.calls.makeAsyncIterator()
        // The clock stands still until then.
        try await fixture.provider.wait(for: "two queued items") {
            let condition = try fixture.reader().instances(campaign: "test", now: RunFixture.start).first?.condition
            return condition?.word == .disconnected && condition?.queuedItems == 2
        }
        try #require(await fixture.next(&calls)).accept()
        #expect(try await report.end == .finished)
        let condition = try fixture.reader().instances(campaign: "test", now: RunFixture.start).first?.condition
        #expect(condition?.word == .connected && condition?.queuedItems == nil)
    }
}

@Suite(.timeLimit(.minutes(10))) struct `A provider queue that is never read to its end` {
    private let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `is given up in time, and the run ends; the queues of other instances are read`() async throws {
        let fixture = try await RunFixture(contacts: 2, instances: 2)
        fixture.provider.hang(on: 0)
        let queue = HangingQueue(hangs: [0])
        let run = try fixture.run(providerQueue: queue)
        async let report = run.run()
        let first = try await fixture.begun(1)
        fixture.provider.answer(0)
        for call in first + (try await fixture.begun(1)) {
            if call.instance == 1 { queue.found.withLockedValue { $0 = .call(to: call.phone) } }
            call.reply(lost)
        }
        // The other queue was read to its end: what is waited for now is this one. Moved earlier, the clock would run ahead
        // of a reading that has not begun.
        try await fixture.provider.wait(for: "an accepted call") { try fixture.counts().accepted > 0 }
        try await fixture.provider.wait(for: "the deadline of the reading") {
            fixture.clock.isWaited(until: .seconds(15))
        }
        await fixture.clock.advance(by: .seconds(15))
        #expect(try await report.end == .finished)
        #expect(fixture.clock.now.offset == .seconds(15))
        let viaOther = try #require(queue.found.withLockedValue(\.self)?.phone)
        try fixture.reader().forEachContact(campaign: "test") { contact in
            #expect(contact.state == (contact.phone == viaOther ? .accepted : .inDoubt))
        }
    }

    @Test(arguments: [StopMode.drain, .halt])
    func `does not delay a stop`(order: StopMode) async throws {
        let fixture = try await RunFixture(contacts: 3, pace: .open)
        fixture.campaign.workers = 1
        let queue = HangingQueue(hangs: [0])
        let run = try fixture.run(providerQueue: queue)
        async let report = run.run()
        for call in try await fixture.begun(1) { call.reply(lost) }
        let second = try #require(try await fixture.begun(1).first)
        try await fixture.provider.wait(for: "a reading of the queue") { queue.isBeingRead.withLockedValue(\.self) }
        fixture.control.stop(order)
        if order == .drain { second.accept() }
        let end = try await report
        #expect(end.end == (order == .drain ? .drained : .halted))
        #expect(end.counts.ready == 1)
        #expect(fixture.clock.now.offset == .zero)
    }
}

/// Provider queues, some of which are never read to their end.
private final class HangingQueue: ProviderQueue {
    let hangs: Set<Int>
    let isBeingRead = NIOLockedValueBox(false)
    let found = NIOLockedValueBox<ProviderQueueItem?>(nil)

    init(hangs: Set<Int>) { self.hangs = hangs }

    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] {
        isBeingRead.withLockedValue { $0 = true }
        guard hangs.contains(instance) else { return [found.withLockedValue(\.self)].compactMap(\.self) }
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw .unreachable("given up")
    }
}

extension ProviderQueueItem {
    /// A call to `phone` that was taken when the fixture's clock started.
    fileprivate static func call(to phone: PhoneNumber) -> ProviderQueueItem {
        var item = ProviderQueueItem(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = phone
        item.createdAt = RunFixture.start
        return item
    }
}

/// A provider queue whose items the test gives.
private final class ScriptedQueue: ProviderQueue {
    let items = NIOLockedValueBox<[ProviderQueueItem]>([])

    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] { items.withLockedValue { $0 } }
}
