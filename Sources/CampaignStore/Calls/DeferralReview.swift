import CampaignCore
import GRDB

/// Checks, once per run and whenever the wall clock has been set, the contacts that were deferred: the window may have
/// changed since then, or have been removed, or open sooner or later than when the clock was another.
///
/// It goes through the queue from left to right, piece by piece, whenever no contact is due. If a contact was dialed
/// before, its future turn may also be the wait before a retry, which must be kept. But no retry is as far away as a
/// turn left over from before the clock was set back.
struct DeferralReview {
    /// Maximum number of contacts checked in one transaction.
    static let maxAtOnce = 1000

    /// Smaller changes are corrections by a time service.
    private static let jump = Duration.seconds(10)

    /// Whether the wall clock has been set: a turn may be too early, too, by which a wait would be shown.
    private let movesLater: Bool
    /// Whether every contact has been checked.
    private(set) var isDone = false
    /// How far the review has come: the turn, and the contact among those with the same turn.
    private var reached: (dueAt: Int64, contact: Int64)?

    /// The latest time of a check, on the time scale of turns.
    private var latest = Timestamp.epoch
    /// By how much the wall clock was ahead of that time scale at the last check.
    private var wallAhead: Duration?

    /// The review with which a run begins.
    init() {
        movesLater = false
    }

    /// The review after a change of the clocks, by the clocks of now.
    init(after batch: CommitBatch) {
        movesLater = true
        latest = batch.limitNow
        wallAhead = batch.limitNow.duration(to: batch.now)
    }

    /// Whether turns may be wrong that were right at the last check: their time scale has gone back since, or the wall
    /// clock, by which windows open, has been set.
    mutating func isOutdated(by batch: CommitBatch) -> Bool {
        let ahead = batch.limitNow.duration(to: batch.now)
        let step = wallAhead.map { ahead - $0 } ?? .zero
        defer {
            latest = max(latest, batch.limitNow)
            wallAhead = ahead
        }
        return batch.limitNow.advanced(by: Self.jump) < latest || max(step, .zero - step) > Self.jump
    }

    /// Checks the next piece.
    mutating func reviewNext(
        _ db: Database, _ part: CampaignBatch, in batch: CommitBatch, campaign: Int64
    ) throws {
        let last = reached ?? (batch.limitNow.milliseconds, .max)
        // As two queries: SQLite would search `(due_at, id) > (…)` from the first contact of that turn on, and at night
        // a whole list may have the same turn.
        var piece = try read(db, Self.sameTurn, after: last, campaign: campaign, atMost: Self.maxAtOnce)
        let room = Self.maxAtOnce - piece.count
        if room > 0 { piece += try read(db, Self.laterTurns, after: last, campaign: campaign, atMost: room) }
        reached = piece.last.map { ($0.dueAt, $0.contact) }
        isDone = piece.count < Self.maxAtOnce
        for waiting in piece {
            guard let phone = PhoneNumber(value: waiting.phone) else { continue }
            let opening = HeldBack.opening(of: phone, notBefore: waiting.notBefore, part.gate, at: batch.now)
            let opens = opening.map { batch.turn(atWall: $0) } ?? .epoch
            var turn = opens
            if waiting.attempts > 0 { turn = max(turn, batch.limitNow.advanced(by: part.longestWait)) }
            // The wait before a redial may be longer than any retry.
            if let redialAt = waiting.redialAt { turn = max(turn, Timestamp(milliseconds: redialAt)) }
            if turn.milliseconds < waiting.dueAt {
                try ContactTurn.move(db, waiting.contact, to: turn)
            } else if movesLater, opens > Timestamp(milliseconds: waiting.dueAt).advanced(by: Self.jump) {
                // It would be deferred when its turn comes: what is shown until then is right from now on.
                try ContactTurn.move(db, waiting.contact, to: opens)
            }
        }
    }

    private struct Waiting {
        var contact, phone, attempts, dueAt: Int64
        var notBefore, redialAt: Int64?
    }

    // Both read contact_by_turn from a given place on, and each contact by its row. A contact with a future turn does
    // not belong to an unfinished import.
    private static let sameTurn = """
        SELECT id, phone, attempts, due_at, not_before, redial_at FROM contact_row
        WHERE campaign_id = ?1 AND state = 'ready' AND due_at = ?2 AND id > ?3 ORDER BY id LIMIT ?4
        """
    private static let laterTurns = """
        SELECT id, phone, attempts, due_at, not_before, redial_at FROM contact_row
        WHERE campaign_id = ?1 AND state = 'ready' AND due_at > ?2 AND ?3 IS NOT NULL ORDER BY due_at, id LIMIT ?4
        """

    private func read(
        _ db: Database, _ sql: String, after last: (dueAt: Int64, contact: Int64), campaign: Int64, atMost limit: Int
    ) throws -> [Waiting] {
        let statement = try HotStatement(db, sql)
        statement.bind(campaign, at: 1)
        statement.bind(last.dueAt, at: 2)
        statement.bind(last.contact, at: 3)
        statement.bind(Int64(limit), at: 4)
        var piece: [Waiting] = []
        while try statement.step() {
            piece.append(
                Waiting(
                    contact: statement.number(0) ?? 0, phone: statement.number(1) ?? 0,
                    attempts: statement.number(2) ?? 0, dueAt: statement.number(3) ?? 0,
                    notBefore: statement.number(4), redialAt: statement.number(5)))
        }
        return piece
    }
}
