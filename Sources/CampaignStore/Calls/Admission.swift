import CampaignCore
import GRDB

/// Prepares the claims of a campaign: contacts that must not be called are excluded, and those that may not be called
/// yet, because of the hour or because their list holds them back, are deferred until they may.
struct Admission {
    /// Maximum number of contacts that one transaction defers. At night a whole list may have to wait, which is too
    /// long for one transaction.
    static let maxDeferred = 1000
    /// Number of contacts that one transaction excludes before it stops claiming: while a large list is being blocked,
    /// many contacts in a row may be on it.
    static let maxBlocked = 1000
    /// The same for contacts whom a limit per person excludes or defers.
    static let maxLimited = 1000

    /// The claims that the next contacts in the queue may get, one each.
    private(set) var claims: [Int]
    /// Contacts excluded because they are on the do-not-call list, did not answer too often in a row, or have been called
    /// as another contact.
    private(set) var blocked = 0
    /// Contacts that are `accepted` again, as they were: their people are called as other contacts.
    private(set) var withdrawn = 0
    private var limited = 0
    private(set) var deferred = 0
    /// Instances whose phones ring until the window of the next contact closes, with the time at which it opens again.
    private(set) var full: [Int: Timestamp] = [:]
    private let campaign: Int64
    private let part: CampaignBatch
    private let batch: CommitBatch

    /// - Parameter limit: how often one person may be called; nil means that this is not limited.
    init(
        _ db: Database, of part: CampaignBatch, in batch: CommitBatch, campaign: Int64, _ limit: PersonLimit? = nil
    ) throws {
        claims = part.claims
        self.campaign = campaign
        self.part = part
        self.batch = batch
        guard !claims.isEmpty else { return }
        let waits = try part.gate != nil || HeldBack.isAny(db, campaign: campaign, at: batch.now)
        let calls = try PersonCalls(db)
        let isLimited = try limit != nil || calls.areHeard || PersonNumbers.isAny(db)
        guard waits || isLimited else {
            try excludeBlocked(db, among: claims.count)
            return
        }
        var before: Int
        repeat {
            before = blocked + limited + withdrawn
            // Contacts that have moved up into the places of others have not been checked yet.
            if waits {
                let open = try deferredNext(db, claims.count)
                claims = Array(claims.prefix(open))
            }
            if !claims.isEmpty { try excludeBlocked(db, among: claims.count) }
            if isLimited, !claims.isEmpty { try applyLimit(db, calls, limit) }
        } while blocked + limited + withdrawn > before && !claims.isEmpty
    }

    /// Excludes or defers those among the next contacts who have been called too often, or so recently that events of
    /// that call could be mistaken for the next one's, or as another contact of the campaign. If there are too many, the
    /// contacts after them wait for another transaction.
    private mutating func applyLimit(_ db: Database, _ calls: PersonCalls, _ limit: PersonLimit?) throws {
        // The contacts that are called now, by the numbers that they are known by: two of the next ones may be the same
        // person, by a phone and an `@lid`.
        var begins: [Int64: Int64] = [:]
        var left: Set<Int64> = []
        for contact in try next(db, claims.count) where !left.contains(contact.row) {
            let person = try calls.numbers(of: contact.identity, inRow: contact.several)
            let history = try history(of: person, calls, begins)
            let others: Set<Int64>
            switch try ruling(contact, person, calls, begins) {
            case .mayBeCalled(let contacts): others = contacts
            case .hasBeenCalled:
                try leave(db, contact.row)
                continue
            case .waits(let turn):
                let turn = max(turn ?? batch.limitNow, batch.limitNow)
                try postpone(db, contact.row, to: turn.advanced(by: EventRule.span))
                continue
            }
            switch limit.map({ history.ruling($0, at: batch.now) }) ?? .mayBeCalled {
            case .mayBeCalled:
                if let turn = history.turnAfterEvents(in: batch) {
                    try postpone(db, contact.row, to: turn)
                } else {
                    for number in contact.several == nil ? [contact.identity] : person {
                        begins[number] = contact.row
                    }
                    for other in others.sorted() { try leave(db, other) }
                    left.formUnion(others)
                }
            case .waits(let until): try postpone(db, contact.row, to: batch.turn(atWall: until))
            case .unanswered:
                try ContactTurn.exclude(db, contact.row, .unanswered)
                blocked += 1
            }
        }
        if limited + blocked + withdrawn >= Self.maxLimited { claims = [] }
    }

    /// The calls to these numbers, with those that begin now.
    private func history(
        of numbers: [Int64], _ calls: PersonCalls, _ begins: [Int64: Int64]
    ) throws -> PersonHistory {
        let more = Set(numbers.compactMap { begins[$0] }).map { _ in calls.beginning(at: batch.now) }
        return try calls.history(of: numbers, and: more)
    }

