import CampaignCore
import GRDB

/// The numbers that are known to be one person's: phones, and the `@lid`s that they have been seen with.
///
/// A person is everything that is linked, in any number of steps, whichever campaign or event has shown it. What holds
/// for one of the numbers (a block, a hold, a limit, a reply) holds for all.
struct PersonNumbers {
    /// An `@lid` with more phones than this is nobody's: the instance's own, or a placeholder of Z-API's. It would make
    /// one person of many. Whoever changes their number has two phones behind one `@lid`.
    static let mostPhones = 2
    /// A phone with more `@lid`s than this is nobody's: a placeholder. A phone has one after another, as often as it is
    /// registered anew or changes hands.
    static let mostLids = 8
    /// No person has more numbers; the search ends here.
    static let mostNumbers = 16

    private let phones: HotStatement
    private let lids: HotStatement
    /// Nil while no number was forgotten.
    let forgotten: ForgottenNumbers?

    init(_ db: Database) throws {
        // By primary key, and by person_lid_by_identity. One row more than may count.
        phones = try HotStatement(db, "SELECT identity FROM person_lid WHERE lid = ? LIMIT \(Self.mostPhones + 1)")
        lids = try HotStatement(db, "SELECT lid FROM person_lid WHERE identity = ? LIMIT \(Self.mostLids + 1)")
        forgotten = try ForgottenNumbers.isAny(db) ? ForgottenNumbers(db) : nil
    }

    /// Whether any number is linked with another, or was forgotten. Reads the left ends of the tables.
    static func isAny(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT 1 FROM person_lid LIMIT 1").firstNumber() != nil || ForgottenNumbers.isAny(db)
    }

    /// These numbers and all others of the same person, phones first; of those that were forgotten also what stands for
    /// them now, so that what is known of it still counts.
    func all(of numbers: [Int64]) throws -> [Int64] {
        var known = Set(numbers)
        var unread = numbers
        while let number = unread.popLast(), known.count < Self.mostNumbers {
            for other in try links(of: number) where !known.contains(other) {
                // What many have is not this person's.
                guard try !links(of: other).isEmpty else { continue }
                known.insert(other)
                unread.append(other)
            }
        }
        if let forgotten { known.formUnion(try known.compactMap(forgotten.known)) }
        return Self.sorted(known)
    }

    /// Phones first.
    static func sorted(_ numbers: Set<Int64>) -> [Int64] {
        numbers.sorted { ($0 < 0 ? 1 : 0, $0) < ($1 < 0 ? 1 : 0, $1) }
    }

    private func links(of number: Int64) throws -> [Int64] {
        let (statement, most) = number < 0 ? (phones, Self.mostPhones) : (lids, Self.mostLids)
        statement.bind(number, at: 1)
        var linked: [Int64] = []
        while try statement.step() { if let other = statement.number(0) { linked.append(other) } }
        return linked.count > most ? [] : linked
    }

    /// Notes that a phone and an `@lid` are one person.
    ///
    /// - Returns: whether that is news.
    static func link(_ db: Database, _ identity: Int64, lid: Int64) throws -> Bool {
        // By primary key.
        let statement = try HotStatement(
            db, "INSERT INTO person_lid (lid, identity) VALUES (?, ?) ON CONFLICT DO NOTHING")
        statement.bind(lid, at: 1)
        statement.bind(identity, at: 2)
        return try statement.run() > 0
    }
}
