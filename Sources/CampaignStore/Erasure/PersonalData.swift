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
    /// Contacts of others that have a number of the person in their row: only that goes.
    package var beside = 0
    /// Numbers in the person's rows that others have, too, and keep.
    package var shared = 0
    /// Contacts of others that are played a sound whose address mentions a number of the person: it stays.
    package var sounds = 0
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
    package var isEmpty: Bool { contacts + events + replies + rejected + mentions + beside == 0 && !isBlocked }
}

/// Whose contacts and numbers are a person's.
///
/// A person is everything that is linked with a number, and the contacts that are, or were, called on those; or, if none
/// is, the one in whose row the number stands. The further numbers of these contacts are theirs, too, but for those that
/// others have as well: a family that shares a phone remains as many people as it is.
struct PersonData {
    /// Without those that were forgotten already.
    let numbers: [Int64]
    /// Contacts that are, or were, dialed under one of them, or whose row only the person has.
    private(set) var contacts: [Int64]
    /// Contacts of others that have one of the numbers in their row.
    let beside: [Int64]
    /// Numbers in the person's rows that others have, too.
    let shared: [Int64]

    init(_ db: Database, of number: PhoneNumber) throws {
        let links = try PersonNumbers(db)
        let calls = StoredCalls(db)
        func people(_ numbers: [Int64]) throws -> [Int64] {
            try links.all(of: numbers).filter { !ForgottenNumbers.isHash($0) }
        }
        /// Contacts that have one of these numbers in their row, and were not forgotten.
        func holders(_ numbers: [Int64]) throws -> [Int64] {
            try calls.contacts(of: EventPerson(identities: numbers)).filter { try !Self.isForgotten(db, $0) }
        }
        var known = Set(try people([number.identity]))
        var found = Set(try calls.contacts(dialedAs: EventPerson(identities: known.sorted())))
        if found.isEmpty {
            let holders = try holders(known.sorted())
            let mains = try Set(holders.flatMap { try Self.main(db, $0) })
            let one = try holders.first.map { try people(Self.main(db, $0)) } ?? []
            if mains.isSubset(of: one) { found = Set(holders) }
        }
        while true {
            known.formUnion(try people(found.flatMap { try Self.main(db, $0) }))
            var more = Set(try calls.contacts(dialedAs: EventPerson(identities: known.sorted())))
            // The same row with its cells in another order, or with some left out, as in ``RowOwners``.
            for contact in found {
                let row = try Self.row(db, contact)
                guard row.count > 1 else { continue }
                for other in try holders(row.sorted()) where !found.contains(other) {
                    let others = try Self.row(db, other)
                    if others.count > 1, others.isSubset(of: row) || row.isSubset(of: others) { more.insert(other) }
                }
            }
            guard !found.isSuperset(of: more) else { break }
            found.formUnion(more)
        }
        var shared: Set<Int64> = []
        for contact in found {
            for phone in try ContactPhones.all(db, of: contact)
            where !known.contains(phone.identity) && !ForgottenNumbers.isHash(phone.identity) {
                if found.isSuperset(of: try holders([phone.identity])) {
                    known.insert(phone.identity)
                } else {
                    shared.insert(phone.identity)
                }
            }
        }
        numbers = PersonNumbers.sorted(known)
        contacts = found.sorted()
        beside = try holders(numbers).filter { !found.contains($0) }
        self.shared = shared.sorted()
    }

    /// By row.
    private static func isForgotten(_ db: Database, _ contact: Int64) throws -> Bool {
        let statement = try HotStatement(
            db, "SELECT 1 FROM contact_row WHERE id = ? AND phone >= \(PhoneNumber.forgotten.lowerBound)")
        statement.bind(contact, at: 1)
        return try statement.firstNumber() != nil
    }

    /// All numbers of a contact that has several; none of another one. By primary key.
    private static func row(_ db: Database, _ contact: Int64) throws -> Set<Int64> {
        Set(try ContactPhones.all(db, of: contact).map(\.identity))
    }

    /// The numbers by which a contact is known as a person. By row and primary key.
    private static func main(_ db: Database, _ contact: Int64) throws -> [Int64] {
        let statement = try HotStatement(db, "SELECT identity FROM contact_row WHERE id = ?")
        statement.bind(contact, at: 1)
        guard let identity = try statement.firstNumber() else { return [] }
        return try ContactPhones.all(db, of: contact).known(now: identity)
    }

    mutating func add(contacts more: [Int64]) {
        contacts = Set(contacts).union(more).sorted()
    }

    /// Finds the numbers in texts.
    ///
    /// - Parameter locally: whether they count without their area code, too.
    func mentions(locally: Bool = false) -> NumberMentions {
        NumberMentions(numbers.compactMap(PhoneNumber.init(value:)), locally: locally)
    }

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
            counts.beside = person.beside.count
            counts.shared = person.shared.count
            counts.sounds = traces.sounds
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
