import CampaignCore
import GRDB
import Synchronization

/// Which contacts of a campaign are on the do-not-call list, in whatever form of their number.
///
/// Claims look only at the number that is dialed; what requeues a contact looks at every form that it is known by, as
/// blocking does.
struct BlockedContactsSnapshot {
    /// Ascending.
    private let rows: [Int64]

    init(_ db: Database, campaign: Int64, in states: [CallState]) throws {
        let condition = "contact.state IN (\(StoredValue.list(states)))"
        var rows: [Int64] = []
        try forEachBlocked(db, campaign: campaign, where: condition) { rows.append($0) }
        self.rows = rows.sorted()
    }

    func contains(_ contact: Int64) -> Bool {
        var range = rows.indices
        while let first = range.first, let last = range.last {
            let middle = first + (last - first) / 2
            if rows[middle] == contact { return true }
            range = rows[middle] < contact ? (middle + 1)..<range.upperBound : first..<middle
        }
        return false
    }
}

/// Tells in each of many transactions whether a contact is on the do-not-call list, in whatever form of its number.
///
/// By the number that it has, a contact is looked up in the list. A further form that it is known by can only be found
/// from the list's side, number by number: that is done once, outside any transaction, and from then on for each number
/// that is put on the list. Few contacts have one.
final class BlockedContacts: Sendable {
    private let feed: BlockFeed
    private let subscriber: Int
    private let campaigns: [Int64]
    /// Contacts that are on the list by another number than their own.
    private let others = Mutex<Set<Int64>>([])

    /// From here on no number is missed; ``read(_:)`` comes next.
    init(_ campaigns: [Int64], following feed: BlockFeed) {
        self.campaigns = campaigns
        self.feed = feed
        subscriber = feed.subscribe()
    }

    deinit {
        feed.unsubscribe(subscriber)
    }

    /// Goes through the list as it is, in any snapshot that was begun after this object.
    func read(_ db: Database) throws {
        for campaign in campaigns {
            try forEachBlocked(db, campaign: campaign, where: "contact.identity <> block.identity") { row in
                _ = others.withLock { $0.insert(row) }
            }
        }
    }

    /// Takes in the numbers that were blocked meanwhile; comes first in every transaction.
    func catchUp(_ db: Database) throws {
        for identity in feed.take(subscriber) where try BlockRows.contains(db, identity) {
            for campaign in campaigns {
                guard let contact = try CampaignRows.contact(db, campaign: campaign, identity: identity) else {
                    continue
                }
                _ = others.withLock { $0.insert(contact) }
            }
        }
    }

    /// Whether a contact is on the list as it is now.
    func contains(_ db: Database, _ contact: Int64) throws -> Bool {
        if others.withLock({ $0.contains(contact) }) { return true }
        // Contact by row, block by primary key.
        let statement = try HotStatement(
            db, "SELECT 1 FROM contact_row JOIN block ON block.identity = contact_row.identity WHERE id = ?")
        statement.bind(contact, at: 1)
        return try statement.firstNumber() != nil
    }
}

/// Hands the row of each contact of a campaign to `body` that is on the list by any number that it is known by.
private func forEachBlocked(
    _ db: Database, campaign: Int64, where condition: String, _ body: (Int64) throws -> Void
) throws {
    // Once for each number of the list, in its order: contact_identity by primary key, contact by row.
    let rows = try Int64.fetchCursor(
        db,
        sql: """
            SELECT contact.id FROM block
            CROSS JOIN contact_identity AS known
                ON known.campaign_id = :campaign AND known.identity = block.identity
            CROSS JOIN contact ON contact.id = known.contact_id
            WHERE \(condition)
            """, arguments: ["campaign": campaign])
    while let row = try rows.next() { try body(row) }
}

/// Tells operations that requeue contacts in slices which numbers have been blocked meanwhile.
final class BlockFeed: Sendable {
    private struct State {
        var subscribers: [Int: [Int64]] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// - Returns: an identifier of the subscriber.
    func subscribe() -> Int {
        state.withLock { state in
            state.last += 1
            state.subscribers[state.last] = []
            return state.last
        }
    }

    func unsubscribe(_ subscriber: Int) {
        state.withLock { $0.subscribers[subscriber] = nil }
    }

    /// A number is being put on the list, by the transaction that says so.
    func publish(_ identity: Int64) {
        state.withLock { state in
            for subscriber in state.subscribers.keys { state.subscribers[subscriber]?.append(identity) }
        }
    }

    /// The numbers since the subscriber last asked; those of a transaction that failed may be among them.
    func take(_ subscriber: Int) -> [Int64] {
        state.withLock { state in
            defer { state.subscribers[subscriber]?.removeAll() }
            return state.subscribers[subscriber] ?? []
        }
    }
}