    /// Whether a contact may be called whose person may be another contact of the campaign, too.
    private func ruling(
        _ contact: NextContact, _ person: [Int64], _ calls: PersonCalls, _ begins: [Int64: Int64]
    ) throws -> SamePersonRule.Ruling {
        guard person.count > 1 else { return .mayBeCalled(insteadOf: []) }
        if person.contains(where: { begins[$0] != nil }) { return .waits(for: nil) }
        let calls = try calls.calls(to: person, in: campaign)
        return SamePersonRule(contact.row, isRedial: contact.isRedial, calls: calls).ruling
    }

    /// Somebody is not called as this contact.
    private mutating func leave(_ db: Database, _ contact: Int64) throws {
        if try ContactTurn.leave(db, contact) { withdrawn += 1 } else { blocked += 1 }
    }

    private mutating func postpone(_ db: Database, _ contact: Int64, to turn: Timestamp) throws {
        try ContactTurn.move(db, contact, to: turn)
        deferred += 1
        limited += 1
    }

    private struct NextContact {
        var row: Int64
        var identity: Int64
        var isRedial: Bool
        /// The same as `row`, if that has several numbers.
        var several: Int64?
    }

    /// The contacts that the next claims would get.
    private func next(_ db: Database, _ count: Int) throws -> [NextContact] {
        var contacts: [NextContact] = []
        for range in TurnRange.allCases where contacts.count < count {
            // The left end of the range in contact_by_turn, as the claim reads it, and each contact by its row.
            let statement = try HotStatement(
                db,
                """
                SELECT id, identity, redial_at, \(ContactPhones.several("contact_row.id")) FROM contact_row
                WHERE campaign_id = ?1 AND state = 'ready' AND \(range.isDue)
                ORDER BY due_at, id LIMIT ?3
                """)
            statement.bind(campaign, at: 1)
            statement.bind(batch.limitNow.milliseconds, at: 2)
            statement.bind(Int64(count - contacts.count), at: 3)
            while try statement.step() {
                if let row = statement.number(0), let identity = statement.number(1) {
                    contacts.append(
                        NextContact(
                            row: row, identity: identity, isRedial: statement.number(2) != nil,
                            several: statement.number(3)))
                }
            }
        }
        return contacts
    }

    /// Excludes those among the next contacts that are on the do-not-call list. If there are too many, the contacts
    /// after them wait for another transaction.
    private mutating func excludeBlocked(_ db: Database, among count: Int) throws {
        blocked += try BlockRows.excludeNext(
            db, count, limit: Self.maxBlocked - blocked, campaign: campaign, now: batch.limitNow)
        if blocked >= Self.maxBlocked { claims = [] }
    }

    /// Removes the next claims whose phones would ring for this contact only after its window has closed. The contact
    /// keeps its place, for an instance that is free sooner.
    private mutating func leaveOutFull(from next: Int, _ phone: PhoneNumber) {
        while let gate = part.gate, next < claims.count, let wait = part.backlogs[claims[next]],
            let reopens = gate.opening(of: phone, at: batch.now.advanced(by: wait))
        {
            full[claims[next]] = reopens
            claims.remove(at: next)
        }
    }

    /// Defers those of the next contacts that have to wait, until `count` contacts are found that do not.
    ///
    /// - Returns: how many of the contacts that are next now may be dialed; `count` at most.
    private mutating func deferredNext(_ db: Database, _ count: Int) throws -> Int {
        var open = 0
        for range in TurnRange.allCases where open < min(count, claims.count) {
            try deferredNext(db, count, range, &open)
        }
        return open
    }

    private mutating func deferredNext(
        _ db: Database, _ count: Int, _ range: TurnRange, _ open: inout Int
    ) throws {
        // The left end of the range in contact_by_turn, as the claim reads it, and each contact by its row.
        let next = try HotStatement(
            db,
            """
            SELECT id, phone, not_before FROM contact_row WHERE campaign_id = ?1 AND state = 'ready' AND \(range.isDue)
            ORDER BY due_at, id
            """)
        next.bind(campaign, at: 1)
        next.bind(batch.limitNow.milliseconds, at: 2)
        var waiting: [(contact: Int64, opening: Timestamp)] = []
        while open < min(count, claims.count), deferred + waiting.count < Self.maxDeferred, try next.step() {
            guard let contact = next.number(0), let phone = next.number(1).flatMap(PhoneNumber.init(value:)) else {
                next.leave()
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a contact has no phone")
            }
            if let opening = HeldBack.opening(of: phone, notBefore: next.number(2), part.gate, at: batch.now) {
                waiting.append((contact, batch.turn(atWall: opening)))
            } else {
                leaveOutFull(from: open, phone)
                if open < claims.count { open += 1 }
            }
        }
        // The index must not be changed while it is being read.
        next.leave()
        for (contact, opening) in waiting { try ContactTurn.move(db, contact, to: opening) }
        deferred += waiting.count
    }
}
