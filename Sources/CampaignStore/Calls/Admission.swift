import CampaignCore
import GRDB

/// Prepares the claims of a campaign: contacts that must not be called are excluded, and those that may not be called at
/// this hour are deferred until they may.
struct Admission {
    /// Maximum number of contacts that one transaction defers. At night a whole list may have to wait, which is too
    /// long for one transaction.
    static let maxDeferred = 1000
    /// Number of contacts that one transaction excludes before it stops claiming: while a large list is being blocked,
    /// many contacts in a row may be on it.
    static let maxBlocked = 1000

    /// The claims that the next contacts in the queue may get, one each.
    private(set) var claims: [Int]
    /// Contacts excluded because they are on the do-not-call list.
    private(set) var blocked = 0
    private(set) var deferred = 0
    /// Instances whose phones ring until the window of the next contact closes, with the time at which it opens again.
    private(set) var full: [Int: Timestamp] = [:]
    private let campaign: Int64
    private let part: CampaignBatch
    private let batch: CommitBatch

    init(_ db: Database, of part: CampaignBatch, in batch: CommitBatch, campaign: Int64) throws {
        claims = part.claims
        self.campaign = campaign
        self.part = part
        self.batch = batch
        guard !claims.isEmpty else { return }
        guard let gate = part.gate else {
            try excludeBlocked(db, among: claims.count)
            return
        }
        var before: Int
        repeat {
            before = blocked
            // Contacts that have moved up into the places of blocked ones have not been checked yet.
            let open = try deferredNext(db, claims.count, gate)
            claims = Array(claims.prefix(open))
            if open > 0 { try excludeBlocked(db, among: open) }
        } while blocked > before && !claims.isEmpty
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
    private mutating func leaveOutFull(from next: Int, _ phone: PhoneNumber, _ gate: any ClaimGate) {
        while next < claims.count, let wait = part.backlogs[claims[next]],
            let reopens = gate.opening(of: phone, at: batch.now.advanced(by: wait))
        {
            full[claims[next]] = reopens
            claims.remove(at: next)
        }
    }

    /// Defers those of the next contacts that have to wait, until `count` contacts are found that do not.
    ///
    /// - Returns: how many of the contacts that are next now may be dialed; `count` at most.
    private mutating func deferredNext(_ db: Database, _ count: Int, _ gate: any ClaimGate) throws -> Int {
        var open = 0
        for range in TurnRange.allCases where open < min(count, claims.count) {
            try deferredNext(db, count, range, &open, gate)
        }
        return open
    }

    private mutating func deferredNext(
        _ db: Database, _ count: Int, _ range: TurnRange, _ open: inout Int, _ gate: any ClaimGate
    ) throws {
        // The left end of the range in contact_by_turn, as the claim reads it, and each contact by its row.
        let next = try HotStatement(
            db,
            """
            SELECT id, phone FROM contact_row WHERE campaign_id = ?1 AND state = 'ready' AND \(range.isDue)
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
            if let opening = gate.opening(of: phone, at: batch.now) {
                waiting.append((contact, batch.turn(atWall: opening)))
            } else {
                leaveOutFull(from: open, phone, gate)
                if open < claims.count { open += 1 }
            }
        }
        // The index must not be changed while it is being read.
        next.leave()
        for (contact, opening) in waiting { try ContactTurn.move(db, contact, to: opening) }
        deferred += waiting.count
    }
}
