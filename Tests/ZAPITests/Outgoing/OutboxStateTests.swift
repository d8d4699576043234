import CampaignCore
import Testing

@testable import ZAPI

/// The decisions of an outbox, without a network or a clock.
@Suite struct `An outbox decides` {
    private static func message(_ number: Int) -> OutgoingMessage { OutgoingMessage(id: "m\(number)", body: []) }

    private static func result(_ status: Int, retryAfter: String? = nil) -> PostResult {
        PostResult(
            of: .reply(status: status, headers: ReplyHeaders(retryAfter: retryAfter), body: []),
            now: Timestamp(milliseconds: 0))
    }

    private static func state(capacity: Int = 100, atOnce: Int = 1) -> OutboxState {
        var limits = OutboxLimits()
        limits.capacity = capacity
        limits.atOnce = atOnce
        return OutboxState(limits)
    }

    private static func entry(_ step: OutboxState.Step) -> OutboxState.Entry? {
        guard case .post(let entry) = step else { return nil }
        return entry
    }

    @Test(arguments: [1, 3]) func `in the order in which messages came, so many at a time`(atOnce: Int) throws {
        var state = Self.state(atOnce: atOnce)
        for number in 0..<9 { _ = state.add(Self.message(number), at: .seconds(number)) }
        var posted: [String] = []
        while state.unfinished > 0 {
            var entries: [OutboxState.Entry] = []
            while let entry = Self.entry(state.next(at: .seconds(9))) { entries.append(entry) }
            #expect(entries.count == atOnce)
            posted += entries.map(\.message.id)
            for entry in entries { _ = state.finish(entry, Self.result(200), at: .seconds(9), random: 0) }
        }
        #expect(posted == (0..<9).map { "m\($0)" })
        #expect(state.next(at: .seconds(9)) == .wait(until: nil))
        #expect(state.counts.delivered == 9)
    }

    @Test func `that the oldest gives way, and says so now and then`() {
        var state = Self.state(capacity: 10)
        let notices = (0..<1_000).compactMap { state.add(Self.message($0), at: .zero) }
        #expect(notices == [.dropped(total: 1), .dropped(total: 10), .dropped(total: 100)])
        #expect(state.counts.dropped == 990 && state.unfinished == 10)
        #expect(Self.entry(state.next(at: .zero))?.message.id == "m990")
    }

    @Test func `that one failing message lets the others pass, and comes again when its wait is over`() throws {
        var state = Self.state()
        _ = state.add(Self.message(0), at: .zero)
        _ = state.add(Self.message(1), at: .zero)
        let first = try #require(Self.entry(state.next(at: .zero)))
        #expect(state.finish(first, Self.result(500), at: .zero, random: 0.5) == .failing("HTTP 500"))
        let second = try #require(Self.entry(state.next(at: .zero)))
        #expect(second.message.id == "m1")
        #expect(state.finish(second, Self.result(200), at: .zero, random: 0.5) == .working)
        #expect(state.next(at: .zero) == .wait(until: .seconds(5)))
        let again = try #require(Self.entry(state.next(at: .seconds(5))))
        #expect(again.message == first.message && again.tries == 1)
    }

    @Test func `that a busy address rests for all, for as long as it asks`() throws {
        var state = Self.state()
        _ = state.add(Self.message(0), at: .zero)
        _ = state.add(Self.message(1), at: .zero)
        let first = try #require(Self.entry(state.next(at: .zero)))
        _ = state.finish(first, Self.result(429, retryAfter: "300"), at: .zero, random: 0)
        #expect(state.next(at: .zero) == .wait(until: .seconds(300)))
        #expect(Self.entry(state.next(at: .seconds(300))) != nil)
    }

    @Test func `that a reason for failing is told once`() throws {
        var state = Self.state()
        var notices: [OutboxNotice] = []
        for (number, status) in [500, 500, 400, 400, 200, 200, 500].enumerated() {
            // Those that failed are due much later.
            _ = state.add(Self.message(number), at: .zero)
            let entry = try #require(Self.entry(state.next(at: .zero)))
            if let notice = state.finish(entry, Self.result(status), at: .zero, random: 0.9) { notices.append(notice) }
        }
        #expect(notices == [.failing("HTTP 500"), .failing("HTTP 400"), .working, .failing("HTTP 500")])
        #expect(state.counts.refused == 2 && state.counts.delivered == 2 && state.unfinished == 3)
    }

