import CampaignCore
import GRDB

/// One of several numbers in a contact's row.
struct ContactPhone {
    /// Its place among them: 0 is the list's own number.
    var place: Int64
    var identity: Int64
    var phone: Int64
    /// Why the contact was called on another one instead, or is not called on this one; nil when it was, or may be.
    var ended: String?

    /// Whether the contact was called, or was to be called, on it, and is not any more.
    var isLeftBehind: Bool { ended != nil && ended != ContactPhones.calledRecently }
}

extension [ContactPhone] {
    /// The numbers by which a contact is known as a person: the one that it has now, and those that were left behind.
    /// Further ones may be others' too.
    ///
    /// - Parameter identity: the one that it has now.
    func known(now identity: Int64) -> [Int64] {
        [identity] + filter { $0.isLeftBehind && $0.identity != identity }.map(\.identity)
    }
}

/// The numbers of contacts whose rows had several.
///
/// A further number is the same person's, but it may be others' too: a family shares a phone at home. So two contacts with
/// a number in common are two people, and only the number that a contact is dialed under is in `contact_identity`. Whoever
/// must not be called by one of their numbers is not called by any (``StopList``).
enum ContactPhones {
    /// Why a number is not taken when those before it are no use: another campaign had called it recently when it was
    /// imported (`--skip-called`).
    static let calledRecently = "called_recently"
    /// Why a number is left behind that was being tried when it became known that an earlier one had been reached.
    static let notReached = "not_reached"

    /// Whether any contact has several. Reads the left end of the table.
    static func isAny(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT 1 FROM contact_phone LIMIT 1").firstNumber() != nil
    }

    /// The numbers of a contact, in order; none when it has only one. By primary key.
    static func all(_ db: Database, of contact: Int64) throws -> [ContactPhone] {
        let statement = try HotStatement(
            db, "SELECT place, identity, phone, ended FROM contact_phone WHERE contact_id = ? ORDER BY place")
        statement.bind(contact, at: 1)
        var phones: [ContactPhone] = []
        while try statement.step() {
            guard let place = statement.number(0), let identity = statement.number(1), let phone = statement.number(2)
            else { continue }
            phones.append(
                ContactPhone(place: place, identity: identity, phone: phone, ended: statement.text(3)))
        }
        return phones
    }

    /// Whether a contact has a number beside the first of its row. By primary key.
    static func isFurther(_ db: Database, _ identity: Int64, of contact: Int64) throws -> Bool {
        let statement = try HotStatement(
            db, "SELECT 1 FROM contact_phone WHERE contact_id = ? AND identity = ? AND place > 0 LIMIT 1")
        statement.bind(contact, at: 1)
        statement.bind(identity, at: 2)
        return try statement.firstNumber() != nil
    }

    /// The first contact of a campaign that has this number beside others in its row. By contact_phone_by_identity, each
    /// contact by row.
    static func contact(_ db: Database, campaign: Int64, identity: Int64) throws -> Int64? {
        let statement = try HotStatement(
            db,
            """
            SELECT contact.id FROM contact_phone AS named CROSS JOIN contact ON contact.id = named.contact_id
            WHERE named.identity = ? AND contact.campaign_id = ? ORDER BY contact.id LIMIT 1
            """)
        statement.bind(identity, at: 1)
        statement.bind(campaign, at: 2)
        return try statement.firstNumber()
    }

    /// Writes the numbers of new contacts that have several.
    ///
    /// - Parameters:
    ///   - kept: the indexes of the rows that have been written, with ids from `firstID` on.
    static func insert(_ db: Database, _ rows: PreparedRows, kept: [Int], firstID: Int64) throws {
        let statement = try HotStatement(
            db, "INSERT INTO contact_phone (contact_id, place, identity, phone) VALUES (?, ?, ?, ?)")
        for (offset, index) in kept.enumerated() {
            guard let further = rows.further[index] else { continue }
            var known: Set<Int64> = []
            for phone in [rows.contacts[index].phone] + further where known.insert(phone.identity).inserted {
                statement.bind(firstID + Int64(offset), at: 1)
                statement.bind(Int64(known.count - 1), at: 2)
                statement.bind(phone.identity, at: 3)
                statement.bind(phone.value, at: 4)
                try statement.run()
            }
        }
    }

