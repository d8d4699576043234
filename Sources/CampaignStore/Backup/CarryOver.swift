import CampaignCore
import Foundation
import GRDB

/// What a copy has been given from the database that it replaces.
package struct CarriedOver: Hashable, Sendable {
    /// Numbers added to the do-not-call list.
    package var blocks = 0
    /// Numbers added to it because they stood beside one of the list in a row that the copy does not have.
    package var blocksBeside = 0
    /// People whom calls may have reached that the copy does not have, and who have been forgotten since: they are on its
    /// do-not-call list, as hashes.
    package var forgottenPeople = 0
    /// Numbers of contacts that had been forgotten, and are back with the copy.
    package var broughtBack = 0
    /// Replies that were added, or whose decision was: opt-outs, and those that wait for a decision.
    package var replies = 0
    /// How many of those hold their writer until somebody decides.
    package var holding = 0
    /// Links between a phone and an `@lid` of the same person.
    package var links = 0
    /// Addresses at which webhooks are accepted.
    package var webhookAddresses = 0
    /// False when some of it could not be read.
    package var isComplete = true
}

extension StoreReader {
    /// Carries over into another database what people want, and where Z-API posts: the do-not-call list, the replies
    /// that it may depend on, holds, links between numbers of a person, and webhook addresses that are newer; also who may
    /// use the dashboard and the API, and who did what.
    ///
    /// That a reply was dismissed is not carried over: its writer may have been called since, and stays held. What cannot
    /// be read is left out, since it may be because of damage that a copy is put in place.
    func carryOver(into path: String, now: Timestamp) throws(StoreError) -> CarriedOver {
        try translatingErrors(path: path) {
            let target = try DatabaseQueue(path: path)
            // The links last: what holds for one number then holds for all.
            let steps: [(inout CarryOver) throws -> Void] = [
                { try $0.carryForgottenNumbers() }, { try $0.carryBlocks() }, { try $0.carryBlocksBeside() },
                { try $0.blockForgotten() }, { try $0.spreadBlocks() },
                { try $0.carryReplies() }, { try $0.carryLinks() }, { try $0.carryWebhookAddresses() },
                { try $0.carryAccess() }, { try $0.carryActions() },
            ]
            let carried = try target.write { copy in
                var carried = CarriedOver()
                for step in steps {
                    // Each in a transaction of its own: one that has met damage cannot be committed.
                    try CarryOver.asFarAsReadable(&carried) { carried in
                        try connection.read { db in
                            var carrying = try CarryOver(from: db, into: copy, now: now, carried)
                            defer { carried = carrying.carried }
                            try step(&carrying)
                        }
                    }
                }
                return carried
            }
            try target.close()
            return carried
        }
    }
}

/// Reads one database and writes another, within a transaction of each.
struct CarryOver {
    var carried: CarriedOver
    let source: Database
    let target: Database
    private let rows: ReplyRows
    private let events: ReplyEvents
    private let people: PersonLinks
    /// Of the copy, which may know more of them.
    private let numbers: PersonNumbers
    private let now: Timestamp

    init(from source: Database, into target: Database, now: Timestamp, _ carried: CarriedOver) throws {
        self.carried = carried
        self.source = source
        self.target = target
        self.now = now
        let feed = BlockFeed()
        rows = ReplyRows(target, feed)
        events = ReplyEvents(target, feed)
        people = PersonLinks(target, feed)
        numbers = try PersonNumbers(target)
    }

    /// Takes a step, as far as the source can be read.
    static func asFarAsReadable(
        _ carried: inout CarriedOver, _ step: (inout CarriedOver) throws -> Void
    ) throws {
        do {
            try step(&carried)
        } catch {
            switch (error as? DatabaseError)?.resultCode {
            case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_READONLY, .SQLITE_CANTOPEN: throw error
            default: carried.isComplete = false
            }
        }
    }

