package import CampaignCore
import GRDB

extension StoreReader {
    /// A chart has room for so many points.
    package static let maxSeriesPoints = 120

    /// The calls of a campaign that have ended, in intervals of equal length by when they began; those without calls, too.
    ///
    /// Reads what is kept, whatever the number of calls. An outcome is told as it was when the call ended.
    ///
    /// - Parameters:
    ///   - from: the beginning of the first interval, cut down to the minute.
    ///   - to: no interval begins at this time, or later.
    ///   - bucket: the length of the intervals, in whole minutes. They are longer where there would be too many of them,
    ///     and whole hours of UTC if they are longer than half an hour, or where the minutes are not kept any more.
    package func series(
        campaign name: String, from: Timestamp, to: Timestamp, bucket: Duration
    ) throws(StoreError) -> [CallSeriesPoint] {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            var grid = SeriesGrid(from: from, to: to, bucket: bucket, maxPoints: Self.maxSeriesPoints)
            if try !grid.isInHours && !Self.hasMinutes(db, from: grid.first, campaign: campaign) { grid.widen() }
            var points = grid.points
            // A range of the primary key.
            let rows = try HotStatement(
                db,
                """
                SELECT (start - ?3) / ?5, \(Self.summed) FROM call_series
                WHERE campaign_id = ?1 AND span = ?2 AND start >= ?3 AND start < ?4 GROUP BY 1
                """)
            rows.bind([campaign, grid.isInHours ? 60 : 1, grid.first, grid.end, grid.length])
            while try rows.step() {
                let place = Int(try rows.requiredNumber(0))
                if points.indices.contains(place) { points[place].sums = try CallSums(rows, from: 1) }
            }
            return points
        }
    }

    /// All calls that have ended, by campaign and instance, in the order of the campaigns' names.
    package func callTotals() throws(StoreError) -> [CallTotals] {
        try read { db in
            // Once for each campaign: a range of the primary key, with as many rows as it has instances.
            let rows = try HotStatement(
                db,
                """
                SELECT campaign.name, instance.zapi_id, \(CallSums.columns.joined(separator: ", ")) FROM campaign
                CROSS JOIN call_series AS series ON series.campaign_id = campaign.id AND series.span = 0
                CROSS JOIN instance ON instance.id = series.instance_id
                """)
            var totals: [CallTotals] = []
            while try rows.step() {
                totals.append(
                    CallTotals(
                        campaign: try rows.requiredText(0), instance: try rows.requiredText(1),
                        sums: try CallSums(rows, from: 2)))
            }
            return totals.sorted { ($0.campaign, $0.instance) < ($1.campaign, $1.instance) }
        }
    }

    private static let summed = CallSums.columns.map { "sum(\($0))" }.joined(separator: ", ")

    /// Whether the calls since a minute are known by the minute, and not only by the hour.
    private static func hasMinutes(_ db: Database, from minute: Int64, campaign: Int64) throws -> Bool {
        // The left ends of two ranges of the primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT (SELECT min(start) FROM call_series WHERE campaign_id = ?1 AND span = 1),
                (SELECT min(start) FROM call_series WHERE campaign_id = ?1 AND span = 60)
            """)
        statement.bind(campaign, at: 1)
        defer { statement.leave() }
        guard try statement.step(), let hour = try statement.storedNumber(1) else { return true }
        guard let kept = try statement.storedNumber(0) else { return false }
        // Minutes are removed by the hour.
        let keptHour = kept.floored(by: 60) * 60
        return keptHour <= hour || minute >= keptHour
    }
}

/// The intervals of a chart, in minutes since 1970.
private struct SeriesGrid {
    private(set) var first: Int64
    private(set) var length: Int64
    /// Whether the intervals are whole hours of UTC.
    private(set) var isInHours = false
    private let to: Int64
    private let maxPoints: Int64

    init(from: Timestamp, to: Timestamp, bucket: Duration, maxPoints: Int) {
        first = from.milliseconds.floored(by: 60_000)
        self.to = max((to.milliseconds + 59_999).floored(by: 60_000), first + 1)
        self.maxPoints = Int64(maxPoints)
        length = max((bucket.millisecondsRoundedUp + 59_999).floored(by: 60_000), 1)
        length = max(length, fitting)
        // With ten instances, more minutes than these would take a tenth of a second.
        if length > 30 { widen() }
    }

    /// Whole hours from now on.
    mutating func widen() {
        isInHours = true
        first = first.floored(by: 60) * 60
        length = (max(length, fitting) + 59).floored(by: 60) * 60
    }

    /// The shortest length with which there are not too many intervals.
    private var fitting: Int64 { (to - first + maxPoints - 1) / maxPoints }

    var end: Int64 { first + Int64(points.count) * length }

    var points: [CallSeriesPoint] {
        (0..<((to - first + length - 1) / length)).map { place in
            CallSeriesPoint(
                start: Timestamp(milliseconds: (first + place * length) * 60_000), length: .seconds(length * 60))
        }
    }
}
