public import CampaignCore
import GRDB

extension CampaignStore {
    /// Puts numbers on the do-not-call list, all or none, and excludes every contact of any campaign that waits with one
    /// of them.
    ///
    /// - Parameters:
    ///   - now: the present moment, kept with each number.
    ///   - body: hands the numbers over; whatever it throws undoes everything and is thrown on.
    public func block(
        now: Timestamp, _ body: @escaping @Sendable (BlockWriter) throws -> Void
    ) async throws -> BlockTotals {
        try await transaction { db in
            let writer = BlockWriter(db, now: now)
            try body(writer)
            return writer.totals
        }
    }

    /// Takes numbers off the do-not-call list.
    ///
    /// - Parameters:
    ///   - numbers: in any form; those that are not on the list are passed over.
    ///   - putsBack: whether contacts that were excluded for it may be called again.
    public func unblock(_ numbers: [PhoneNumber], putsBack: Bool) async throws(QueueError) -> UnblockTotals {
        try await write { db in
            var totals = UnblockTotals()
            for number in numbers {
                try db.execute(
                    sql: "DELETE FROM block WHERE identity = :identity", arguments: ["identity": number.identity])
                guard db.changesCount > 0 else { continue }
                totals.removed.append(number)
                // As in BlockRows.excludeWaiting; a contact that was excluded was `ready` before.
                let contacts = try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT contact.id FROM campaign
                        CROSS JOIN contact_identity AS known
                            ON known.campaign_id = campaign.id AND known.identity = :identity
                        CROSS JOIN contact_row AS contact ON contact.id = known.contact_id
                        WHERE contact.state = 'excluded' AND contact.reason = :reason
                        """,
                    arguments: ["identity": number.identity, "reason": ExclusionReason.doNotCall.rawValue])
                totals.excluded += contacts.count
                guard putsBack else { continue }
                for contact in contacts {
                    try db.execute(
                        sql: "UPDATE contact_row SET state = 'ready', reason = NULL WHERE id = :id",
                        arguments: ["id": contact])
                }
                totals.putBack += contacts.count
            }
            return totals
        }
    }
}

/// Puts numbers on the do-not-call list, within one transaction.
public final class BlockWriter {
    /// What came of it so far.
    public private(set) var totals = BlockTotals()
    private let db: Database
    private let now: Timestamp

    init(_ db: Database, now: Timestamp) {
        self.db = db
        self.now = now
    }

    /// Puts a number on the list; one that is there already keeps its first reason and time.
    public func add(_ number: PhoneNumber, reason: String) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO block (identity, phone, reason, blocked_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [number.identity, number.value, reason, now.milliseconds])
        if db.changesCount > 0 { totals.added += 1 } else { totals.known += 1 }
        totals.excluded += try BlockRows.excludeWaiting(number.identity, db)
    }
}

/// What came of putting numbers on the do-not-call list.
public struct BlockTotals: Hashable, Sendable, Codable {
    /// Numbers that are new on the list.
    public var added = 0
    /// Numbers that were on it already.
    public var known = 0
    /// Contacts that waited to be called and are excluded now.
    public var excluded = 0
}

/// What came of taking numbers off the do-not-call list.
public struct UnblockTotals: Hashable, Sendable, Codable {
    /// The numbers that were on it.
    public var removed: [PhoneNumber] = []
    /// Contacts that had been excluded for them.
    public var excluded = 0
    /// How many of those may be called again.
    public var putBack = 0
}
