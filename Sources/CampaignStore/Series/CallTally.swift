import CampaignCore
import GRDB

/// What a transaction adds to the calls over time (``SeriesSchema``).
///
/// Calls are counted where they began. The results of a transaction are added up first, so that it writes once for each
/// minute, campaign and instance.
struct CallTally {
    private struct Place: Hashable {
        var campaign, instance, minute: Int64

        init(campaign: Int64, instance: Int64, startedAt: Int64) {
            (self.campaign, self.instance) = (campaign, instance)
            minute = startedAt.floored(by: 60_000)
        }

        var hour: Int64 { minute.floored(by: 60) * 60 }
    }

    private var sums: [Place: CallSums] = [:]

    /// Counts a call that has ended.
    ///
    /// - Parameter startedAt: when it began, in milliseconds since 1970.
    mutating func add(_ result: AttemptResult, campaign: Int64, instance: Int64, startedAt: Int64) {
        let place = Place(campaign: campaign, instance: instance, startedAt: startedAt)
        sums[place, default: CallSums()] += CallSums(
            result.outcome, latencyMilliseconds: result.latencyMilliseconds)
    }

    /// Writes what was counted.
    func write(_ db: Database) throws {
        for (place, sums) in sums { try Self.add(db, sums, at: place) }
    }

    private static func add(_ db: Database, _ sums: CallSums, at place: Place) throws {
        // Three rows by primary key: of the minute, of the hour and of all time.
        let statement = try HotStatement(db, additionSQL)
        statement.bind([place.campaign, place.instance, place.minute, place.hour] + sums.values)
        try statement.run()
    }

    /// Changes what was counted before. Of an old call the minute may be gone, and stays so.
    private static func change(_ db: Database, by sums: CallSums, at place: Place) throws {
        // By primary key.
        let statement = try HotStatement(db, changeSQL)
        for (span, start) in [(1, place.minute), (60, place.hour), (0, 0)] as [(Int64, Int64)] {
            statement.bind([place.campaign, place.instance, span, start] + sums.values)
            try statement.run()
        }
    }

    private static let additionSQL: String = {
        let columns = CallSums.columns
        let values = columns.indices.map { "?\($0 + 5)" }.joined(separator: ", ")
        return """
            INSERT INTO call_series (campaign_id, span, start, instance_id, \(columns.joined(separator: ", ")))
            VALUES (?1, 1, ?3, ?2, \(values)), (?1, 60, ?4, ?2, \(values)), (?1, 0, 0, ?2, \(values))
            ON CONFLICT (campaign_id, span, start, instance_id)
                DO UPDATE SET \(columns.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", "))
            """
    }()

    private static let changeSQL: String = {
        let columns = CallSums.columns.enumerated().map { place, column in "\(column) = \(column) + ?\(place + 5)" }
        return """
            UPDATE call_series SET \(columns.joined(separator: ", "))
            WHERE campaign_id = ?1 AND span = ?3 AND start = ?4 AND instance_id = ?2
            """
    }()
}

/// What becomes known of single calls: as few as events and doubts are.
extension CallTally {
    private struct Known {
        var place: Place
        var outcome: AttemptOutcome?
        var hasEnded: Bool
    }

    /// Adds what an event has said about a call, and takes back what it had said before.
    static func note(_ db: Database, _ change: CallSums, of attempt: AttemptID) throws {
        guard change != CallSums(), let known = try find(db, attempt) else { return }
        try Self.change(db, by: change, at: known.place)
    }

    /// An interruption has left this call in doubt.
    static func noteInterrupted(_ db: Database, _ attempt: AttemptID) throws {
        guard let known = try find(db, attempt) else { return }
        try add(db, CallSums(.inDoubt, latencyMilliseconds: nil), at: known.place)
    }

    /// This call is about to become an accepted one, because of an event or the provider queue. If it was in doubt, it
    /// stays so in the figures, as one that was settled.
    static func noteAccepted(_ db: Database, _ attempt: AttemptID) throws {
        guard let known = try find(db, attempt), known.outcome != .accepted else { return }
        var change = CallSums()
        switch known.outcome {
        case .inDoubt?: change.settled = 1
        case nil: change[.accepted] = 1
        case .accepted?, .notSent?, .throttled?, .refused?, .misconfigured?, .serverError?:
            if let outcome = known.outcome { change[outcome] -= 1 }
            change[.accepted] += 1
        }
        if known.outcome == nil {
            try add(db, change, at: known.place)
        } else {
            try Self.change(db, by: change, at: known.place)
        }
    }

    /// The result of a call has been found that may be in doubt because of an interruption: that was no outcome, and is
    /// taken back.
    ///
    /// - Returns: whether it was in doubt so.
    static func withdrawDoubt(_ db: Database, of attempt: AttemptID) throws -> Bool {
        guard let known = try find(db, attempt), known.outcome == .inDoubt, !known.hasEnded else { return false }
        var change = CallSums()
        change[.inDoubt] = -1
        try Self.change(db, by: change, at: known.place)
        return true
    }

    private static func find(_ db: Database, _ attempt: AttemptID) throws -> Known? {
        // Both by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT contact.campaign_id, attempt.instance_id, attempt.started_at, attempt.outcome,
                attempt.ended_at IS NOT NULL
            FROM attempt CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
            WHERE attempt.contact_id = ?1 AND attempt.number = ?2
            """)
        statement.bind(attempt.contact, at: 1)
        statement.bind(Int64(attempt.number), at: 2)
        defer { statement.leave() }
        guard try statement.step() else { return nil }
        return Known(
            place: Place(
                campaign: try statement.requiredNumber(0), instance: try statement.requiredNumber(1),
                startedAt: try statement.requiredNumber(2)),
            outcome: try statement.storedText(3).map { try StoredValue.word($0) },
            hasEnded: try statement.requiredNumber(4) == 1)
    }
}

extension CallSums {
    /// The columns of call_series that have figures.
    static let columns =
        AttemptOutcome.allCases.map(\.rawValue)
        + ["settled", "delivered", "answered", "not_answered", "timed", "latency_ms"]

    /// The figures, in the order of the columns.
    var values: [Int64] {
        AttemptOutcome.allCases.map { Int64(self[$0]) }
            + [settled, delivered, answered, notAnswered, timed, latencyMilliseconds].map(Int64.init)
    }

    /// Reads figures whose columns begin at `first`.
    init(_ row: HotStatement, from first: Int32) throws {
        self.init()
        var column = first
        func next() throws -> Int {
            defer { column += 1 }
            return Int(try row.requiredNumber(column))
        }
        for outcome in AttemptOutcome.allCases { self[outcome] = try next() }
        settled = try next()
        delivered = try next()
        answered = try next()
        notAnswered = try next()
        timed = try next()
        latencyMilliseconds = try next()
    }
}
