package import CampaignCore
import GRDB

/// Everything the database knows about one number in a campaign.
package struct ContactDetails: Sendable {
    /// The contact; nil when the campaign has none with this number.
    package var contact: ContactRow?
    /// Where the contact came from; nil when there is none.
    package var origin: ContactOrigin?
    /// The earliest time at which it is dialed; nil unless it is ready.
    package var dueAt: Timestamp?
    /// The calls to the person, in any campaign, that have rung or may have; none unless it is ready.
    package var history = PersonHistory([])
    /// Whether a reply holds the person until somebody has decided about it.
    package var isHeld = false
    /// The time before which its list holds it back; nil when it says none.
    package var notBefore: Timestamp?
    /// The address of its own sound; nil when its list says none.
    package var callAudioURL: String?
    /// How many contacts are ahead of it; nil unless it is ready.
    package var before: Int?
    /// Whether there are more than that: so many are not counted.
    package var isMoreBefore = false
    /// The numbers of its row, where it has several.
    package var numbers: [RowNumber] = []
    /// Its attempts, in order.
    package var attempts: [AttemptRow] = []
    /// The `@lid` of the same person; nil when it is not known.
    package var lid: PhoneNumber?
    /// What webhooks said about the person, in any campaign, in the order of arrival.
    package var events: [EventEntry] = []
    /// What the person replied, in the order of arrival.
    package var replies: [ReplyEntry] = []
    /// List rows that had the number as well.
    package var duplicates: [DuplicateRow] = []
    /// Other campaigns that have the number.
    package var elsewhere: [OtherCampaignContact] = []

    /// A number that the campaign does not have.
    package init() {}
}

/// One of several numbers in a contact's row.
package struct RowNumber: Hashable, Sendable {
    package var phone: PhoneNumber
    /// Why the contact is called on another one instead, or is not called on this one; nil otherwise.
    package var ended: String?
    /// Whether it is the one that is dialed.
    package var isCurrent: Bool
    /// Whether it is on the do-not-call list.
    package var isBlocked: Bool

    /// Whether it is not called when those before it are no use: another campaign had called it recently.
    package var isPassedOver: Bool { ended == ContactPhones.calledRecently }
}

/// Where a contact came from.
package struct ContactOrigin: Hashable, Sendable {
    /// The list's file.
    package var file: String
    /// Its line in the list; nil when it was not stored.
    package var line: Int?
    /// When the list was imported.
    package var importedAt: Timestamp
}

/// A number in another campaign.
package struct OtherCampaignContact: Hashable, Sendable {
    /// The campaign's name.
    package var campaign: String
    /// Its state there.
    package var state: CallState
    /// When it was last dialed there; nil when never.
    package var lastAttemptAt: Timestamp?
}

