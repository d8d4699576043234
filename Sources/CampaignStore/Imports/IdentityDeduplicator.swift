import CampaignCore
import GRDB

/// Inserts the identities of contacts that have just been written, in sorted order, and removes the contacts whose
/// number is already there.
///
/// Inserted as they come, identities would each touch a different page of the index; in order, they fill page after
/// page, like the contacts themselves. So an import of any size only ever appends.
struct IdentityDeduplicator {
    /// Identities per statement.
    private static let rowsPerStatement = 32

    /// What happens to a contact that is not simply kept.
    enum Decision {
        /// Removed: this contact of the same import already has the number.
        case repeated(of: Int64)
        /// Removed: this contact of an earlier import already has the number.
        case alreadyInCampaign(as: Int64)
        /// Removed: another campaign called the number recently, or another one of the row.
        case calledRecently
        /// Kept, but excluded: the number is on the do-not-call list.
        case blocked
        /// Kept, but excluded: another contact is called on the number, one of its further ones.
        case standsBack
    }

    /// An identity, and what happens to the next contact that has it too.
    struct Last {
        var identity: Int64
        var again: Decision
    }

    /// The last identity processed.
    private(set) var last: Last?
    private let db: Database
    private let campaign: Int64
    /// Contacts from this one on are the import's own.
    private let firstOwn: Int64
    private let recent: RecentCalls
    /// Nil while no number is linked with another.
    private let people: PersonNumbers?
    private var blocked: BlockedInOrder
    /// Whether contacts may have further numbers.
    private let haveSeveral: Bool
    private let many: HotStatement
    private let one: HotStatement
    private let duplicates: DuplicateInserter
    private let owners: RowOwners
    /// Of contacts to be removed after all: who has their number.
    private var holders: [Int64: Int64] = [:]
    private var group: [IdentityEntry] = []
    /// Numbers of the group that were on the do-not-call list as hashes.
    private var blockedAgain: Set<Int64> = []
    private var decisions: [(contact: Int64, decision: Decision)] = []

    /// - Parameter last: the last identity processed in the previous transaction; nil for the first one.
    init(_ db: Database, campaign: Int64, firstOwn: Int64, skipsCalledSince: Timestamp?, last: Last?) throws {
        self.db = db
        self.campaign = campaign
        self.firstOwn = firstOwn
        recent = RecentCalls(campaign: campaign, start: skipsCalledSince)
        self.last = last
        people = try PersonNumbers.isAny(db) ? PersonNumbers(db) : nil
        blocked = try BlockedInOrder(db)
        haveSeveral = try ContactPhones.isAny(db)
        duplicates = try DuplicateInserter(db)
        owners = try RowOwners(db, campaign: campaign, firstOwn: firstOwn)
        many = try HotStatement(db, Self.statement(entries: Self.rowsPerStatement))
        one = try HotStatement(db, Self.statement(entries: 1))
        for statement in [many, one] { statement.bind(campaign, at: 1) }
    }

    /// Processes the next entry in order; of several with the same identity the first is kept.
    mutating func take(_ entry: IdentityEntry) throws {
        if let last, last.identity == entry.identity {
            decisions.append((entry.contact, last.again))
            return
        }
        let others = try people?.all(of: [entry.identity]).filter { $0 != entry.identity } ?? []
        if try wasCalledRecently(entry, others) {
            decisions.append((entry.contact, .calledRecently))
            last = Last(identity: entry.identity, again: .calledRecently)
        } else if let holder = try holder(of: others) {
            decisions.append((entry.contact, same(as: holder)))
            last = Last(identity: entry.identity, again: same(as: holder))
        } else {
            if try people?.forgotten?.restoreBlock(db, entry.identity, isDialed: true) == true {
                blockedAgain.insert(entry.identity)
            }
            group.append(entry)
            last = Last(identity: entry.identity, again: .repeated(of: entry.contact))
            if group.count == Self.rowsPerStatement { try enterGroup() }
        }
    }

    /// The contact of the campaign that has one of a person's other numbers.
    private mutating func holder(of others: [Int64]) throws -> Int64? {
        guard !others.isEmpty else { return nil }
        try enterGroup()
        for other in others {
            if let holder = try CampaignRows.contact(db, campaign: campaign, identity: other) { return holder }
        }
        return nil
    }

    /// Inserts the remaining entries.
    ///
    /// - Returns: every contact that is not simply kept.
    mutating func finish() throws -> [(contact: Int64, decision: Decision)] {
        try enterGroup()
        try applyDecisions()
        return decisions
    }

    private mutating func enterGroup() throws {
        if group.count == Self.rowsPerStatement {
            try enter(group[...], many)
        } else {
            for index in group.indices { try enter(group[index...index], one) }
        }
        group.removeAll(keepingCapacity: true)
        blockedAgain.removeAll()
    }