    mutating func carryBlocks() throws {
        let forgotten = try ForgottenNumbers(source)
        let entries = try Row.fetchCursor(source, sql: "SELECT identity, phone, reason, blocked_at FROM block")
        while let entry = try entries.next() {
            let identity: Int64 = try entry.decode(atIndex: 0)
            // It is there as a hash, too, which is enough where no contact has it.
            if try entry.decode(String.self, atIndex: 2) == ContactEraser.reason, !ForgottenNumbers.isHash(identity),
                try BlockRows.contains(source, forgotten.hash(of: identity))
            {
                continue
            }
            if try block(entry, identity, phone: entry.decode(atIndex: 1)) { carried.blocks += 1 }
        }
    }

    /// A block holds for all numbers that the copy knows as the same person's, also where the source does not.
    mutating func spreadBlocks() throws {
        // Once for each linked number: block by primary key.
        let entries = try Row.fetchAll(
            target,
            sql: """
                SELECT identity, phone, reason, blocked_at FROM block
                WHERE identity IN (SELECT identity FROM person_lid UNION SELECT lid FROM person_lid)
                """)
        for entry in entries {
            for other in try numbers.all(of: [entry.decode(atIndex: 0)]) {
                _ = try block(entry, other, phone: other)
            }
        }
    }

    /// - Returns: false when the number is on the list already.
    func block(_ entry: Row, _ identity: Int64, phone: Int64) throws -> Bool {
        guard try insertBlock(entry, identity, phone: phone) else { return false }
        _ = try BlockRows.excludeWaiting(target, identity)
        // As in BlockInserter: claims look only at the number that is dialed.
        for form in try BlockRows.dialedForms(target, of: identity) {
            _ = try insertBlock(entry, form.identity, phone: form.phone)
        }
        return true
    }

    private func insertBlock(_ entry: Row, _ identity: Int64, phone: Int64) throws -> Bool {
        try target.execute(
            sql: """
                INSERT OR IGNORE INTO block (identity, phone, reason, blocked_at)
                VALUES (:identity, :phone, :reason, :since)
                """,
            arguments: [
                "identity": identity, "phone": phone, "reason": try entry.decode(String.self, atIndex: 2),
                "since": try entry.decode(Int64.self, atIndex: 3),
            ])
        return target.changesCount > 0
    }

    // MARK: Replies

    mutating func carryReplies() throws {
        // reply_opt_out, reply_undecided, and hold_by_reply. In the order of their arrival.
        let replies = try Row.fetchCursor(
            source,
            sql: """
                SELECT reply.*, instance.zapi_id, instance.name AS instance_name, \(ReplyRows.isUndecided) AS is_undecided
                FROM reply JOIN instance ON instance.id = reply.instance_id
                WHERE reply.id IN (
                    SELECT id FROM reply WHERE level = 'opt_out' OR decision = 'blocked'
                    UNION SELECT id FROM reply WHERE \(ReplyRows.isUndecided)
                    UNION SELECT reply_id FROM hold)
                ORDER BY reply.id
                """)
        while let reply = try replies.next() {
            // By all numbers that the copy knows as the same person's.
            let held = try numbers.all(
                of: withThoseBeside(
                    Int64.fetchAll(
                        source, sql: "SELECT identity FROM hold WHERE reply_id = ?",
                        arguments: [reply.decode(Int64.self, forColumn: "id")])))
            if let known = try known(reply) {
                try carry(reply, holding: held, onto: known)
            } else {
                let row = try insert(reply)
                carried.replies += 1
                // Whoever was to be called again for want of an answer is not, as when the reply came.
                _ = try events.noteEarlier(of: numbers.all(of: [reply.decode(forColumn: "identity")]))
                if !held.isEmpty {
                    try rows.hold(held, reply: row)
                    carried.holding += 1
                }
            }
        }
    }

    /// The same reply in the copy, under whatever number; nil when it does not have it.
    private func known(_ reply: Row) throws -> (id: Int64, isUndecided: Bool)? {
        // reply_by_person.
        let row = try Row.fetchOne(
            target,
            sql: """
                SELECT reply.id, \(ReplyRows.isUndecided)
                FROM reply JOIN instance ON instance.id = reply.instance_id
                WHERE reply.identity = :identity AND reply.phone = :phone AND reply.received_at = :received_at
                    AND reply.form = :form AND reply.text = :text AND instance.zapi_id = :zapi_id
                """,
            arguments: try arguments(reply, ["identity", "phone", "received_at", "form", "text", "zapi_id"]))
        return try row.map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
    }

