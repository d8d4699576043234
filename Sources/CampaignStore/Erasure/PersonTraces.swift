import CampaignCore
import GRDB

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
    /// How many contacts of others have a number in the address of the sound that they are played.
    var sounds = 0
    /// Contacts of the person that only their rows tell: they stand back for another contact with the number.
    var contacts: [Int64] = []
    var attempts: [AttemptID] = []
    /// Others on the do-not-call list whose reason mentions a number.
    var blocks: [Int64] = []

    init(_ db: Database, of person: PersonData) throws {
        let functions = [
            Self.function("mentions", person.mentions()),
            Self.function("mentions_locally", person.mentions(locally: true)),
        ]
        for function in functions { db.add(function: function) }
        defer { for function in functions { db.remove(function: function) } }
        let arguments: StatementArguments = [
            "numbers": StoredValue.json(person.numbers), "contacts": StoredValue.json(person.contacts),
        ]
        let isShared = "identity IN (SELECT value FROM json_each(:shared))"
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
                SELECT id, +identity \(isTheirs) OR ifnull(contact_id \(isContact), 0) AND NOT \(isShared) FROM reply
                WHERE +identity \(isTheirs) OR contact_id \(isContact) AND NOT \(isShared) OR mentions(phone)
                    OR mentions(text)
                """, arguments: arguments + ["shared": StoredValue.json(person.shared)])
        {
            if try row.decode(Bool.self, atIndex: 1) {
                replies.append(try row.decode(atIndex: 0))
            } else {
                mentioningReplies.append(try row.decode(atIndex: 0))
            }
        }
        // Lists with the area code in a column of its own, or without any, have rows that are rejected for it.
        rejects = try Int64.fetchAll(
            db, sql: "SELECT id FROM reject WHERE mentions_locally(own) OR mentions_locally(raw)")
        duplicates = try Int64.fetchAll(
            db, sql: "SELECT id FROM duplicate WHERE phone < :hashes AND mentions(phone)",
            arguments: ["hashes": PhoneNumber.forgotten.lowerBound])
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT id, identity \(isTheirs), mentions(own) OR mentions(delivery_error), mentions(call_audio_url)
                FROM contact_row WHERE id NOT \(isContact)
                    AND (identity \(isTheirs) OR mentions(own) OR mentions(call_audio_url) OR mentions(delivery_error))
                """, arguments: arguments)
        {
            if try row.decode(Bool.self, atIndex: 1) {
                contacts.append(try row.decode(atIndex: 0))
                continue
            }
            if try row.decode(Bool?.self, atIndex: 2) == true { rows.append(try row.decode(atIndex: 0)) }
            if try row.decode(Bool?.self, atIndex: 3) == true { sounds += 1 }
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

    private static func function(_ name: String, _ mentions: NumberMentions) -> DatabaseFunction {
        DatabaseFunction(name, argumentCount: 1, pure: true) { values in
            switch values[0].storage {
            case .null, .double: false
            case .int64(let number): mentions.areIn("\(number)".utf8)
            case .string(let text): mentions.areIn(text.utf8)
            case .blob(let bytes): mentions.areIn(bytes)
            }
        }
    }
}
