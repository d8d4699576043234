public import CampaignCore
import GRDB

/// Everything the database knows of one number in a campaign.
public struct NumberStanding: Sendable {
    /// The contact; nil when the campaign has none with this number.
    public var contact: ContactRow?
    /// Where the contact comes from; nil when there is none.
    public var origin: ContactOrigin?
    /// When its turn comes: not before this; nil unless it is ready.
    public var dueAt: Timestamp?
    /// How many contacts come before it; nil unless it is ready.
    public var before: Int?
    /// Its attempts, in their order.
    public var attempts: [AttemptRow] = []
    /// Rows of lists that had the number as well.
    public var duplicates: [DuplicateRow] = []
    /// Where else it stands.
    public var elsewhere: [OtherStanding] = []

    /// A number that the campaign does not have.
    public init() {}
}

/// Where a contact comes from.
public struct ContactOrigin: Hashable, Sendable {
    /// The list.
    public var file: String
    /// The line of it; nil when it was not kept.
    public var line: Int?
    /// When it was taken in.
    public var importedAt: Timestamp
}

/// A number in another campaign.
public struct OtherStanding: Hashable, Sendable {
    /// The campaign.
    public var campaign: String
    /// Where the contact stands there.
    public var state: CallState
    /// When it was last dialled there; nil when it was not.
    public var lastAttemptAt: Timestamp?
}

extension StoreReader {
    /// Everything the database knows of a number, however it is written.
    public func standing(of number: PhoneNumber, campaign name: String) throws(QueueError) -> NumberStanding {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            var standing = NumberStanding()
            standing.elsewhere = try Self.elsewhere(db, number: number, besides: campaign)
            guard let id = try CampaignRows.contact(db, campaign: campaign, identity: number.identity) else {
                return standing
            }
            try Self.describe(db, contact: id, campaign: campaign, &standing)
            return standing
        }
    }

    private static func describe(
        _ db: Database, contact id: Int64, campaign: Int64, _ standing: inout NumberStanding
    ) throws {
        let columns = try OwnColumns(db, campaign: campaign)
        let found = try Row.fetchOne(
            db,
            sql: """
                SELECT phone, state, reason, attempts, import_id, own, due_at, contact.line, import.file, imported_at
                FROM contact JOIN import ON import.id = contact.import_id WHERE contact.id = :id
                """,
            arguments: ["id": id])
        guard let row = found else { return }
        let phone = try StoredValue.phone(row.decode(atIndex: 0))
        var contact = ContactRow(
            own: try columns.align(try row.decode(atIndex: 5), import: try row.decode(atIndex: 4)), phone: phone,
            state: try StoredValue.word(row.decode(atIndex: 1)))
        contact.reason = try row.decode(atIndex: 2)
        contact.attempts = try row.decode(atIndex: 3)
        standing.attempts = try attempts(db, contact: id, phone: phone)
        contact.firstAttemptAt = standing.attempts.first?.startedAt
        contact.last = standing.attempts.last
        let line: Int = try row.decode(atIndex: 7)
        standing.origin = ContactOrigin(
            file: try row.decode(atIndex: 8), line: line > 0 ? line : nil,
            importedAt: Timestamp(milliseconds: try row.decode(atIndex: 9)))
        if contact.state == .ready {
            let dueAt: Int64 = try row.decode(atIndex: 6)
            standing.dueAt = Timestamp(milliseconds: dueAt)
            // contact_by_turn, up to its place: the rowid ends each entry.
            standing.before = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM contact
                    WHERE campaign_id = :campaign AND state = 'ready' AND (due_at, id) < (:due, :id)
                    """,
                arguments: ["campaign": campaign, "due": dueAt, "id": id])
        }
        standing.contact = contact
        try forEachDuplicate(db, "duplicate.contact_id = :id ORDER BY duplicate.id", id: id) {
            standing.duplicates.append($0)
        }
    }

    private static func attempts(_ db: Database, contact: Int64, phone: PhoneNumber) throws -> [AttemptRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT number, instance.name, started_at, ended_at, outcome, http_status, error, zaap_id, message_id,
                    latency_ms
                FROM attempt JOIN instance ON instance.id = attempt.instance_id
                WHERE contact_id = :contact ORDER BY number
                """,
            arguments: ["contact": contact]
        ).map { try StoredValue.attempt($0, from: 0, of: phone) }
    }

    private static func elsewhere(
        _ db: Database, number: PhoneNumber, besides campaign: Int64
    ) throws -> [OtherStanding] {
        // Once for each campaign: contact_identity and attempt by primary key, contact by row.
        try Row.fetchAll(
            db,
            sql: """
                SELECT campaign.name, contact.state, last.started_at FROM campaign
                CROSS JOIN contact_identity AS known
                    ON known.campaign_id = campaign.id AND known.identity = :identity
                CROSS JOIN contact ON contact.id = known.contact_id
                LEFT JOIN attempt AS last ON last.contact_id = contact.id AND last.number = contact.attempts
                WHERE campaign.id <> :campaign ORDER BY campaign.name
                """,
            arguments: ["identity": number.identity, "campaign": campaign]
        ).map {
            OtherStanding(
                campaign: try $0.decode(atIndex: 0), state: try StoredValue.word($0.decode(atIndex: 1)),
                lastAttemptAt: StoredValue.moment(try $0.decode(atIndex: 2)))
        }
    }
}
