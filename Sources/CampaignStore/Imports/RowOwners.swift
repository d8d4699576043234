import CampaignCore
import GRDB

/// Tells which contact of a campaign a row of a list is, where the campaign was imported into before.
///
/// The first number of a contact's row is that contact. A further number may be others', too: a family shares a phone. But a
/// row with several numbers that all stand in one row already is that one with its cells in another order, or with some left
/// out; the person is not called again on another of them. A row with a single number is a person of its own: if that is
/// being called for somebody else, it stands back (``StandingBack``).
struct RowOwners {
    /// Contacts that are looked at for a number that stands in many rows.
    private static let mostHolders = 16

    private let db: Database
    private let campaign: Int64
    /// Contacts from this one on are the import's own.
    private let firstOwn: Int64
    private let haveSeveral: Bool
    /// Nil while no number was forgotten.
    private let forgotten: ForgottenNumbers?

    init(_ db: Database, campaign: Int64, firstOwn: Int64) throws {
        self.db = db
        self.campaign = campaign
        self.firstOwn = firstOwn
        haveSeveral = try ContactPhones.isAny(db)
        forgotten = try ForgottenNumbers.isAny(db) ? ForgottenNumbers(db) : nil
    }

    /// The contact; nil when the row is a new one.
    ///
    /// - Parameters:
    ///   - identity: that of the row's first number.
    ///   - further: its other numbers; nil when there are none.
    func owner(_ identity: Int64, _ further: [PhoneNumber]?) throws -> Int64? {
        if let holder = try CampaignRows.contact(db, campaign: campaign, identity: identity) {
            guard try isAnother(further ?? [], identity, than: holder) else { return holder }
            return try StandingBack.contact(db, campaign: campaign, identity: identity)
        }
        guard haveSeveral, let further else { return nil }
        let row = Set(further.map(\.identity)).union([identity])
        guard row.count > 1 else { return nil }
        // Whoever is called under one of them.
        for other in try further.flatMap({ try forms(of: $0.identity) }) {
            if let holder = try CampaignRows.contact(db, campaign: campaign, identity: other),
                try isPart(row, ofRowOf: holder)
            {
                return holder
            }
        }
        // If several have all of them, that is what they share.
        let holders = try forms(of: identity).flatMap(holders).filter { try isPart(row, ofRowOf: $0) }
        return holders.count == 1 ? holders.first : nil
    }

    /// A number, and what stands for it where it was forgotten.
    private func forms(of identity: Int64) throws -> [Int64] {
        [identity] + [try forgotten?.known(identity)].compactMap(\.self)
    }

    /// What stands for the number of a contact that was forgotten; nil when it was not. By row.
    func hash(of contact: Int64) throws -> Int64? {
        guard forgotten != nil else { return nil }
        let statement = try HotStatement(
            db, "SELECT phone FROM contact_row WHERE id = ? AND phone >= \(PhoneNumber.forgotten.lowerBound)")
        statement.bind(contact, at: 1)
        return try statement.firstNumber()
    }

    /// Whether a new contact is somebody else than the one that is, or was, called on its number.
    func isAnother(_ contact: Int64, _ identity: Int64, than holder: Int64) throws -> Bool {
        guard haveSeveral else { return false }
        let numbers = try ContactPhones.all(db, of: contact).map { try StoredValue.phone($0.phone) }
        return try isAnother(numbers, identity, than: holder)
    }

    private func isAnother(_ numbers: [PhoneNumber], _ identity: Int64, than holder: Int64) throws -> Bool {
        guard haveSeveral, try ContactPhones.isFurther(db, identity, of: holder) else { return false }
        let row = Set(numbers.map(\.identity)).union([identity])
        return try row.count == 1 || !isPart(row, ofRowOf: holder)
    }

    private func isPart(_ row: Set<Int64>, ofRowOf contact: Int64) throws -> Bool {
        guard contact < firstOwn else { return false }
        let known = Set(try ContactPhones.all(db, of: contact).map(\.identity))
        return try row.allSatisfy { try forms(of: $0).contains(where: known.contains) }
    }

    /// The contacts that have this number in their row; none when they are many.
    private func holders(of identity: Int64) throws -> [Int64] {
        // contact_phone_by_identity, each contact by row.
        let statement = try HotStatement(
            db,
            """
            SELECT named.contact_id, contact.campaign_id FROM contact_phone AS named
            CROSS JOIN contact_row AS contact ON contact.id = named.contact_id
            WHERE named.identity = ?1 LIMIT \(Self.mostHolders + 1)
            """)
        statement.bind(identity, at: 1)
        var (count, holders): (Int, [Int64]) = (0, [])
        while try statement.step() {
            count += 1
            if statement.number(1) == campaign, let contact = statement.number(0) { holders.append(contact) }
        }
        return count > Self.mostHolders ? [] : holders
    }
}
