import CampaignCore
import GRDB
import Synchronization

/// Which contacts of a campaign are on the do-not-call list, in any form of their number.
///
/// Claims look only at the number that is dialed. Whatever requeues a contact looks at every form it is known by, as
/// blocking does.
struct BlockedContactsSnapshot {
    /// In ascending order.
    private let rows: [Int64]

    init(_ db: Database, campaign: Int64, in states: [CallState]) throws {
        let condition = "contact.state IN (\(StoredValue.list(states)))"
        var rows: [Int64] = []
        try forEachBlocked(db, campaign: campaign, where: condition) { rows.append($0) }
        try forEachBlockedByRow(db, campaign: campaign, where: condition) { rows.append($0) }
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

/// Tells, in each of many transactions, whether a contact is on the do-not-call list in any form of its number.
///
/// The number that a contact is dialed under is looked up in the list. Other forms can only be found from the list's
/// side, number by number: that is done once, outside any transaction, and from then on for each newly blocked number.
/// Few contacts have other forms.
final class BlockedContacts: Sendable {
    private let feed: BlockFeed
    private let subscriber: Int
    private let campaigns: [Int64]
    /// Contacts that are on the list under a number other than the one they are dialed under.
    private let others = Mutex<Set<Int64>>([])

    /// Follows the feed from here on, so that no number is missed; call ``read(_:)`` next.
    init(_ campaigns: [Int64], following feed: BlockFeed) {
        self.campaigns = campaigns
        self.feed = feed
        subscriber = feed.subscribe()
    }

    deinit {
        feed.unsubscribe(subscriber)
    }

    /// Reads the whole list, in any snapshot that began after this object was created.
    func read(_ db: Database) throws {
        for campaign in campaigns {
            try forEachBlocked(db, campaign: campaign, where: "contact.identity <> block.identity") { row in
                _ = others.withLock { $0.insert(row) }
            }
        }
    }

    /// Adds the numbers blocked since the last call; must come first in every transaction.
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

    /// Whether a contact is on the list at this moment.
    func contains(_ db: Database, _ contact: Int64) throws -> Bool {
        if others.withLock({ $0.contains(contact) }) { return true }
        return try StopList.block.stops(db, contact)
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

/// The same for contacts that are dialed under a number of a row that has another on the list; some more than once.
private func forEachBlockedByRow(
    _ db: Database, campaign: Int64, where condition: String, _ body: (Int64) throws -> Void
) throws {
    guard try ContactPhones.isAny(db) else { return }
    let rows = try Int64.fetchCursor(
        db,
        sql: """
            SELECT contact.id FROM (\(StopList.block.contacts(of: ":campaign"))) AS concerned
            CROSS JOIN contact ON contact.id = concerned.contact_id
            WHERE \(condition) AND \(StopList.block.stops("contact.identity"))
            """, arguments: ["campaign": campaign])
    while let row = try rows.next() { try body(row) }
}

/// Tells operations that requeue contacts in slices which numbers have been blocked since they began.
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

    /// Called when a number is added to the list, within the transaction that adds it.
    func publish(_ identity: Int64) {
        state.withLock { state in
            for subscriber in state.subscribers.keys { state.subscribers[subscriber]?.append(identity) }
        }
    }

    /// The numbers since the subscriber's last call; those of a failed transaction may be among them.
    func take(_ subscriber: Int) -> [Int64] {
        state.withLock { state in
            defer { state.subscribers[subscriber]?.removeAll() }
            return state.subscribers[subscriber] ?? []
        }
    }
}