    private mutating func enter(_ entries: ArraySlice<IdentityEntry>, _ statement: HotStatement) throws {
        var parameter: Int32 = 2
        for entry in entries {
            statement.bind(entry.identity, at: parameter)
            statement.bind(entry.contact, at: parameter + 1)
            parameter += 2
        }
        let areAllNew = try statement.run() == entries.count
        for entry in entries {
            let isBlocked = try blocked.contains(entry.identity) || blockedAgain.contains(entry.identity)
            if !areAllNew,
                let holder = try CampaignRows.contact(db, campaign: campaign, identity: entry.identity),
                holder != entry.contact
            {
                try note(entry, heldBy: holder)
            } else if isBlocked {
                decisions.append((entry.contact, .blocked))
            }
        }
    }

    private mutating func note(_ entry: IdentityEntry, heldBy holder: Int64) throws {
        guard try !owners.isAnother(entry.contact, entry.identity, than: holder) else {
            decisions.append((entry.contact, .standsBack))
            return
        }
        let decision = same(as: holder)
        decisions.append((entry.contact, decision))
        holders[entry.contact] = holder
        if last?.identity == entry.identity { last?.again = decision }
    }

    /// What happens to a contact whose number another one has.
    private func same(as holder: Int64) -> Decision {
        holder < firstOwn ? .alreadyInCampaign(as: holder) : .repeated(of: holder)
    }

    private static func statement(entries: Int) -> String {
        let values = (0..<entries).map { "(?1, ?\(2 + 2 * $0), ?\(3 + 2 * $0))" }.joined(separator: ", ")
        // By primary key. Existing rows stay; fewer changes than entries mean that there were some.
        return """
            INSERT INTO contact_identity (campaign_id, identity, contact_id) VALUES \(values) ON CONFLICT DO NOTHING
            """
    }

    /// Whether another campaign may have reached a contact by a number of theirs, or by another one of their row.
    private func wasCalledRecently(_ entry: IdentityEntry, _ others: [Int64]) throws -> Bool {
        guard recent.start != nil else { return false }
        if try ([entry.identity] + others).contains(where: { try recent.contain(db, $0) }) { return true }
        guard haveSeveral else { return false }
        return try ContactPhones.all(db, of: entry.contact).contains { try recent.containAny(db, $0.identity) }
    }

    private mutating func applyDecisions() throws {
        // In table order, so that its pages are touched once.
        decisions.sort { $0.contact < $1.contact }
        for index in decisions.indices {
            // Whom a contact repeats may have turned out to be a repetition itself.
            if case .repeated(let holder) = decisions[index].decision, let known = holders[holder] {
                decisions[index].decision = same(as: known)
            }
            let (contact, decision) = decisions[index]
            switch decision {
            case .repeated(let holder): try remove(contact, holder: holder, .repeated)
            case .alreadyInCampaign(let holder): try remove(contact, holder: holder, .alreadyInCampaign)
            case .calledRecently: try remove(contact, holder: nil, .calledRecently)
            case .blocked: try exclude(contact)
            case .standsBack: try StandingBack.enter(db, contact)
            }
        }
    }

    private func remove(_ contact: Int64, holder: Int64?, _ reason: DuplicateReason) throws {
        // Whoever was forgotten gets none of it back.
        let forgotten = try holder.flatMap(owners.hash(of:))
        if haveSeveral { try removeNumbers(of: contact, holder: forgotten == nil ? holder : nil) }
        let delete = try HotStatement(db, "DELETE FROM contact_row WHERE id = ? RETURNING import_id, line, phone")
        delete.bind(contact, at: 1)
        var row: (list: Int64, line: Int64, phone: Int64)?
        while try delete.step() { row = (delete.number(0) ?? 0, delete.number(1) ?? 0, delete.number(2) ?? 0) }
        guard let row else { return }
        try duplicates.write(list: row.list, line: row.line, phone: forgotten ?? row.phone, contact: holder, reason)
    }

    /// Whoever has the number has the further ones of its row, too.
    private func removeNumbers(of contact: Int64, holder: Int64?) throws {
        let further = try ContactPhones.all(db, of: contact).filter { $0.place > 0 }
        try ContactPhones.remove(db, of: contact)
        guard let holder, !further.isEmpty else { return }
        let numbers = try further.map { try StoredValue.phone($0.phone) }
        guard holder >= firstOwn else { return try PendingNumbers.add(db, numbers, to: holder) }
        _ = try ContactPhones.add(db, numbers, to: holder) { try recent.containAny(db, $0) }
    }

    private func exclude(_ contact: Int64) throws {
        let exclude = try HotStatement(db, "UPDATE contact_row SET state = 'excluded', reason = ?2 WHERE id = ?1")
        exclude.bind(contact, at: 1)
        exclude.bind(ExclusionReason.doNotCall.rawValue, at: 2)
        try exclude.run()
    }
}

/// The identity of a contact that has been written, for sorting: phones first, so that of a phone and its `@lid` the
/// phone is kept.
struct IdentityEntry: Comparable, BitwiseCopyable, Sendable {
    var identity: Int64
    var contact: Int64

    static func < (one: IdentityEntry, other: IdentityEntry) -> Bool {
        (one.identity < 0 ? 1 : 0, one.identity, one.contact)
            < (other.identity < 0 ? 1 : 0, other.identity, other.contact)
    }
}
