package import CampaignCore
import Foundation
import GRDB

/// What was forgotten of a person.
package struct ForgottenPerson: Hashable, Sendable, Codable {
    package var counts = PersonalDataCounts()
    /// Whether the person is on the do-not-call list, as a hash.
    package var isBlocked = false
    /// Whether bytes of it may still be in unused parts of the file, until nothing is dialed any more.
    package var hasTraces = false
}

extension CampaignStore {
    /// Forgets a person, by any number of theirs, in all campaigns: everything about them is removed, and hashes stand in
    /// place of their numbers.
    ///
    /// Whoever must not be called stays on the do-not-call list, as a hash; so does whoever waits to be called or may have
    /// been. If this is interrupted, calling it again does the rest. Files of rejected rows that mention the person are
    /// marked until ``endErasing(_:of:)``.
    ///
    /// - Parameter blocks: whether the person is not to be called in any case.
    /// - Throws: ``ErasureError/beingCalled``, or ``StoreError``.
    package func forget(_ number: PhoneNumber, blocks: Bool, now: Timestamp) async throws -> ForgottenPerson {
        // What an import is about to make visible is to be forgotten, too.
        await waitForImports()
        try await beginErasing()
        // While it is known which numbers the person has.
        let files = try await readSnapshot { db in
            try MarkedFileRows.rejects(db, mentioning: PersonData(db, of: number).mentions(locally: true))
        }
        let isBlocked = try await transaction { [blockFeed] db in
            let person = try PersonData(db, of: number)
            guard try !person.isDialing(db) else { throw ErasureError.beingCalled }
            let isBlocked = try blocks || person.isOpen(db) || person.isBlocked(db)
            try ContactEraser.begin(db)
            try MarkedFileRows.mark(db, rejects: files)
            // First of all, so that nobody is called from now on whatever happens.
            if isBlocked { try ReplyRows(db, blockFeed).block(person.numbers, ContactEraser.reason, at: now) }
            return isBlocked
        }
        let traces = try await readSnapshot { db in try PersonTraces(db, of: PersonData(db, of: number)) }
        var counts = PersonalDataCounts()
        counts.events = try await erase(traces.events, number) { eraser, _, event in try eraser.erase(event: event) }
        counts.replies = try await erase(traces.replies, number) { eraser, _, reply in try eraser.erase(reply: reply) }
        counts.rejected = try await erase(traces.rejects, number) { _, text, row in try text.erase(reject: row) }
        _ = try await erase(traces.duplicates, number) { _, text, row in try text.erase(duplicate: row) }
        counts.mentions = try await erase(traces.rows, number) { _, text, row in try text.erase(cellsOf: row) }
        counts.mentions += try await erase(traces.mentioningReplies, number) { _, text, row in
            try text.erase(textOf: row)
        }
        counts.mentions += try await erase(traces.blocks, number) { _, text, identity in
            try text.erase(reasonOf: identity)
        }
        for attempt in traces.attempts {
            try await writeSlice { db in try TextEraser(db, number).erase(errorOf: attempt) }
            counts.mentions += 1
        }
        counts.sounds = traces.sounds
        let found = counts
        counts = try await transaction { db in
            var person = try PersonData(db, of: number)
            person.add(contacts: traces.contacts)
            guard try !person.isDialing(db) else { throw ErasureError.beingCalled }
            return try Self.forget(db, person, isBlocked: isBlocked, found, now: now)
        }
        return ForgottenPerson(counts: counts, isBlocked: isBlocked, hasTraces: try await !removeTraces())
    }

    private static func forget(
        _ db: Database, _ person: PersonData, isBlocked: Bool, _ found: PersonalDataCounts, now: Timestamp
    ) throws -> PersonalDataCounts {
        var counts = found
        let eraser = try ContactEraser(db, at: now)
        counts.numbers = person.numbers.count
        counts.contacts = person.contacts.count
        counts.beside = person.beside.count
        counts.shared = person.shared.count
        let contacts = StoredValue.json(person.contacts)
        counts.campaigns = try String.fetchAll(
            db,
            sql: """
                SELECT name FROM campaign WHERE id IN (
                    SELECT campaign_id FROM contact_row WHERE id IN (SELECT value FROM json_each(:contacts)))
                ORDER BY name
                """, arguments: ["contacts": contacts])
        counts.calls =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM attempt WHERE contact_id IN (SELECT value FROM json_each(:contacts))",
                arguments: ["contacts": contacts]) ?? 0
        try TextEraser(db, person.mentions()).eraseReasons()
        for contact in person.contacts { _ = try eraser.erase(contact) }
        for contact in person.beside { try eraser.erase(person.numbers, besideThoseOf: contact) }
        for number in person.numbers {
            try eraser.erase(number: number, before: nil)
            if isBlocked { try eraser.hashBlock(number, before: nil) }
            _ = try eraser.forgotten.enter(db, number, at: now)
        }
        return counts
    }

    /// Erases rows in slices.
    private func erase(
        _ rows: [Int64], _ number: PhoneNumber,
        _ body: @escaping @Sendable (ContactEraser, TextEraser, Int64) throws -> Void
    ) async throws -> Int {
        var rest = rows[...]
        while !rest.isEmpty {
            let slice = rest.prefix(sliceLimits.scattered)
            rest = rest.dropFirst(slice.count)
            try await writeSlice { db in
                let (eraser, text) = try (ContactEraser(db, at: .epoch), TextEraser(db, number))
                for row in slice { try body(eraser, text, row) }
            }
        }
        return rows.count
    }
}

