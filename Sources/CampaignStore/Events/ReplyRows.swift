import CampaignCore
import Foundation
import GRDB

/// What replies do to people: blocks and holds.
struct ReplyRows {
    /// Who decided about an ambiguous reply of a person who has opted out in plain words.
    static let byReply = "reply"

    let db: Database
    private let feed: BlockFeed

    init(_ db: Database, _ feed: BlockFeed) {
        self.db = db
        self.feed = feed
    }

    /// Enters a person in the do-not-call list, excludes their waiting contacts in all campaigns, and ends their holds:
    /// nothing that they have written waits for a decision any more. Who is on the list for another reason keeps that,
    /// and has this one beside it: whoever wants to take them off has to know that they have asked.
    @discardableResult
    func block(
        _ identities: [Int64], _ reason: String, at now: Timestamp, by who: String = byReply
    ) throws -> ReplyTotals {
        var totals = ReplyTotals()
        let insert = try HotStatement(
            db,
            "INSERT INTO block (identity, phone, reason, blocked_at) VALUES (?1, ?1, ?2, ?3) ON CONFLICT DO NOTHING")
        // By primary key.
        let note = try HotStatement(
            db,
            """
            UPDATE block SET reason = CASE reason WHEN '' THEN ?2 ELSE reason || '; ' || ?2 END
            WHERE identity = ?1 AND instr('; ' || reason, '; reply: ') = 0
                AND instr('; ' || reason, '; reply, decided by ') = 0
            """)
        for identity in identities {
            insert.bind(identity, at: 1)
            insert.bind(reason, at: 2)
            insert.bind(now.milliseconds, at: 3)
            if try insert.run() > 0 {
                feed.publish(identity)
                // They are one person.
                totals.blocked = 1
            } else if reason.hasPrefix(Self.byReply) {
                note.bind(identity, at: 1)
                note.bind(reason, at: 2)
                try note.run()
            }
            totals.excluded += try BlockRows.excludeWaiting(db, identity)
            totals += try moveHeld(identity)
            // reply_by_person.
            let decide = try HotStatement(
                db,
                """
                UPDATE reply SET decision = 'blocked', decided_at = ?2, decided_by = ?3
                WHERE identity = ?1 AND \(Self.isUndecided)
                """)
            decide.bind(identity, at: 1)
            decide.bind(now.milliseconds, at: 2)
            decide.bind(who, at: 3)
            try decide.run()
            // By primary key.
            let release = try HotStatement(db, "DELETE FROM hold WHERE identity = ?")
            release.bind(identity, at: 1)
            try release.run()
        }
        return totals
    }

    /// Holds a person: their waiting contacts in all campaigns are excluded, and no other is claimed.
    func hold(_ identities: [Int64], reply: Int64) throws {
        let insert = try HotStatement(
            db, "INSERT INTO hold (identity, reply_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
        for identity in identities {
            insert.bind(identity, at: 1)
            insert.bind(reply, at: 2)
            try insert.run()
            _ = try BlockRows.excludeWaiting(db, identity, .held)
        }
    }

    /// Ends the holds by a reply. Whoever is held by nothing else may be called again, unless they are on the
    /// do-not-call list.
    func release(reply: Int64) throws -> ReplyTotals {
        // hold_by_reply; then by primary key.
        let identities = try Int64.fetchAll(
            db, sql: "DELETE FROM hold WHERE reply_id = :reply RETURNING identity", arguments: ["reply": reply])
        var totals = ReplyTotals()
        for identity in identities {
            // They are one person.
            if try BlockRows.isHeld(db, identity) { totals.held = 1 }
            totals += try moveHeld(identity)
        }
        return totals
    }

    /// Moves the held contacts of a person in all campaigns, and those that share a number with them, to where they may go
    /// now. Some are still held.
    private func moveHeld(_ identity: Int64) throws -> ReplyTotals {
        let (isOnList, isHeld) = try (BlockRows.contains(db, identity), BlockRows.isHeld(db, identity))
        // Each contact by row.
        let statement = try HotStatement(
            db,
            """
            SELECT id FROM contact_row WHERE state = 'excluded' AND reason = 'held' AND id IN (
                \(ContactPhones.contacts(concernedBy: "?1")))
            """)
        statement.bind(identity, at: 1)
        var held: [Int64] = []
        while try statement.step() { if let contact = statement.number(0) { held.append(contact) } }
        var totals = ReplyTotals()
        for contact in held {
            let isBlocked = try isOnList || StopList.block.stops(db, contact)
            guard try isBlocked || !isHeld && !StopList.hold.stops(db, contact) else { continue }
            switch try ContactStandings.putBack(db, contact, isBlocked: isBlocked) {
            case .ready: totals.ready += 1
            case .excluded(.doNotCall): totals.excluded += 1
            case .excluded, .called: break
            }
        }
        return totals
    }
}

/// A campaign's own words for opting out, as they are stored.
struct StoredOptOut: Codable {
    private var words, buttons, review: [String]

    /// - Returns: nil when there are none.
    static func text(_ lists: OptOutLists) throws -> String? {
        guard lists != OptOutLists() else { return nil }
        let stored = StoredOptOut(words: lists.words, buttons: lists.buttons, review: lists.review)
        return String(decoding: try JSONEncoder().encode(stored), as: UTF8.self)
    }

    static func lists(_ text: String) throws -> OptOutLists {
        do {
            let stored = try JSONDecoder().decode(StoredOptOut.self, from: Data(text.utf8))
            return OptOutLists(words: stored.words, buttons: stored.buttons, review: stored.review)
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a campaign's opt-out words are unreadable")
        }
    }
}
