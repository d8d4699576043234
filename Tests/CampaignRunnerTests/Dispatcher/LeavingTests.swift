import CampaignCore
import CampaignRunner
import CampaignStore
import NIOConcurrencyHelpers
import Ongoing
import Testing

@Suite(.timeLimit(.minutes(5))) struct `A campaign that follows its lists` {
    @Test
    func `waits for contacts when everybody was called, calls those that come later, and ends when it is stopped`()
        async throws
    {
        try await DispatcherFixture.run { fixture in
            let provider = fixture.provider()
            let campaign = try await fixture.campaign("c", contacts: 1)
            let run = fixture.dial(campaign, provider, options: RunOptions(follows: true))
            for call in try await provider.next(1) { call.accept() }
            try await run.wait(for: "a wait for contacts") { run.progress?.waitsFor == .contacts }
            try await fixture.add(2, to: "c")
            fixture.control.noteContactsChanged()
            for call in try await provider.next(2) { call.accept() }
            try await run.wait(for: "another wait") { run.progress?.counts.accepted == 3 }
            #expect(!run.isOver)
            fixture.control.stop(.drain, campaign: "c")
            let report = try await run.report
            #expect(report.end == .drained && report.counts.accepted == 3)
        }
    }
}

@Suite(.timeLimit(.minutes(5))) struct `How a campaign leaves` {
    /// What brings it to its end, and whether it stays active then.
    enum Ending: CaseIterable {
        case finished, drained, drainedActive, halted, haltedActive, braked, refused, refusedForService, notNow

        var staysActive: Bool {
            switch self {
            case .drainedActive, .haltedActive, .refusedForService: true
            case .finished, .drained, .halted, .braked, .refused, .notNow: false
            }
        }
    }

    @Test(arguments: Ending.allCases)
    func `is written to the store, with the reason`(ending: Ending) async throws {
        try await DispatcherFixture.run { fixture in
            var campaign = try await fixture.campaign("c", contacts: 2)
            campaign.workers = 1
            campaign.brake = Brake(failuresPercent: 1, over: 1)
            let isRefused = ending == .refused || ending == .refusedForService
            let provider = fixture.provider(isRefused ? [.misconfigured("HTTP 403")] : [.connected])
            if ending == .notNow {
                campaign.window = CallingWindow(
                    timeZone: "UTC", days: [.sun], fromMinute: 540, toMinute: 600, holidays: [])
            }
            let run = fixture.dial(
                campaign, provider,
                options: RunOptions(waits: ending != .notNow, keepsTrying: ending == .refusedForService))
            switch ending {
            case .finished: for _ in 0..<2 { for call in try await provider.next(1) { call.accept() } }
            case .drained, .drainedActive:
                let calls = try await provider.next(1)
                fixture.control.stop(.drain, staysActive: ending == .drainedActive)
                for call in calls { call.accept() }
            case .halted, .haltedActive:
                _ = try await provider.next(1)
                fixture.control.stop(.halt, staysActive: ending == .haltedActive)
            case .braked:
                for call in try await provider.next(1) { call.reply(CallReply(verdict: .refused, error: "no")) }
            case .refused, .refusedForService, .notNow: break
            }
            let report = try await run.report
            #expect(report.staysActive == ending.staysActive)
            let departures = fixture.store.record.withLockedValue(\.departures)
            #expect(departures.map(\.staysActive) == [ending.staysActive])
            #expect(departures.map(\.reason) == [Phrase(verbatim: "\(report.end)")])
        }
    }
}

@Suite(.timeLimit(.minutes(5))) struct `The provider queue of a shared instance` {
    private static let lost = CallReply(verdict: .inDoubt(.noReply), error: "no reply")

    @Test func `is read once, and the doubts of all campaigns are resolved that are found there`() async throws {
        try await DispatcherFixture.run { fixture in
            let (first, second) = (fixture.provider(), fixture.provider())
            let queue = CountedQueue()
            let runs = [
                fixture.dial(try await fixture.campaign("one", contacts: 1), first, queue: queue),
                fixture.dial(try await fixture.campaign("two", contacts: 2), second, queue: queue),
            ]
            let calls = try await first.next(1) + second.next(2)
            queue.items.withLockedValue { $0 = calls.map { .call(to: $0.phone) } }
            // Held up until all of them are in doubt.
            for call in calls { call.reply(Self.lost) }
            for run in runs { #expect(try await run.report.end == .finished) }
            #expect(try fixture.counts("one").accepted == 1 && fixture.counts("two").accepted == 2)
            #expect(queue.mostAtOnce.withLockedValue(\.self) == 1)
        }
    }
}

/// A provider queue with calls that the test gives.
private final class CountedQueue: ProviderQueue {
    let items = NIOLockedValueBox<[ProviderQueueItem]>([])
    let mostAtOnce = NIOLockedValueBox(0)
    private let readings = NIOLockedValueBox(0)

    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem] {
        let count = readings.withLockedValue { count in
            count += 1
            return count
        }
        mostAtOnce.withLockedValue { $0 = max($0, count) }
        // Until something else has run: another reading could begin.
        await Task {}.value
        readings.withLockedValue { $0 -= 1 }
        return items.withLockedValue(\.self)
    }
}

extension ProviderQueueItem {
    fileprivate static func call(to phone: PhoneNumber) -> ProviderQueueItem {
        var item = ProviderQueueItem(zaapId: "Z\(phone.text)")
        item.kind = .call(seconds: 5)
        item.phone = phone
        item.createdAt = RunFixture.start
        return item
    }
}
