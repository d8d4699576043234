package import CampaignCore
import GRDB

/// A number on the do-not-call list.
package struct BlockEntry: Hashable, Sendable {
    /// As it was written when it was blocked.
    package var phone: PhoneNumber
    /// Why, in the words of the person who blocked it; may be empty.
    package var reason: String
    /// When it was blocked.
    package var since: Timestamp
}

extension StoreReader {
    /// Passes each number of the do-not-call list to `body`, the latest first.
    package func forEachBlock(_ body: (BlockEntry) throws -> Void) throws {
        try readStreaming { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT phone, reason, blocked_at FROM block ORDER BY blocked_at DESC, identity")
            while let row = try rows.next() { try body(try Self.blockEntry(row)) }
        }
    }

    /// The entry of a number, however it is written; nil when it is not on the list.
    package func block(of number: PhoneNumber) throws(StoreError) -> BlockEntry? {
        try read { db in
            // The number itself first, then its hash. By primary key.
            try Row.fetchOne(
                db,
                sql: """
                    SELECT phone, reason, blocked_at FROM block WHERE identity IN (:identity, :hash) ORDER BY identity
                    """,
                arguments: [
                    "identity": number.identity, "hash": try ForgottenNumbers(db).hash(of: number.identity),
                ]
            ).map(Self.blockEntry)
        }
    }

    /// What removing a number from the list would remove: its entry, and those of all other numbers that are known to be
    /// the same person's.
    package func blocks(ofPersonWith number: PhoneNumber) throws(StoreError) -> [BlockEntry] {
        try read { db in
            // Few numbers, each by primary key.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT phone, reason, blocked_at FROM block WHERE identity IN (SELECT value FROM json_each(:person))
                    ORDER BY identity
                    """,
                arguments: ["person": StoredValue.json(try PersonNumbers(db).all(of: [number.identity]))]
            ).map(Self.blockEntry)
        }
    }

    /// The people who are being called although they are on the do-not-call list: they were blocked after the claim.
    package func blockedWhileDialing() throws(StoreError) -> [Int64] {
        try read { db in
            // contact_by_turn once for each campaign finds contacts in `dialing`: at most as many as there are workers.
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT contact.identity FROM campaign
                    CROSS JOIN contact_row AS contact ON contact.campaign_id = campaign.id AND contact.state = 'dialing'
                    WHERE \(StopList.block.stops("contact.identity"))
                    ORDER BY contact.identity
                    """)
        }
    }

    static func blockEntry(_ row: Row) throws -> BlockEntry {
        BlockEntry(
            phone: try StoredValue.phone(row.decode(atIndex: 0)), reason: try row.decode(atIndex: 1),
            since: Timestamp(milliseconds: try row.decode(atIndex: 2)))
    }
}
