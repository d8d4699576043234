public import CampaignCore
import GRDB

extension StoreReader {
    /// Contacts that wait and of which Z-API was never asked whether they have WhatsApp; an `@lid` always has.
    ///
    /// - Parameters:
    ///   - contact: only contacts behind this one, in the order of the lists; 0 for the first.
    ///   - limit: how many at most.
    public func uncheckedContacts(
        campaign name: String, after contact: Int64, limit: Int
    ) throws(QueueError) -> [(id: Int64, phone: PhoneNumber)] {
        try read { db in
            // The table from that row on, in its own order: every contact is looked at once in all.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, phone FROM contact
                    WHERE id > :contact AND campaign_id = :campaign AND +state = 'ready' AND whatsapp_at IS NULL
                        AND phone > 0
                    ORDER BY id LIMIT :limit
                    """,
                arguments: [
                    "contact": contact, "campaign": try CampaignRows.id(db, named: name), "limit": limit,
                ]
            ).map { ($0[0], try StoredValue.phone($0[1])) }
        }
    }
}

extension CampaignStore {
    /// Takes in what Z-API said of contacts that wait: whoever has no WhatsApp is excluded, and the others get WhatsApp's
    /// own form of their number. A form that another contact has already, or that asked not to be called, excludes too.
    public func noteWhatsApp(
        campaign name: String, answers: [(contact: Int64, answer: WhatsAppAnswer)], now: Timestamp
    ) async throws(QueueError) -> WhatsAppTotals {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            var totals = WhatsAppTotals()
            for (contact, answer) in answers {
                let reason = try Self.exclusion(of: contact, answer, campaign: campaign, &totals, db)
                try db.cachedStatement(
                    sql: """
                        UPDATE contact SET whatsapp_at = ?, state = iif(? IS NULL, state, 'excluded'), reason = ?
                        WHERE id = ? AND state = 'ready'
                        """
                ).execute(arguments: [now.milliseconds, reason?.rawValue, reason?.rawValue, contact])
            }
            return totals
        }
    }

    /// Why a contact is excluded after this answer; nil when it stays, with the number as WhatsApp has it.
    private static func exclusion(
        of contact: Int64, _ answer: WhatsAppAnswer, campaign: Int64, _ totals: inout WhatsAppTotals, _ db: Database
    ) throws -> ExclusionReason? {
        guard case .present(let number) = answer else {
            totals.absent += 1
            return .noWhatsApp
        }
        let holder = try CampaignRows.contact(db, campaign: campaign, identity: number.identity)
        if let holder, holder != contact, try !gaveWay(holder, db) {
            totals.same += 1
            return .sameWhatsApp
        }
        if try BlockRows.contains(number.identity, db) {
            totals.blocked += 1
            return .doNotCall
        }
        try db.cachedStatement(
            sql:
                "INSERT INTO contact_identity (campaign_id, identity, contact_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        ).execute(arguments: [campaign, number.identity, contact])
        try db.cachedStatement(
            sql: "UPDATE contact SET phone = ?1, identity = ?2 WHERE id = ?3 AND state = 'ready' AND phone <> ?1"
        ).execute(arguments: [number.value, number.identity, contact])
        totals.present += 1
        totals.rewritten += db.changesCount
        return nil
    }

    /// Whether a contact is excluded because another one is the same for WhatsApp: of the two, one is called.
    private static func gaveWay(_ contact: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM contact WHERE id = :id AND state = 'excluded' AND reason = :reason)",
            arguments: ["id": contact, "reason": ExclusionReason.sameWhatsApp.rawValue]) ?? false
    }
}

/// What came of asking whether contacts have WhatsApp.
public struct WhatsAppTotals: Hashable, Sendable, Codable {
    /// Those that have.
    public var present = 0
    /// Of these, those whose number WhatsApp writes in another way, which is dialled from now on.
    public var rewritten = 0
    /// Those that have not.
    public var absent = 0
    /// Those that are one with another contact for WhatsApp.
    public var same = 0
    /// Those whose form at WhatsApp is on the do-not-call list.
    public var blocked = 0

    /// Nobody was asked yet.
    public init() {}

    /// Adds the figures of another question.
    public mutating func add(_ other: WhatsAppTotals) {
        present += other.present
        rewritten += other.rewritten
        absent += other.absent
        same += other.same
        blocked += other.blocked
    }
}
