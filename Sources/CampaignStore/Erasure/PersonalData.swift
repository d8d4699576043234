package import CampaignCore
import GRDB

/// How much is known of a person.
package struct PersonalDataCounts: Hashable, Sendable, Codable {
    /// Numbers of the person, that asked for included.
    package var numbers = 0
    package var contacts = 0
    package var calls = 0
    package var events = 0
    package var replies = 0
    /// Rejected rows that have a number of the person.
    package var rejected = 0
    /// Rows of other contacts, texts and errors that mention a number of the person.
    package var mentions = 0
    /// The campaigns of the contacts, by name.
    package var campaigns: [String] = []
    /// Whether the person must not be called.
    package var isBlocked = false
    /// Whether a contact waits to be called, or may have been.
    package var isOpen = false
    /// Whether a call is under way.
    package var isDialing = false

    package init() {}

    /// Whether there is anything.
    package var isEmpty: Bool { contacts + events + replies + rejected + mentions == 0 && !isBlocked }
}

/// Whose contacts and numbers are a person's.
///
/// A person is everything that is linked with a number, and the numbers that stand beside those in a row.
struct PersonData {
    /// Without those that were forgotten already.
    let numbers: [Int64]
    /// Contacts that are, or were, dialed under one of them, or have it in their row.
    private(set) var contacts: [Int64]

    init(_ db: Database, of number: PhoneNumber) throws {
        let people = try PersonNumbers(db)
        let beside = try ContactPhones.besides(db, people.all(of: [number.identity]))
        let all = try people.all(of: beside)
        numbers = all.filter { !ForgottenNumbers.isHash($0) }
        contacts = try StoredCalls(db).contacts(of: EventPerson(identities: numbers))
    }

    mutating func add(contacts more: [Int64]) {
        contacts = Set(contacts).union(more).sorted()
    }

    /// Finds the numbers in texts.
    var mentions: NumberMentions { NumberMentions(numbers.compactMap(PhoneNumber.init(value:))) }

    /// Whether one of the contacts is being called. By rows.
    func isDialing(_ db: Database) throws -> Bool { try has(db, "state = 'dialing'") }

    /// Whether one of them waits to be called, or may have been, or waits for a decision about a reply.
    func isOpen(_ db: Database) throws -> Bool {
        try has(db, "state = 'ready' OR state = 'in_doubt' OR state = 'excluded' AND reason = 'held'")
    }

    /// Whether the person must not be called, also as somebody who was forgotten before.
    func isBlocked(_ db: Database) throws -> Bool {
        let forgotten = try ForgottenNumbers(db)
        return try numbers.contains { number in
            try StopList.allCases.contains { try $0.stops(db, number: number) }
                || BlockRows.contains(db, forgotten.hash(of: number))
        }
    }