    @Test func `that nothing more is posted to an address that was withdrawn`() throws {
        var state = Self.state()
        for number in 0..<3 { _ = state.add(Self.message(number), at: .zero) }
        let entry = try #require(Self.entry(state.next(at: .zero)))
        #expect(state.finish(entry, Self.result(410), at: .zero, random: 0) == .gone)
        #expect(state.add(Self.message(3), at: .zero) == nil)
        #expect(state.next(at: .seconds(9_999)) == .wait(until: nil))
        #expect(state.counts.refused == 1 && state.counts.abandoned == 3)
    }

    @Test func `that an address that knows nothing of 410 is posted to all the same`() throws {
        var limits = OutboxLimits()
        limits.endsWhenGone = false
        var state = OutboxState(limits)
        for number in 0..<2 { _ = state.add(Self.message(number), at: .zero) }
        let entry = try #require(Self.entry(state.next(at: .zero)))
        #expect(state.finish(entry, Self.result(410), at: .zero, random: 0) == .failing("HTTP 410"))
        let next = try #require(Self.entry(state.next(at: .zero)))
        #expect(state.finish(next, Self.result(200), at: .zero, random: 0) == .working)
        #expect(state.counts.refused == 1 && state.counts.delivered == 1 && state.counts.abandoned == 0)
    }

    @Test func `that each that waits is posted once more at the end, whenever it was due`() throws {
        var state = Self.state()
        for number in 0..<3 { _ = state.add(Self.message(number), at: .zero) }
        let first = try #require(Self.entry(state.next(at: .zero)))
        _ = state.finish(first, Self.result(500), at: .zero, random: 0.9)
        state.end()
        #expect(state.add(Self.message(3), at: .zero) == nil)
        var posted: [String] = []
        while let entry = Self.entry(state.next(at: .zero)) {
            posted.append(entry.message.id)
            _ = state.finish(entry, Self.result(500), at: .zero, random: 0)
        }
        #expect(posted == ["m0", "m1", "m2"])
        #expect(state.next(at: .zero) == .done && state.counts.abandoned == 4)
    }

    @Test func `that an address which cannot be reached is tried once at the end`() throws {
        var state = Self.state()
        for number in 0..<3 { _ = state.add(Self.message(number), at: .zero) }
        state.end()
        let entry = try #require(Self.entry(state.next(at: .zero)))
        let unreachable = PostResult(of: .neverLeft("cannot connect"), now: Timestamp(milliseconds: 0))
        _ = state.finish(entry, unreachable, at: .zero, random: 0)
        #expect(state.next(at: .zero) == .done && state.counts.abandoned == 3)
    }

    /// Whatever happens, each message is counted once.
    @Test(arguments: 0..<20) func `what becomes of each message`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var state = Self.state(capacity: 20, atOnce: 3)
        var added = 0
        var underWay: [OutboxState.Entry] = []
        var now = Duration.zero
        for _ in 0..<2_000 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                _ = state.add(Self.message(added), at: now)
                added += 1
            case 1:
                if let entry = Self.entry(state.next(at: now)) { underWay.append(entry) }
            case 2 where !underWay.isEmpty:
                let entry = underWay.remove(at: Int.random(in: underWay.indices, using: &random))
                let status = [200, 200, 404, 500, 503].randomElement(using: &random) ?? 200
                _ = state.finish(entry, Self.result(status), at: now, random: 0.5)
            default:
                now += .seconds(Int.random(in: 0..<1_000, using: &random))
            }
            #expect(underWay.count <= 3)
            let counts = state.counts
            let done = counts.delivered + counts.dropped + counts.refused + counts.abandoned
            #expect(done + state.unfinished == added)
        }
        state.close()
        for entry in underWay { _ = state.finish(entry, Self.result(500), at: now, random: 0.5) }
        #expect(state.unfinished == 0 && state.next(at: now) == .done)
    }
}
