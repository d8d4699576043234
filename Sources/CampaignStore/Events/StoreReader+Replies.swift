package import CampaignCore
import GRDB

/// What somebody replied, as it is shown.
package struct ReplyEntry: Hashable, Sendable {
    /// Its number in the database, by which it is decided.
    package var id: Int64
    /// Who wrote it, as the webhook has it; an `@lid` where WhatsApp hides the number.
    package var sender: PhoneNumber
    /// The number that was called last; nil when nobody was, as far as is known.
    package var phone: PhoneNumber?
    /// The campaign that called it; nil when none did.
    package var campaign: String?
    package var receivedAt: Timestamp
    package var form: Reply.Form
    /// What was written; cut off after 2 000 characters.
    package var text: String
    package var level: ReplyLevel
    /// What was recognized; empty when nothing was.
    package var rule: String
    /// What a person decided; nil when nobody has.
    package var decision: Decision?

    /// Whether it waits for a person to decide.
    package var isUndecided: Bool { decision == nil && (level == .review || level == .media) }

    package struct Decision: Hashable, Sendable {
        package var word: ReplyDecision
        package var at: Timestamp
        /// Who decided.
        package var user: String
    }
}

/// Which replies are listed.
package struct ReplyChoice: Hashable, Sendable {
    /// Only those that concern this campaign: it called their writer last, or has a contact whom they hold. Nil means
    /// all.
    package var campaign: String?
    /// Only those that wait for a decision.
    package var isUndecided: Bool
    /// Only those of these people; nil means of all.
    package var people: [PhoneNumber]?
    /// Only those with these numbers in the database; nil means all.
    package var ids: [Int64]?

    package init(campaign: String? = nil, isUndecided: Bool = false) {
        self.campaign = campaign
        self.isUndecided = isUndecided
    }
}

extension StoreReader {
    /// Passes replies to `body`, the latest first.
    package func forEachReply(_ choice: ReplyChoice = ReplyChoice(), _ body: (ReplyEntry) throws -> Void) throws {
        try readStreaming { db in
            let rows = try Row.fetchCursor(
                db, sql: Self.listing(choice, Self.replyColumns) + " ORDER BY reply.id DESC",
                arguments: try Self.replyArguments(db, choice))
            while let row = try rows.next() { try body(try Self.replyEntry(row)) }
        }
    }

    /// How many replies there are.
    package func replyCount(_ choice: ReplyChoice) throws(StoreError) -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: Self.listing(choice, "count(*)"), arguments: try Self.replyArguments(db, choice)) ?? 0
        }
    }

    /// How many waiting contacts of a campaign a reply holds: they are excluded when their turn comes.
    package func heldByReply(campaign: String) throws(StoreError) -> Int {
        try read { db in
            // Few people are held: each contact by row.
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM contact WHERE state = 'ready' AND id IN (
                        \(StopList.hold.contacts(of: ":campaign"))) AND \(StopList.hold.stops("contact.identity"))
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)]) ?? 0
        }
    }

    /// The table from its end, or reply_undecided, reply_by_person, or by primary key; hold_by_reply and
    /// contact_identity by primary key.
    static func listing(_ choice: ReplyChoice, _ columns: String) -> String {
        var conditions = [choice.isUndecided ? ReplyRows.isUndecided : "1"]
        if choice.ids != nil { conditions.append("reply.id IN (SELECT value FROM json_each(:ids))") }
        if choice.people != nil { conditions.append("reply.identity IN (SELECT value FROM json_each(:people))") }
        if choice.campaign != nil {
            conditions.append(
                """
                (contact.campaign_id = :campaign OR EXISTS (
                    SELECT 1 FROM hold CROSS JOIN contact_identity AS known
                        ON known.campaign_id = :campaign AND known.identity = hold.identity
                    WHERE hold.reply_id = reply.id))
                """)
        }
        return "SELECT \(columns) FROM \(tables) WHERE \(conditions.joined(separator: " AND "))"
    }

    static func replyArguments(_ db: Database, _ choice: ReplyChoice) throws -> StatementArguments {
        var arguments: StatementArguments = [:]
        if let ids = choice.ids { arguments += ["ids": StoredValue.json(ids)] }
        if let people = choice.people { arguments += ["people": StoredValue.json(try writers(db, of: people))] }
        if let campaign = choice.campaign { arguments += ["campaign": try CampaignRows.id(db, named: campaign)] }
        return arguments
    }

    /// Under what replies of these people may be found: all their numbers.
    static func writers(_ db: Database, of people: [PhoneNumber]) throws -> [Int64] {
        let numbers = try PersonNumbers(db)
        var identities = Set(people.map(\.identity))
        // By rowid.
        let dialed = try HotStatement(db, "SELECT identity FROM contact_row WHERE id = ?")
        for person in people {
            let person = try EventPerson(db, [person])
            identities.formUnion(person.identities)
            for contact in try StoredCalls(db).contacts(dialedAs: person) {
                dialed.bind(contact, at: 1)
                if let identity = try dialed.firstNumber() {
                    identities.formUnion(try numbers.all(of: [identity]))
                }
            }
        }
        return identities.sorted()
    }

    /// The replies of a person, in the order of their arrival. By reply_by_person.
    static func replies(_ db: Database, ofPersons persons: [Int64]) throws -> [ReplyEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(replyColumns) FROM \(tables)
                WHERE reply.identity IN (SELECT value FROM json_each(:persons)) ORDER BY reply.id
                """,
            arguments: ["persons": StoredValue.json(persons)]
        ).map(replyEntry)
    }

    static let replyColumns = """
        reply.id, reply.phone, ifnull((
                SELECT dialed.phone FROM attempt JOIN contact_phone AS dialed
                    ON dialed.contact_id = attempt.contact_id AND dialed.place = attempt.place
                WHERE attempt.contact_id = contact.id AND attempt.number = contact.attempts), contact.phone),
            campaign.name, reply.received_at, reply.form, reply.text, reply.level,
            reply.rule, reply.decision, reply.decided_at, reply.decided_by
        """

    private static let tables = """
        reply LEFT JOIN contact_row AS contact ON contact.id = reply.contact_id
            LEFT JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id
        """

    static func replyEntry(_ row: Row) throws -> ReplyEntry {
        var entry = ReplyEntry(
            id: try row.decode(atIndex: 0), sender: try StoredValue.phone(row.decode(atIndex: 1)),
            receivedAt: Timestamp(milliseconds: try row.decode(atIndex: 4)),
            form: try StoredValue.word(row.decode(atIndex: 5)), text: try row.decode(atIndex: 6),
            level: try StoredValue.word(row.decode(atIndex: 7)), rule: try row.decode(atIndex: 8))
        entry.phone = try row.decode(Int64?.self, atIndex: 2).map { try StoredValue.phone($0) }
        entry.campaign = try row.decode(atIndex: 3)
        if let word = try row.decode(String?.self, atIndex: 9) {
            entry.decision = ReplyEntry.Decision(
                word: try StoredValue.word(word), at: Timestamp(milliseconds: try row.decode(atIndex: 10)),
                user: try row.decode(atIndex: 11))
        }
        return entry
    }
}
