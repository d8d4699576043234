import CampaignCore
import GRDB

/// Counts the calls of a campaign, each read once.
struct CallFigures {
    private let db: Database
    private let attempts: CampaignAttempts

    init(_ db: Database, _ attempts: CampaignAttempts) {
        self.db = db
        self.attempts = attempts
    }

    /// - Parameters:
    ///   - first: when the first of them began.
    ///   - last: when the last one did.
    func add(
        to statistics: inout CampaignStatistics, first: Timestamp, last: Timestamp, utcOffset: (Timestamp) -> Int
    ) throws {
        var series = CallSeries(from: first, to: last, utcOffset: utcOffset(first))
        var instances: [Int64: InstanceFigures] = [:]
        let calls = try HotStatement(
            db,
            """
            SELECT attempt.instance_id, attempt.started_at, attempt.outcome, attempt.latency_ms,
                attempt.delivery IS 'delivered', attempt.answer IS 'answered'
            FROM \(attempts.rows)
            """)
        calls.bind(attempts.numbers)
        while try calls.step() {
            guard let instance = calls.number(0), let started = calls.number(1) else { continue }
            let outcome: AttemptOutcome? = try calls.text(2).map { try StoredValue.word($0) }
            let wasAnswered = calls.number(5) == 1
            let moment = Timestamp(milliseconds: started)
            series.add(at: moment, outcome: outcome, wasAnswered: wasAnswered)
            let quarter = QuarterHourUse.quarter(of: moment)
            statistics.quarters[quarter, default: QuarterCalls()].calls += 1
            if wasAnswered { statistics.quarters[quarter]?.answered += 1 }
            Self.count(
                &instances[instance, default: InstanceFigures(name: "")], outcome, isDelivered: calls.number(4) == 1,
                wasAnswered: wasAnswered)
            guard outcome != nil, let latency = calls.number(3).map(Int.init) else { continue }
            statistics.latency.add(milliseconds: latency)
            instances[instance]?.latency.add(milliseconds: latency)
        }
        statistics.series = series
        statistics.instances = try named(instances)
    }

    private static func count(
        _ figures: inout InstanceFigures, _ outcome: AttemptOutcome?, isDelivered: Bool, wasAnswered: Bool
    ) {
        if let outcome { figures.outcomes[outcome, default: 0] += 1 } else { figures.unfinished += 1 }
        if isDelivered { figures.delivered += 1 }
        if wasAnswered { figures.answered += 1 }
    }

    private func named(_ instances: [Int64: InstanceFigures]) throws -> [InstanceFigures] {
        // By rowid; a campaign has few.
        try instances.map { row, figures in
            var figures = figures
            figures.name =
                try String.fetchOne(db, sql: "SELECT name FROM instance WHERE id = :row", arguments: ["row": row])
                ?? "?"
            return (row, figures)
        }
        .sorted { ($0.1.name, $0.0) < ($1.1.name, $1.0) }.map(\.1)
    }
}