/// Takes the mentions of a person's numbers out of rows that are others', and rejected rows out altogether.
private struct TextEraser {
    private let db: Database
    private let mentions: NumberMentions
    private let forgotten: ForgottenNumbers

    init(_ db: Database, _ number: PhoneNumber) throws {
        try self.init(db, PersonData(db, of: number).mentions())
    }

    init(_ db: Database, _ mentions: NumberMentions) throws {
        self.db = db
        self.mentions = mentions
        forgotten = try ForgottenNumbers(db)
    }

    func erase(reject row: Int64) throws {
        try db.execute(
            sql: "UPDATE reject SET raw = x'', own = '[]', suggestion = '' WHERE id = :row", arguments: ["row": row])
    }

    func erase(duplicate row: Int64) throws {
        let phone = try Int64.fetchOne(db, sql: "SELECT phone FROM duplicate WHERE id = :row", arguments: ["row": row])
        guard let phone else { return }
        let hash = forgotten.hash(of: try StoredValue.phone(phone).identity)
        try db.execute(
            sql: "UPDATE duplicate SET phone = :hash WHERE id = :row", arguments: ["hash": hash, "row": row])
    }

    /// Empties the cells that mention a number. The address of a sound stays: somebody is called with it.
    func erase(cellsOf contact: Int64) throws {
        let own = try String.fetchOne(
            db, sql: "SELECT own FROM contact_row WHERE id = :contact", arguments: ["contact": contact])
        guard let own else { return }
        let cells = try ListColumns.cells(own).map { mentions.areIn($0.utf8) ? "" : $0 }
        let hasError = try mention("delivery_error", contact)
        try db.execute(
            sql: """
                UPDATE contact_row SET own = :own, delivery_error = iif(:error, NULL, delivery_error)
                WHERE id = :contact
                """,
            arguments: [
                "own": String(decoding: try JSONEncoder().encode(cells), as: UTF8.self), "contact": contact,
                "error": hasError,
            ])
        try db.execute(
            sql: "UPDATE attempt SET delivery_error = NULL WHERE contact_id = :contact AND :error",
            arguments: ["contact": contact, "error": hasError])
    }

    private func mention(_ column: String, _ contact: Int64) throws -> Bool {
        try String.fetchOne(db, sql: "SELECT \(column) FROM contact_row WHERE id = ?", arguments: [contact])
            .map { mentions.areIn($0.utf8) } ?? false
    }

    func erase(textOf reply: Int64) throws {
        try db.execute(sql: "UPDATE reply SET text = '' WHERE id = :reply", arguments: ["reply": reply])
    }

    func erase(errorOf attempt: AttemptID) throws {
        try db.execute(
            sql: """
                UPDATE attempt SET error = NULL, delivery_error = NULL
                WHERE contact_id = :contact AND number = :number
                """, arguments: ["contact": attempt.contact, "number": attempt.number])
        try db.execute(
            sql: "UPDATE contact_row SET delivery_error = NULL WHERE id = :contact",
            arguments: ["contact": attempt.contact])
        // What the contact shows is that of a call: all of them, or it would show what none has.
        try db.execute(
            sql: "UPDATE attempt SET delivery_error = NULL WHERE contact_id = :contact",
            arguments: ["contact": attempt.contact])
    }

    /// The reason of somebody else on the do-not-call list.
    func erase(reasonOf identity: Int64) throws {
        try db.execute(
            sql: "UPDATE block SET reason = '' WHERE identity = :identity", arguments: ["identity": identity])
    }

    /// The reasons of campaigns and instances. A few rows.
    func eraseReasons() throws {
        for (table, column) in [
            ("campaign_row", "stopped_because"), ("instance", "condition_reason"),
            ("instance", "quarantine_reason"),
        ] {
            let rows = try Row.fetchCursor(
                db, sql: "SELECT rowid, \(column) FROM \(table) WHERE \(column) <> ''")
            var found: [Int64] = []
            while let row = try rows.next() {
                if mentions.areIn(try row.decode(String.self, atIndex: 1).utf8) {
                    found.append(try row.decode(atIndex: 0))
                }
            }
            try db.execute(
                sql: """
                    UPDATE \(table) SET \(column) = NULL WHERE rowid IN (SELECT value FROM json_each(:rows))
                    """, arguments: ["rows": StoredValue.json(found)])
        }
    }
}
