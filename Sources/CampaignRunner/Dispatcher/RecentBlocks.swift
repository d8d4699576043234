import CampaignCore
import NIOConcurrencyHelpers

/// The people who have just been put on the do-not-call list, or are held because of a reply: calls to them that were
/// claimed before that are held back.
///
/// The store keeps them from being claimed again, so each is kept here only until no earlier claim can be sent any more
/// (``SendGuard/longestWait``). The loop drops them; only it has the clock.
final class RecentBlocks: Sendable {
    /// Three times as long as a claim can wait: the clock may be read long before a person is seen.
    static let kept = SendGuard.longestWait * 3

    /// A place in the order of all insertions and claims.
    struct Mark: Sendable {
        fileprivate var insertions = 0
    }

    private struct Entry {
        /// How many insertions there had been with this one.
        var insertion: Int
        /// When the loop first saw it, counted from the start of the dispatcher; nil: it has not yet.
        var seen: Duration?
    }

    private struct State {
        var people: [Int64: Entry] = [:]
        var insertions = 0
        var lastLook = Duration.zero
    }

    private let state = NIOLockedValueBox(State())

    /// From the return of this on, no call to these people is sent that was claimed before.
    func insert(_ identities: some Sequence<Int64>) {
        state.withLockedValue { state in
            state.insertions += 1
            for identity in identities { state.people[identity] = Entry(insertion: state.insertions) }
        }
    }

    /// To be taken before a transaction claims calls: of whoever was inserted earlier, the transaction knows.
    var mark: Mark { state.withLockedValue { Mark(insertions: $0.insertions) } }

    /// Whether a call to this person, in a transaction that began at `mark`, must not be sent.
    func contains(_ identity: Int64, since mark: Mark) -> Bool {
        state.withLockedValue { $0.people[identity].map { $0.insertion > mark.insertions } ?? false }
    }

    /// Drops those that the loop first saw long enough ago.
    func drop(at now: Duration) {
        state.withLockedValue { state in
            // At most once a second: a long list may have been blocked number by number.
            guard !state.people.isEmpty, now - state.lastLook >= .seconds(1) else { return }
            state.lastLook = now
            state.people = state.people.compactMapValues { entry in
                let seen = entry.seen ?? now
                return now - seen < Self.kept ? Entry(insertion: entry.insertion, seen: seen) : nil
            }
        }
    }

    var count: Int { state.withLockedValue(\.people.count) }
}