extension StoreReader {
    /// Everything the database knows about a number, however it is written.
    package func details(of number: PhoneNumber, campaign name: String) throws(StoreError) -> ContactDetails {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            var details = ContactDetails()
            details.elsewhere = try Self.elsewhere(db, number: number, besides: campaign)
            guard let id = try Self.contact(db, campaign: campaign, with: number) else { return details }
            try Self.describe(db, contact: id, campaign: campaign, &details)
            return details
        }
    }

    /// The contact that a number belongs to, also as a further one of its row, or as one that was forgotten.
    static func contact(_ db: Database, campaign: Int64, with number: PhoneNumber) throws -> Int64? {
        try CampaignRows.contact(db, campaign: campaign, identity: number.identity)
            ?? ContactPhones.contact(db, campaign: campaign, identity: number.identity)
            ?? ForgottenNumbers(db).known(number.identity).flatMap {
                try CampaignRows.contact(db, campaign: campaign, identity: $0)
            }
    }

    /// Counting a million contacts would take a quarter of a second.
    private static let mostBefore = 20_000

    private static func describe(
        _ db: Database, contact id: Int64, campaign: Int64, _ details: inout ContactDetails
    ) throws {
        let columns = try ListColumns(db, campaign: campaign)
        let found = try Row.fetchOne(
            db,
            sql: """
                SELECT phone, state, reason, attempts, import_id, own, due_at, contact.line, import.file, imported_at,
                    delivery, delivery_error, answer, answered_at, called_back_at, replied_at, lid, identity,
                    call_audio_url, not_before
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
        contact.delivery = try row.decode(atIndex: 10)
        contact.deliveryError = try row.decode(atIndex: 11)
        contact.answer = try row.decode(String?.self, atIndex: 12).map { try StoredValue.word($0) }
        contact.answeredAt = StoredValue.moment(try row.decode(atIndex: 13))
        contact.calledBackAt = StoredValue.moment(try row.decode(atIndex: 14))
        contact.repliedAt = StoredValue.moment(try row.decode(atIndex: 15))
        let lid: Int64? = try row.decode(atIndex: 16)
        let identity: Int64 = try row.decode(atIndex: 17)
        let persons = try PersonNumbers(db).all(of: [identity] + [lid].compactMap(\.self))
        details.lid = try (lid ?? persons.first { $0 < 0 && $0 != identity }).map { try StoredValue.phone($0) }
        let numbers = try ContactPhones.all(db, of: id)
        details.numbers = try numbers.map { number in
            RowNumber(
                phone: try StoredValue.phone(number.phone), ended: number.ended,
                isCurrent: number.identity == identity, isBlocked: try BlockRows.contains(db, number.identity))
        }
        details.isHeld = try persons.contains { try StopList.hold.stops(db, number: $0) }
        let all = PersonNumbers.sorted(Set(persons).union(numbers.map(\.identity)))
        details.events = try events(db, ofPersons: all)
        details.replies = try replies(db, ofPersons: all)
        details.attempts = try attempts(db, contact: id, phone: phone)
        contact.firstAttemptAt = details.attempts.first?.startedAt
        contact.last = details.attempts.last
        let line: Int = try row.decode(atIndex: 7)
        details.origin = ContactOrigin(
            file: try row.decode(atIndex: 8), line: line > 0 ? line : nil,
            importedAt: Timestamp(milliseconds: try row.decode(atIndex: 9)))
        details.callAudioURL = try row.decode(atIndex: 18)
        details.notBefore = StoredValue.moment(try row.decode(atIndex: 19))
        if contact.state == .ready {
            let dueAt: Int64 = try row.decode(atIndex: 6)
            details.dueAt = Timestamp(milliseconds: dueAt)
            details.history = try PersonCalls(db).history(
                of: PersonNumbers(db).all(of: numbers.known(now: identity) + persons))
            // contact_by_turn, up to the contact's place: the rowid ends each entry.
            details.before = try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM (
                        SELECT 1 FROM contact
                        WHERE campaign_id = :campaign AND state = 'ready' AND (due_at, id) < (:due, :id) LIMIT :limit)
                    """,
                arguments: ["campaign": campaign, "due": dueAt, "id": id, "limit": mostBefore + 1])
            if let before = details.before, before > mostBefore {
                (details.before, details.isMoreBefore) = (mostBefore, true)
            }
        }
        details.contact = contact
        try forEachDuplicate(db, "duplicate.contact_id = :id ORDER BY duplicate.id", id: id) {
            details.duplicates.append($0)
        }
    }

    private static func attempts(_ db: Database, contact: Int64, phone: PhoneNumber) throws -> [AttemptRow] {
        let rows = try HotStatement(
            db,
            """
            SELECT number, instance.name, started_at, ended_at, outcome, http_status, error, zaap_id, message_id,
                latency_ms, delivery, delivery_error, delivered_at, answer, answered_at, dialed.phone
            FROM attempt JOIN instance ON instance.id = attempt.instance_id
            \(ContactPhones.dialed())
            WHERE attempt.contact_id = ? ORDER BY number
            """)
        rows.bind(contact, at: 1)
        defer { rows.leave() }
        var attempts: [AttemptRow] = []
        while try rows.step() {
            let dialed = try rows.storedNumber(15).map(StoredValue.phone)
            attempts.append(try StoredValue.attempt(rows, from: 0, of: dialed ?? phone))
        }
        return attempts
    }

    private static func elsewhere(
        _ db: Database, number: PhoneNumber, besides campaign: Int64
    ) throws -> [OtherCampaignContact] {
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
            OtherCampaignContact(
                campaign: try $0.decode(atIndex: 0), state: try StoredValue.word($0.decode(atIndex: 1)),
                lastAttemptAt: StoredValue.moment(try $0.decode(atIndex: 2)))
        }
    }
}
