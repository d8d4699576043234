import CampaignCore
import GRDB

/// Takes out of contacts what is about a person. What counts stays: the state, the calls with their times and results,
/// and the hash of each number.
struct ContactEraser {
    private let db: Database
    private let now: Timestamp
    let forgotten: ForgottenNumbers

    init(_ db: Database, at now: Timestamp) throws {
        self.db = db
        self.now = now
        forgotten = try ForgottenNumbers(db)
    }

    /// What SQLite removes is overwritten from now on, and the file is to be compacted.
    static func begin(_ db: Database) throws {
        try db.execute(sql: "UPDATE erasure SET has_traces = 1 WHERE has_traces = 0")
    }

    /// Takes out everything about a person. One that waits is excluded.
    ///
    /// - Returns: the numbers that it had; none when nothing was left of them.
    func erase(_ contact: Int64) throws -> Set<Int64> {
        // All by row or primary key.
        let read = try HotStatement(db, "SELECT campaign_id, identity, lid FROM contact_row WHERE id = ? AND phone < ?")
        read.bind(contact, at: 1)
        read.bind(PhoneNumber.forgotten.lowerBound, at: 2)
        guard try read.step(), let campaign = read.number(0), let identity = read.number(1) else { return [] }
        let lid = read.number(2)
        read.leave()
        let phones = try ContactPhones.all(db, of: contact)
        // A number that others have, too, is no secret, and stops theirs from being dialed if this person must not be.
        let known = try Set([identity] + phones.map(\.identity)).filter { number in
            try !ForgottenNumbers.isHash(number) && (number == identity || !isOthers(number, than: contact))
        }
        for number in known {
            try rename(number, campaign: campaign, contact)
            // By contact_phone_by_identity: also where it was left to somebody who was forgotten before.
            try run(
                """
                UPDATE contact_phone SET identity = ?1, phone = ?1 WHERE identity = ?2 AND (contact_id = ?3
                    OR (SELECT phone FROM contact_row WHERE id = contact_id) >= ?4)
                """, [forgotten.hash(of: number), number, contact, PhoneNumber.forgotten.lowerBound])
        }
        let hash = forgotten.hash(of: identity)
        try run("DELETE FROM pending_phone WHERE contact_id = ?", [contact])
        try run("DELETE FROM queue_evidence WHERE contact_id = ?", [contact])
        try run("UPDATE duplicate SET phone = ? WHERE contact_id = ?", [hash, contact])
        // Events name a call by its ids: none names this one any more. What is not one of our own words may say anything.
        try run(
            """
            UPDATE attempt SET zaap_id = iif(outcome = 'accepted' OR outcome = 'in_doubt', '', NULL),
                message_id = iif(outcome = 'accepted' OR outcome = 'in_doubt', '', NULL), delivery_error = NULL,
                error = iif(error IN (\(Self.ownErrors)), error, NULL)
            WHERE contact_id = ?
            """, [contact])
        try run(
            """
            UPDATE contact_row SET identity = ?1, phone = ?1, own = '[]', line = 0, call_audio_url = NULL,
                not_before = NULL, lid = NULL, delivery_error = NULL,
                due_at = iif(state = 'ready', 0, due_at), redials = redials - (redial_at IS NOT NULL), redial_at = NULL,
                reason = iif(state = 'ready', '\(ExclusionReason.doNotCall.rawValue)', reason),
                state = iif(state = 'ready', 'excluded', state)
            WHERE id = ?2
            """, [hash, contact])
        for event in try numbers("SELECT id FROM event WHERE contact_id = ?", contact) { try erase(event: event) }
        return known.union([lid].compactMap(\.self))
    }

    /// Takes numbers out of the row of somebody else, who keeps the others. By primary keys.
    func erase(_ numbers: [Int64], besideThoseOf contact: Int64) throws {
        for number in numbers {
            let hash = try forgotten.enter(db, number, at: now)
            try run(
                "UPDATE contact_phone SET identity = ?1, phone = ?1 WHERE contact_id = ?2 AND identity = ?3",
                [hash, contact, number])
            let pending = try self.numbers("SELECT phone FROM pending_phone WHERE contact_id = ?", contact)
            for phone in pending where try StoredValue.phone(phone).identity == number {
                try run("DELETE FROM pending_phone WHERE contact_id = ? AND phone = ?", [contact, phone])
            }
        }
    }