    private mutating func carry(_ reply: Row, holding held: [Int64], onto known: (id: Int64, isUndecided: Bool)) throws
    {
        // What was decided in the copy stays.
        guard known.isUndecided else { return }
        if try reply.decode(Bool.self, forColumn: "is_undecided") {
            // Numbers of the person that have become known since.
            try rows.hold(held, reply: known.id)
            return
        }
        guard try reply.decode(String?.self, forColumn: "decision") == ReplyDecision.blocked.rawValue else { return }
        let writer = try rows.identities(
            of: known.id, by: try StoredValue.phone(reply.decode(forColumn: "phone")),
            main: reply.decode(forColumn: "identity"))
        // Somebody who was taken off the list afterwards waits for a decision again, and is not ready by this.
        guard try writer.allSatisfy({ try BlockRows.contains(target, $0) }) else { return }
        var values = try arguments(reply, ["decision", "decided_at", "decided_by"])
        values += ["id": known.id]
        try target.execute(
            sql: """
                UPDATE reply SET decision = :decision, decided_at = :decided_at, decided_by = :decided_by WHERE id = :id
                """,
            arguments: values)
        _ = try rows.release(reply: known.id)
        carried.replies += 1
    }

    /// - Returns: its row, a new one: the copy may have given the same number to another reply.
    private func insert(_ reply: Row) throws -> Int64 {
        var values = try arguments(
            reply,
            [
                "identity", "phone", "received_at", "form", "text", "level", "rule", "decision", "decided_at",
                "decided_by",
            ])
        values += ["instance": try instance(of: reply), "contact": try contact(of: reply)]
        try target.execute(
            sql: """
                INSERT INTO reply (instance_id, identity, phone, contact_id, received_at, form, text, level, rule, decision,
                    decided_at, decided_by)
                VALUES (:instance, :identity, :phone, :contact, :received_at, :form, :text, :level, :rule, :decision,
                    :decided_at, :decided_by)
                """,
            arguments: values)
        return target.lastInsertedRowID
    }

    /// The contact that was called, in the copy; nil when it does not have it.
    private func contact(of reply: Row) throws -> Int64? {
        guard let contact = try reply.decode(Int64?.self, forColumn: "contact_id") else { return nil }
        // Both by primary keys. Of several numbers, the list's own.
        let find = """
            SELECT ifnull(first.identity, contact.identity) FROM contact_row AS contact
            LEFT JOIN contact_phone AS first ON first.contact_id = contact.id AND first.place = 0 WHERE contact.id = ?
            """
        let identity = try Int64.fetchOne(source, sql: find, arguments: [contact])
        let same = try Int64.fetchOne(target, sql: find, arguments: [contact])
        return same == identity && same != nil ? contact : nil
    }

    // MARK: The rest

    mutating func carryLinks() throws {
        let count = "SELECT count(*) FROM person_lid"
        let before = try Int.fetchOne(target, sql: count) ?? 0
        let links = try Row.fetchCursor(source, sql: "SELECT identity, lid FROM person_lid")
        while let link = try links.next() {
            try people.learn(link.decode(atIndex: 0), lid: link.decode(atIndex: 1), at: now)
        }
        carried.links = (try Int.fetchOne(target, sql: count) ?? 0) - before
    }

    /// The instance of a row, in the copy; entered if need be.
    func instance(of row: Row) throws -> Int64 {
        let id: String = try row.decode(forColumn: "zapi_id")
        // By the unique index.
        let known = try Int64.fetchOne(target, sql: "SELECT id FROM instance WHERE zapi_id = ?", arguments: [id])
        return try known ?? CampaignRows.enter(target, instance: id, name: row.decode(forColumn: "instance_name"))
    }

    /// These columns of a row, by their names.
    func arguments(_ row: Row, _ columns: [String]) throws -> StatementArguments {
        var values: [String: (any DatabaseValueConvertible)?] = [:]
        for column in columns { values[column] = try row.decode(DatabaseValue.self, forColumn: column) }
        return StatementArguments(values)
    }
}