    /// Adds numbers to a contact whose number came again with them, after those that it has. One that it has already is not
    /// added.
    ///
    /// - Parameter isCalledRecently: whether a number must not be taken when those before it are no use.
    /// - Returns: whether it has got any.
    static func add(
        _ db: Database, _ numbers: [PhoneNumber], to contact: Int64, isCalledRecently: (Int64) throws -> Bool
    ) throws -> Bool {
        var phones = try all(db, of: contact)
        let isFirst = phones.isEmpty
        if isFirst {
            // By row.
            let own = try HotStatement(db, "SELECT identity, phone FROM contact_row WHERE id = ?")
            own.bind(contact, at: 1)
            defer { own.leave() }
            guard try own.step(), let identity = own.number(0), let phone = own.number(1) else { return false }
            phones.append(ContactPhone(place: 0, identity: identity, phone: phone, ended: nil))
        }
        let known = phones.count
        for number in numbers where !phones.contains(where: { $0.identity == number.identity }) {
            phones.append(
                ContactPhone(
                    place: (phones.last?.place ?? -1) + 1, identity: number.identity, phone: number.value,
                    ended: try isCalledRecently(number.identity) ? calledRecently : nil))
        }
        guard phones.count > known else { return false }
        let insert = try HotStatement(
            db, "INSERT INTO contact_phone (contact_id, place, identity, phone, ended) VALUES (?, ?, ?, ?, ?)")
        for phone in phones.dropFirst(isFirst ? 0 : known) {
            insert.bind(contact, at: 1)
            insert.bind(phone.place, at: 2)
            insert.bind(phone.identity, at: 3)
            insert.bind(phone.phone, at: 4)
            insert.bind(phone.ended, at: 5)
            try insert.run()
        }
        return true
    }

    /// Puts the numbers of these contacts on the do-not-call list that are there as hashes of forgotten numbers.
    static func restoreBlocks(_ db: Database, ofContacts contacts: Range<Int64>) throws {
        guard try ForgottenNumbers.isAny(db) else { return }
        // By primary key.
        let statement = try HotStatement(
            db, "SELECT identity FROM contact_phone WHERE contact_id >= ? AND contact_id < ? AND place > 0")
        statement.bind(contacts.lowerBound, at: 1)
        statement.bind(contacts.upperBound, at: 2)
        var identities: [Int64] = []
        while try statement.step() { if let identity = statement.number(0) { identities.append(identity) } }
        try ForgottenNumbers.restoreBlocks(db, identities)
    }

    /// By primary key.
    static func remove(_ db: Database, of contact: Int64) throws {
        let statement = try HotStatement(db, "DELETE FROM contact_phone WHERE contact_id = ?")
        statement.bind(contact, at: 1)
        try statement.run()
    }

    /// All numbers that stand in a row with one of these, these included.
    static func besides(_ db: Database, _ identities: [Int64]) throws -> [Int64] {
        // contact_phone_by_identity; then by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT other.identity FROM contact_phone AS named
            CROSS JOIN contact_phone AS other ON other.contact_id = named.contact_id WHERE named.identity = ?
            """)
        var all = Set(identities)
        for identity in identities {
            statement.bind(identity, at: 1)
            while try statement.step() { if let other = statement.number(0) { all.insert(other) } }
        }
        return PersonNumbers.sorted(all)
    }

    /// SQL: the contacts whose turn a stop of this number may end, whatever their campaign; see ``StopList``. Some of them
    /// more than once. By contact_identity's primary key once for each campaign, and by contact_phone_by_identity.
    static func contacts(concernedBy number: String) -> String {
        """
        SELECT known.contact_id FROM campaign_row AS campaign
        CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = \(number)
        UNION ALL
        SELECT contact_id FROM contact_phone WHERE identity = \(number)
        UNION ALL
        SELECT dialed.id FROM contact_phone AS named
        CROSS JOIN contact_phone AS other ON other.contact_id = named.contact_id
        CROSS JOIN campaign_row AS campaign
        CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = other.identity
        CROSS JOIN contact_row AS dialed ON dialed.id = known.contact_id AND dialed.identity = other.identity
        WHERE named.identity = \(number)
        """
    }

    /// SQL condition: `attempt` dialed the number that its contact is known by in `known`, a row of contact_identity. By
    /// primary key.
    static let dialedKnown = """
        iif(attempt.place IS NULL,
            NOT EXISTS (SELECT 1 FROM contact_phone AS former WHERE former.contact_id = known.contact_id
                AND former.identity = known.identity AND former.ended IS NOT NULL),
            EXISTS (SELECT 1 FROM contact_phone AS former WHERE former.contact_id = known.contact_id
                AND former.place = attempt.place AND former.identity = known.identity))
        """

    /// SQL: the contact, if its row has several numbers, or else NULL. By primary key.
    static func several(_ contact: String) -> String {
        "(SELECT contact_id FROM contact_phone WHERE contact_id = \(contact) LIMIT 1)"
    }

    /// SQL condition: Z-API may have gone on to the number that an attempt dialed, or has said something about it.
    static func mayHaveReachedIt(_ attempt: String) -> String {
        "ifnull(\(attempt).outcome, '') NOT IN ('not_sent', 'throttled', 'misconfigured')"
    }

    /// SQL: joins the number that an attempt dialed, where its contact has another by now. By primary key.
    static func dialed(by attempt: String = "attempt") -> String {
        "LEFT JOIN contact_phone AS dialed ON dialed.contact_id = \(attempt).contact_id AND dialed.place = \(attempt).place"
    }
}