    private func has(_ db: Database, _ condition: String) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM contact_row
                    WHERE id IN (SELECT value FROM json_each(:contacts)) AND (\(condition)))
                """, arguments: ["contacts": StoredValue.json(contacts)]) ?? false
    }
}

/// Everything outside a person's contacts that is about them, or mentions a number of theirs: found by reading all tables
/// with texts from end to end.
struct PersonTraces {
    var events: [Int64] = []
    var replies: [Int64] = []
    /// Replies of others that mention a number.
    var mentioningReplies: [Int64] = []
    var rejects: [Int64] = []
    var duplicates: [Int64] = []
    /// Contacts of others.
    var rows: [Int64] = []
    /// Contacts of the person that only their rows tell: they stand back for another contact with the number.
    var contacts: [Int64] = []
    var attempts: [AttemptID] = []
    /// Others on the do-not-call list whose reason mentions a number.
    var blocks: [Int64] = []

    init(_ db: Database, of person: PersonData) throws {
        let mentions = person.mentions
        let function = DatabaseFunction("mentions", argumentCount: 1, pure: true) { values in
            switch values[0].storage {
            case .null, .double: false
            case .int64(let number): mentions.areIn("\(number)".utf8)
            case .string(let text): mentions.areIn(text.utf8)
            case .blob(let bytes): mentions.areIn(bytes)
            }
        }
        db.add(function: function)
        defer { db.remove(function: function) }
        let arguments: StatementArguments = [
            "numbers": StoredValue.json(person.numbers), "contacts": StoredValue.json(person.contacts),
        ]
        let isTheirs = "IN (SELECT value FROM json_each(:numbers))"
        let isContact = "IN (SELECT value FROM json_each(:contacts))"
        // `:contacts` in every statement, so that all take the same arguments. Each table once, in its own order.
        events = try Int64.fetchAll(
            db,
            sql: """
                SELECT event.id FROM event LEFT JOIN event_body AS body ON body.event_id = event.id
                LEFT JOIN parked_event AS parked ON parked.event_id = event.id
                WHERE +event.person \(isTheirs) OR +event.contact_id \(isContact) OR mentions(event.key)
                    OR mentions(body.body) OR mentions(parked.event)
                """, arguments: arguments)
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT id, +identity \(isTheirs) OR ifnull(contact_id \(isContact), 0) FROM reply
                WHERE +identity \(isTheirs) OR contact_id \(isContact) OR mentions(phone) OR mentions(text)
                """, arguments: arguments)
        {
            if try row.decode(Bool.self, atIndex: 1) {
                replies.append(try row.decode(atIndex: 0))
            } else {
                mentioningReplies.append(try row.decode(atIndex: 0))
            }
        }
        rejects = try Int64.fetchAll(db, sql: "SELECT id FROM reject WHERE mentions(own) OR mentions(raw)")
        duplicates = try Int64.fetchAll(
            db, sql: "SELECT id FROM duplicate WHERE phone < :hashes AND mentions(phone)",
            arguments: ["hashes": PhoneNumber.forgotten.lowerBound])
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT id, identity \(isTheirs) FROM contact_row WHERE id NOT \(isContact)
                    AND (identity \(isTheirs) OR mentions(own) OR mentions(call_audio_url) OR mentions(delivery_error))
                """, arguments: arguments)
        {
            if try row.decode(Bool.self, atIndex: 1) {
                contacts.append(try row.decode(atIndex: 0))
            } else {
                rows.append(try row.decode(atIndex: 0))
            }
        }
        blocks = try Int64.fetchAll(
            db,
            sql: """
                SELECT identity FROM block WHERE reason <> '' AND mentions(reason)
                    AND identity NOT IN (SELECT value FROM json_each(:numbers))
                """, arguments: ["numbers": StoredValue.json(person.numbers)])
        attempts = try Row.fetchAll(
            db,
            sql: """
                SELECT contact_id, number FROM attempt WHERE (error IS NOT NULL OR delivery_error IS NOT NULL)
                    AND contact_id NOT IN (SELECT value FROM json_each(:contacts))
                    AND (mentions(error) OR mentions(delivery_error))
                """, arguments: ["contacts": StoredValue.json(person.contacts)]
        ).map { AttemptID(contact: try $0.decode(atIndex: 0), number: try $0.decode(atIndex: 1)) }
    }
}

extension StoreReader {
    /// What is known of a person, by any number of theirs. Takes as long as reading the whole database.
    package func personalData(of number: PhoneNumber) throws(StoreError) -> PersonalDataCounts {
        try read { db in
            var person = try PersonData(db, of: number)
            let traces = try PersonTraces(db, of: person)
            person.add(contacts: traces.contacts)
            var counts = PersonalDataCounts()
            counts.numbers = person.numbers.count
            counts.contacts = person.contacts.count
            counts.events = traces.events.count
            counts.replies = traces.replies.count
            counts.rejected = traces.rejects.count
            counts.mentions =
                traces.rows.count + traces.mentioningReplies.count
                + traces.attempts.count + traces.blocks.count
            let contacts = StoredValue.json(person.contacts)
            counts.calls =
                try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM attempt WHERE contact_id IN (SELECT value FROM json_each(:contacts))",
                    arguments: ["contacts": contacts]) ?? 0
            counts.campaigns = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM campaign WHERE id IN (
                        SELECT campaign_id FROM contact_row WHERE id IN (SELECT value FROM json_each(:contacts)))
                    ORDER BY name
                    """, arguments: ["contacts": contacts])
            counts.isBlocked = try person.isBlocked(db)
            counts.isOpen = try person.isOpen(db)
            counts.isDialing = try person.isDialing(db)
            return counts
        }
    }
}
