import CampaignCore
import CampaignRunner
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

/// Servers that take a question and never answer it.
@Suite(.timeLimit(.minutes(10))) struct `An instance that does not answer` {
    private let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `does not keep the others from dialing, and joins them when it answers`() async throws {
        let fixture = try await RunFixture(contacts: 3, instances: 2, healths: [.connected, .connected])
        fixture.line.hang(on: 0)
        let run = try fixture.run()
        async let report = run.run()
        let first = try #require(try await fixture.begun(1).first)
        #expect(first.instance == 1 && first.at == .zero)
        fixture.line.answer(0)
        let second = try #require(try await fixture.begun(1).first)
        #expect(second.instance == 0 && second.at == .zero)
        first.accept()
        second.accept()
        let mover = fixture.moveOn()
        defer { mover.cancel() }
        let third = try #require(try await fixture.begun(1).first)
        #expect(third.at >= .seconds(10))
        third.accept()
        #expect(try await report.end == .finished)
    }

    @Test func `is left out, and the run ends when the others have called everybody`() async throws {
        let fixture = try await RunFixture(contacts: 2, instances: 2, pace: .open)
        fixture.line.hang(on: 0)
        let run = try fixture.run()
        async let report = run.run()
        for call in try await fixture.begun(2) {
            #expect(call.instance == 1)
            call.accept()
        }
        #expect(try await report.end == .finished)
    }

    @Test func `counts as unreachable when its time is up, and the run is hopeless only when all are`() async throws {
        let fixture = try await RunFixture(contacts: 1, instances: 2, healths: [.unreachable("no route"), .connected])
        fixture.line.hang(on: 1)
        let run = try fixture.run()
        async let report = run.run()
        try await fixture.line.wait(for: "a question to each instance") { fixture.line.healthQuestions == 2 }
        let mover = fixture.moveOn()
        defer { mover.cancel() }
        guard case .unreachable(let lines) = try await report.end else {
            Issue.record("the run did not end as unreachable")
            return
        }
        #expect(lines == ["i0: no route", "i1: no answer within 15 s"])
    }

    @Test(arguments: [StopOrder.drain, .halt])
    func `does not hold a stop up`(order: StopOrder) async throws {
        let fixture = try await RunFixture(contacts: 5, instances: 2)
        for instance in 0..<2 { fixture.line.hang(on: instance) }
        let run = try fixture.run()
        async let report = run.run()
        try await fixture.line.wait(for: "a question to each instance") { fixture.line.healthQuestions == 2 }
        await fixture.control.stop(order)
        #expect(try await report.end == (order == .drain ? .drained : .halted))
        #expect(try fixture.counts().ready == 5)
    }

    @Test func `does not end the day of the others before it has answered`() async throws {
        let fixture = try await RunFixture(contacts: 3, instances: 2, pace: .open)
        fixture.campaign.instances[1].dailyCap = 1
        fixture.line.hang(on: 0)
        let run = try fixture.run(options: RunOptions(waits: false))
        async let report = run.run()
        for call in try await fixture.begun(1) { call.accept() }
        fixture.line.answer(0)
        for call in try await fixture.begun(2) {
            #expect(call.instance == 0)
            call.accept()
        }
        #expect(try await report.end == .finished)
    }
}

@Suite(.timeLimit(.minutes(10))) struct `A queue that is never read to its end` {
    private let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `ends with its time, and the run with it; the queues of others are read`() async throws {
        let fixture = try await RunFixture(contacts: 2, instances: 2)
        fixture.line.hang(on: 0)
        let queue = HangingQueue(hangs: [0])
        let run = try fixture.run(queueLine: queue)
        async let report = run.run()
        let first = try await fixture.begun(1)
        fixture.line.answer(0)
        for call in first + (try await fixture.begun(1)) {
            if call.instance == 1 { queue.found.withLockedValue { $0 = .call(to: call.phone) } }
            call.reply(lost)
        }
        // The other queue was read to its end: whoever waits now waits for this one. Moved on before, the clock would run
        // ahead of a reading that has not begun.
        try await fixture.line.wait(for: "an accepted call") { try fixture.counts().accepted > 0 }
        try await fixture.line.wait(for: "the deadline of the reading") { fixture.clock.isWaited(until: .seconds(15)) }
        await fixture.clock.advance(by: .seconds(15))
        #expect(try await report.end == .finished)
        #expect(fixture.clock.now.offset == .seconds(15))
        let viaOther = try #require(queue.found.withLockedValue(\.self)?.phone)
        try fixture.reader().forEachContact(campaign: "test") { contact in
            #expect(contact.state == (contact.phone == viaOther ? .accepted : .inDoubt))
        }
    }

    @Test(arguments: [StopOrder.drain, .halt])
    func `does not hold a stop up`(order: StopOrder) async throws {
        let fixture = try await RunFixture(contacts: 3, pace: .open)
        fixture.campaign.workers = 1
        let queue = HangingQueue(hangs: [0])
        let run = try fixture.run(queueLine: queue)
        async let report = run.run()
        for call in try await fixture.begun(1) { call.reply(lost) }
        let second = try #require(try await fixture.begun(1).first)
        try await fixture.line.wait(for: "a look at the queue") { queue.isAsked.withLockedValue(\.self) }
        await fixture.control.stop(order)
        if order == .drain { second.accept() }
        let end = try await report
        #expect(end.end == (order == .drain ? .drained : .halted))
        #expect(end.counts.ready == 1)
        #expect(fixture.clock.now.offset == .zero)
    }
}

/// Queues, of which some are never read to their end.
private final class HangingQueue: ProviderQueue {
    let hangs: Set<Int>
    let isAsked = NIOLockedValueBox(false)
    let found = NIOLockedValueBox<ProviderQueueItem?>(nil)

    init(hangs: Set<Int>) { self.hangs = hangs }

    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] {
        isAsked.withLockedValue { $0 = true }
        guard hangs.contains(instance) else { return [found.withLockedValue(\.self)].compactMap(\.self) }
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw .unreachable("given up")
    }
}

extension ProviderQueueItem {
    /// The call that the fixture's start has placed to `phone`.
    fileprivate static func call(to phone: PhoneNumber) -> ProviderQueueItem {
        var item = ProviderQueueItem(zaapId: "Z-found")
        item.kind = .call(seconds: 5)
        item.phone = phone
        item.createdAt = RunFixture.start
        return item
    }
}

extension RunFixture {
    /// Moves the clock on to whatever anybody waits for in its first minute.
    fileprivate func moveOn() -> Task<Void, Never> {
        Task { [clock] in
            var patience = Patience()
            while !Task.isCancelled {
                _ = clock.advance(toDeadlineBy: .seconds(60))
                await patience.pause()
            }
        }
    }
}
