import CampaignCore
import GRDB

/// Enters the identities of contacts that have just been appended, in sorted batches, and takes out again the contacts
/// whose number the campaign had already.
///
/// Entered one by one as they come, identities would touch a page of the index each; sorted, each page is touched once a
/// batch. A batch is what memory allows, whatever the list's size.
struct IdentityBatch {
    /// Identities in one statement.
    private static let most = 32

    /// What becomes of a contact that was appended and is not simply kept.
    enum Fate {
        /// Taken out: the campaign has the number already.
        case repeated
        /// Taken out: another campaign called it not long ago.
        case calledRecently
        /// Kept, and excluded: it asked not to be called.
        case blocked
    }

    private struct Entry {
        var identity: Int64
        var id: Int64
    }

    private let campaign: Int64
    private let capacity: Int
    private let skipsCalledSince: Timestamp?
    private var entries: [Entry] = []
    private var fates: [(id: Int64, fate: Fate)] = []

    init(campaign: Int64, _ rules: ImportRules) {
        self.campaign = campaign
        capacity = rules.batch
        skipsCalledSince = rules.skipsCalledSince
    }

    var isFull: Bool { entries.count >= capacity }

    mutating func append(identity: Int64, id: Int64) {
        entries.append(Entry(identity: identity, id: id))
    }

    /// Enters all identities; their contacts must be in the table.
    ///
    /// - Returns: the contacts that are not simply kept, in the order of the table.
    mutating func settle(_ db: Database) throws -> [(id: Int64, fate: Fate)] {
        fates.removeAll()
        entries.sort { ($0.identity, $0.id) < ($1.identity, $1.id) }
        let hasBlocks = try BlockRows.isAny(db)
        var group: [Entry] = []
        var last: Int64?
        for entry in entries {
            if entry.identity == last {
                fates.append((entry.id, .repeated))
                continue
            }
            last = entry.identity
            if try wasCalledRecently(entry.identity, db) {
                fates.append((entry.id, .calledRecently))
                continue
            }
            group.append(entry)
            guard group.count == Self.most else { continue }
            try enter(group, hasBlocks: hasBlocks, db)
            group.removeAll(keepingCapacity: true)
        }
        for entry in group { try enter([entry], hasBlocks: hasBlocks, db) }
        entries.removeAll(keepingCapacity: true)
        // In the order of the table, so that its pages are touched once.
        fates.sort { $0.id < $1.id }
        for (id, fate) in fates { try carryOut(fate, on: id, db) }
        return fates
    }

    private mutating func enter(_ group: [Entry], hasBlocks: Bool, _ db: Database) throws {
        let statement = try HotStatement(db, group.count == Self.most ? Self.many : Self.one)
        statement.bind(campaign, at: 1)
        for (index, entry) in group.enumerated() {
            statement.bind(entry.identity, at: Int32(2 + 2 * index))
            statement.bind(entry.id, at: Int32(3 + 2 * index))
        }
        let areAllNew = try statement.run() == group.count
        guard hasBlocks || !areAllNew else { return }
        for entry in group {
            if !areAllNew, try CampaignRows.contact(db, campaign: campaign, identity: entry.identity) != entry.id {
                fates.append((entry.id, .repeated))
            } else if hasBlocks, try BlockRows.contains(entry.identity, db) {
                fates.append((entry.id, .blocked))
            }
        }
    }

    /// Whether another campaign may have reached this number since the moment given.
    private func wasCalledRecently(_ identity: Int64, _ db: Database) throws -> Bool {
        guard let skipsCalledSince else { return false }
        // Once for each campaign, in this order of the tables: contact_identity and attempt by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM campaign
            CROSS JOIN contact_identity AS other ON other.campaign_id = campaign.id AND other.identity = ?1
            CROSS JOIN attempt ON attempt.contact_id = other.contact_id
            WHERE campaign.id <> ?2 AND attempt.started_at >= ?3
                AND (attempt.outcome IS NULL OR attempt.outcome = 'accepted' OR attempt.outcome = 'in_doubt')
            LIMIT 1
            """)
        statement.bind(identity, at: 1)
        statement.bind(campaign, at: 2)
        statement.bind(skipsCalledSince.milliseconds, at: 3)
        return try statement.firstNumber() != nil
    }

    private func carryOut(_ fate: Fate, on contact: Int64, _ db: Database) throws {
        switch fate {
        case .repeated, .calledRecently:
            let statement = try HotStatement(db, "DELETE FROM contact WHERE id = ?")
            statement.bind(contact, at: 1)
            try statement.run()
        case .blocked:
            let statement = try HotStatement(db, "UPDATE contact SET state = 'excluded', reason = ? WHERE id = ?")
            statement.bind(ExclusionReason.doNotCall.rawValue, at: 1)
            statement.bind(contact, at: 2)
            try statement.run()
        }
    }

    private static let many = statement(entries: most)
    private static let one = statement(entries: 1)

    private static func statement(entries: Int) -> String {
        let values = (0..<entries).map { "(?1, ?\(2 + 2 * $0), ?\(3 + 2 * $0))" }.joined(separator: ", ")
        // By primary key. Who is there already stays; a count of changes short of the entries tells that somebody was.
        return """
            INSERT INTO contact_identity (campaign_id, identity, contact_id) VALUES \(values) ON CONFLICT DO NOTHING
            """
    }
}