    /// Whether somebody else who was not forgotten has a number. By contact_identity once for each campaign, and by
    /// contact_phone_by_identity; each contact by row.
    private func isOthers(_ number: Int64, than contact: Int64) throws -> Bool {
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM campaign_row AS campaign
            CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
            CROSS JOIN contact_row AS other ON other.id = known.contact_id
            WHERE other.id <> ?2 AND other.phone < ?3
            UNION ALL SELECT 1 FROM contact_phone AS named
            CROSS JOIN contact_row AS other ON other.id = named.contact_id
            WHERE named.identity = ?1 AND other.id <> ?2 AND other.phone < ?3
            LIMIT 1
            """)
        statement.bind([number, contact, PhoneNumber.forgotten.lowerBound])
        return try statement.firstNumber() != nil
    }

    /// SQL: the error texts that are our own words, and mean something to us.
    private static let ownErrors =
        "'\(CampaignStore.clearedError.replacing("'", with: "''"))', " + StoredValue.list(DoubtReason.allCases)

    /// The contact is found by what stands for its number from now on.
    private func rename(_ number: Int64, campaign: Int64, _ contact: Int64) throws {
        let hash = try forgotten.enter(db, number, at: now)
        let delete = try HotStatement(
            db, "DELETE FROM contact_identity WHERE campaign_id = ? AND identity = ? AND contact_id = ?")
        delete.bind([campaign, number, contact])
        guard try delete.run() > 0 else { return }
        try run(
            """
            INSERT INTO contact_identity (campaign_id, identity, contact_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
            """, [campaign, hash, contact])
    }

    /// An event with all that it said. By primary keys.
    func erase(event: Int64) throws {
        try ParkedEvents.remove(db, event)
        try run("DELETE FROM event_body WHERE event_id = ?", [event])
        try run("DELETE FROM event WHERE id = ?", [event])
    }

    /// A reply with the holds by it. By primary key; hold_by_reply.
    func erase(reply: Int64) throws {
        try run("DELETE FROM hold WHERE reply_id = ?", [reply])
        try run("DELETE FROM reply WHERE id = ?", [reply])
    }

    // MARK: Numbers

    /// Takes out what is known of a number besides contacts: events, replies, and links with other numbers.
    ///
    /// - Parameter moment: events and replies from then on stay, as do replies that wait for a decision; nil: nothing does.
    /// - Returns: the `@lid`s that were linked with it, and of which nothing is known any more either.
    @discardableResult
    func erase(number: Int64, before moment: Timestamp?) throws -> [Int64] {
        let end = moment?.milliseconds ?? .max
        // event_by_person, reply_by_person.
        let events = try numbers("SELECT id FROM event WHERE person = ? AND received_at < ?", number, end)
        for event in events { try erase(event: event) }
        let replies = try numbers(
            """
            SELECT id FROM reply WHERE identity = ? AND received_at < ? AND (?3 OR NOT \(ReplyRows.isUndecided))
            """, number, end, moment == nil ? 1 : 0)
        for reply in replies { try erase(reply: reply) }
        // By primary key, and by person_lid_by_identity.
        let links = try numbers("SELECT lid FROM person_lid WHERE identity = ?", number)
        try run("DELETE FROM person_lid WHERE lid = ? OR identity = ?1", [number])
        if moment == nil { try run("DELETE FROM hold WHERE identity = ?", [number]) }
        guard moment != nil else { return [] }
        let free = try links.filter(isFree)
        for lid in free { try erase(number: lid, before: moment) }
        return free
    }

    /// Whether no contact has a number any more, and nobody is held by it. By primary keys, and contact_phone_by_identity.
    func isFree(_ number: Int64) throws -> Bool {
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM campaign_row AS campaign
            CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
            UNION ALL SELECT 1 FROM contact_phone WHERE identity = ?1
            UNION ALL SELECT 1 FROM hold WHERE identity = ?1
            UNION ALL SELECT 1 FROM person_lid WHERE lid = ?1
            LIMIT 1
            """)
        statement.bind(number, at: 1)
        return try statement.firstNumber() == nil
    }

    /// Puts the hash of a number on the do-not-call list instead of the number. By primary key.
    ///
    /// - Parameter moment: nil: also a number that is not on it yet, since `now`; otherwise only one that came before.
    func hashBlock(_ number: Int64, before moment: Timestamp?) throws {
        let end = moment?.milliseconds ?? .max
        let hash = try forgotten.enter(db, number, at: now)
        try run(
            """
            INSERT INTO block (identity, phone, reason, blocked_at)
            SELECT ?1, ?1, '\(Self.reason)', min(blocked_at, ?3) FROM block WHERE identity = ?2 AND blocked_at < ?4
            UNION ALL SELECT ?1, ?1, '\(Self.reason)', ?3 WHERE ?5 ORDER BY 4 LIMIT 1
            ON CONFLICT DO NOTHING
            """, [hash, number, now.milliseconds, end, moment == nil ? 1 : 0])
        try run("DELETE FROM block WHERE identity = ? AND blocked_at < ?", [number, end])
    }

    /// Puts what stands for a number on the do-not-call list. By primary key.
    func blockHash(of number: Int64) throws {
        let hash = try forgotten.enter(db, number, at: now)
        try run(
            """
            INSERT INTO block (identity, phone, reason, blocked_at) VALUES (?1, ?1, '\(Self.reason)', ?2)
            ON CONFLICT DO NOTHING
            """, [hash, now.milliseconds])
    }

    /// Takes a number off the do-not-call list that is there as a hash, and as itself only because a list had it again. By
    /// primary key.
    func removeRestoredBlock(_ number: Int64) throws {
        let hash = forgotten.hash(of: number)
        guard hash != number, try StopList.block.stops(db, number: hash) else { return }
        try run("DELETE FROM block WHERE identity = ? AND reason = '\(Self.reason)'", [number])
    }

    /// What the do-not-call list says of those whose own reason was forgotten, too.
    static let reason = "forgotten"

    // MARK: Statements

    private func run(_ sql: String, _ values: [Int64]) throws {
        let statement = try HotStatement(db, sql)
        statement.bind(values)
        try statement.run()
    }

    private func numbers(_ sql: String, _ values: Int64...) throws -> [Int64] {
        let statement = try HotStatement(db, sql)
        statement.bind(values)
        var numbers: [Int64] = []
        while try statement.step() { if let number = statement.number(0) { numbers.append(number) } }
        return numbers
    }
}
