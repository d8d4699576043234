import CampaignCore
import NIOConcurrencyHelpers

/// Messages on their way to one address: kept in memory, posted one after another, and again where that may help.
///
/// Whoever has a message only leaves it here, and never waits. What there is no room for, and what could not be
/// delivered, is counted and told.
package final class Outbox<WaitClock: Clock>: Sendable where WaitClock.Duration == Duration {
    private let poster: EventPoster
    private let clock: WaitClock
    private let start: WaitClock.Instant
    private let random: @Sendable () -> Double
    private let tell: @Sendable (OutboxNotice) -> Void
    private let state: NIOLockedValueBox<OutboxState>
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// An outbox that posts nothing until it runs.
    ///
    /// - Parameters:
    ///   - random: a number in 0..<1, for the waits between tries.
    ///   - tell: what a person should know, for a log. It must return at once.
    package init(
        _ poster: EventPoster, limits: OutboxLimits = OutboxLimits(), clock: WaitClock,
        random: @escaping @Sendable () -> Double, tell: @escaping @Sendable (OutboxNotice) -> Void
    ) {
        self.poster = poster
        self.clock = clock
        start = clock.now
        self.random = random
        self.tell = tell
        state = NIOLockedValueBox(OutboxState(limits))
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What became of the messages so far.
    package var counts: OutboxCounts {
        state.withLockedValue { state in
            var counts = state.counts
            counts.waiting = state.unfinished
            return counts
        }
    }

    /// Takes a message in; returns at once.
    package func send(_ message: OutgoingMessage) {
        if let notice = state.withLockedValue({ $0.add(message, at: elapsed) }) { tell(notice) }
        signal.yield()
    }

    /// Takes no more messages. ``run()`` returns once each of those that wait has been posted once more, or after
    /// ``OutboxLimits/flush``.
    package func end() {
        state.withLockedValue { $0.end() }
        signal.yield()
    }

    /// Posts messages until ``end()``; call it once. Cancelling its task ends it at once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            var signals = signals.makeAsyncIterator()
            var alarm: Duration?
            var isFlushing = false
            while true {
                if !isFlushing, state.withLockedValue(\.isEnding) {
                    isFlushing = true
                    group.addTask { await self.closeAfterFlush() }
                }
                let now = elapsed
                let step = state.withLockedValue { $0.next(at: now) }
                switch step {
                case .post(let entry):
                    group.addTask { await self.post(entry) }
                    continue
                case .done:
                    group.cancelAll()
                    return
                case .wait(let due):
                    if let due, alarm.map({ $0 <= now || due < $0 }) ?? true {
                        alarm = due
                        group.addTask { await self.wake(at: due) }
                    }
                }
                if await signals.next() == nil { state.withLockedValue { $0.close() } }
            }
        }
        let counts = counts
        if counts.abandoned > 0 { tell(.abandoned(total: counts.abandoned)) }
    }

    private var elapsed: Duration { start.duration(to: clock.now) }

    private func post(_ entry: OutboxState.Entry) async {
        let result = await poster.post(entry.message)
        let notice = state.withLockedValue { $0.finish(entry, result, at: elapsed, random: random()) }
        if let notice { tell(notice) }
        signal.yield()
    }

    private func wake(at due: Duration) async {
        try? await clock.sleep(until: start.advanced(by: due), tolerance: nil)
        signal.yield()
    }

    private func closeAfterFlush() async {
        try? await clock.sleep(for: state.withLockedValue(\.limits).flush)
        state.withLockedValue { $0.close() }
        signal.yield()
    }
}

/// How much an outbox keeps, and how it posts.
package struct OutboxLimits: Hashable, Sendable {
    /// Maximum number of messages that wait.
    package var capacity = 1_000
    /// How many are posted at the same time; more than one are not delivered in order.
    package var atOnce = 1
    package var retries = PostRetries()
    /// Whether HTTP 410 ends it, as Standard Webhooks says; otherwise it refuses one message like any other answer.
    package var endsWhenGone = true
    /// How long the end may take.
    package var flush = Duration.seconds(5)

    package init() {}
}

/// What became of the messages of an outbox.
package struct OutboxCounts: Hashable, Sendable {
    package var delivered = 0
    /// There was no room for them.
    package var dropped = 0
    /// The receiver refused them, or they have been tried too often.
    package var refused = 0
    /// The outbox ended, or its address was withdrawn, before they could be delivered.
    package var abandoned = 0
    /// Those that wait or are under way.
    package var waiting = 0

    package init() {}
}

/// Something about an outbox that a person should know. It contains nothing of an address or a reply.
package enum OutboxNotice: Hashable, Sendable {
    /// Messages are not delivered; told again only for another reason, or after one was.
    case failing(String)
    /// They are delivered again.
    case working
    /// So many were dropped, since there was no room.
    case dropped(total: Int)
    /// The receiver wants no more (HTTP 410): nothing is posted any more.
    case gone
    /// At the end: so many were not delivered.
    case abandoned(total: Int)
}
