package import CampaignCore
import GRDB

/// A contact in doubt.
package struct ChosenDoubt: Hashable, Sendable {
    var id: Int64
    /// The number that it has now.
    package var phone: PhoneNumber
    /// The numbers that the calls in doubt dialed: of several in its row, perhaps others.
    package var dialed: [PhoneNumber]
    var attempts: Int
}

/// A number of a contact whose calls in doubt are not, or not only, about it.
package struct DoubtAboutOthers: Hashable, Sendable, Codable {
    /// As it was given.
    package var phone: PhoneNumber
    /// What the calls in doubt dialed.
    package var dialed: [PhoneNumber]
}

/// The doubts of a campaign that are to be resolved.
///
/// What somebody knows of one number says nothing of another: of several in a row, the doubt is chosen by those that its
/// calls dialed, and only by all of them.
package struct ChosenDoubts: Sendable {
    package private(set) var doubts: [ChosenDoubt] = []
    /// The numbers that were given and are not in doubt.
    package private(set) var missed: [PhoneNumber] = []
    /// Of these, the numbers of contacts whose doubt is about others.
    package private(set) var aboutOthers: [DoubtAboutOthers] = []

    init(_ db: Database, campaign: Int64, _ choice: DoubtChoice) throws {
        let calls = DialedInDoubt(db)
        switch choice {
        case .all:
            // contact_by_turn finds the doubts.
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, phone, attempts FROM contact WHERE campaign_id = :campaign AND state = 'in_doubt'
                    ORDER BY id
                    """,
                arguments: ["campaign": campaign])
            while let row = try rows.next() { doubts.append(try Self.doubt(row, calls)) }
        case .matching(let filter):
            try StoredContacts(db, campaign: campaign).forEach(in: [.inDoubt]) { id, contact in
                guard filter.matches(contact) else { return }
                let dialed = try calls.numbers(of: id, now: contact.phone)
                doubts.append(
                    ChosenDoubt(id: id, phone: contact.phone, dialed: dialed, attempts: contact.attempts))
            }
        case .numbers(let numbers):
            try choose(db, campaign: campaign, numbers, calls)
        }
    }

    private mutating func choose(
        _ db: Database, campaign: Int64, _ numbers: [PhoneNumber], _ calls: DialedInDoubt
    ) throws {
        let given = Set(numbers.map(\.identity))
        var known: Set<Int64> = []
        for number in numbers {
            guard let doubt = try Self.doubt(db, campaign: campaign, about: number, calls) else {
                missed.append(number)
                continue
            }
            let isMeant =
                try doubt.dialed.allSatisfy { given.contains($0.identity) } || !calls.haveSeveral(doubt.id)
            guard isMeant else {
                missed.append(number)
                aboutOthers.append(DoubtAboutOthers(phone: number, dialed: doubt.dialed))
                continue
            }
            // A contact may be given in more than one form.
            if known.insert(doubt.id).inserted { doubts.append(doubt) }
        }
    }

    private static func doubt(
        _ db: Database, campaign: Int64, about number: PhoneNumber, _ calls: DialedInDoubt
    ) throws -> ChosenDoubt? {
        // contact_identity by primary key, contact by row.
        guard let id = try CampaignRows.contact(db, campaign: campaign, identity: number.identity) else { return nil }
        let statement = try db.cachedStatement(
            sql: "SELECT id, phone, attempts FROM contact WHERE id = :id AND state = 'in_doubt'")
        return try Row.fetchOne(statement, arguments: ["id": id]).map { try doubt($0, calls) }
    }

    private static func doubt(_ row: Row, _ calls: DialedInDoubt) throws -> ChosenDoubt {
        let id: Int64 = try row.decode(atIndex: 0)
        let phone = try StoredValue.phone(row.decode(atIndex: 1))
        return ChosenDoubt(
            id: id, phone: phone, dialed: try calls.numbers(of: id, now: phone), attempts: try row.decode(atIndex: 2))
    }
}

/// The numbers that the calls in doubt of contacts dialed.
private struct DialedInDoubt {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Whether a contact's row has several numbers. By primary key.
    func haveSeveral(_ contact: Int64) throws -> Bool {
        let statement = try HotStatement(db, "SELECT 1 FROM contact_phone WHERE contact_id = ? LIMIT 1")
        statement.bind(contact, at: 1)
        return try statement.firstNumber() != nil
    }

    /// - Parameter now: the number that the contact has now.
    func numbers(of contact: Int64, now: PhoneNumber) throws -> [PhoneNumber] {
        guard try haveSeveral(contact) else { return [now] }
        // Both by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT dialed.phone FROM attempt
            CROSS JOIN contact_phone AS dialed ON dialed.contact_id = attempt.contact_id AND dialed.place = attempt.place
            WHERE attempt.contact_id = ? AND attempt.number = ?
            """)
        var numbers: [PhoneNumber] = []
        for call in try PastCallRows.calls(db, of: contact).doubts {
            statement.bind(contact, at: 1)
            statement.bind(Int64(call.number), at: 2)
            let number = try statement.firstNumber().map { try StoredValue.phone($0) } ?? now
            if !numbers.contains(number) { numbers.append(number) }
        }
        return numbers.isEmpty ? [now] : numbers
    }
}

extension StoreReader {
    /// The doubts of a campaign that a choice means now.
    package func doubts(campaign: String, _ choice: DoubtChoice) throws(StoreError) -> ChosenDoubts {
        try read { db in try ChosenDoubts(db, campaign: try CampaignRows.id(db, named: campaign), choice) }
    }
}
