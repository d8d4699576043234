import CampaignCore
import Testing

@Suite struct `Calls over time` {
    private static let start = Timestamp(milliseconds: 1_795_435_205_250)

    private static let day: Int64 = 86_400_000
    /// Of a campaign's calls, and of each interval; 0 where only the bound counts.
    private static let spans: [(Int64, Int64)] = [
        (0, 1000), (1000, 1000), (60_000, 1000), (120_000, 5000), (3_600_000, 60_000), (day, 1_800_000),
        (7 * day, 10_800_000), (365 * day, 7 * day), (36_500 * day, 0),
    ]

    @Test(arguments: spans)
    func `the number of intervals does not grow with the time`(span: Int64, length: Int64) {
        let last = Timestamp(milliseconds: Self.start.milliseconds + span)
        let series = CallSeries(from: Self.start, to: last, utcOffset: -3 * 3600)
        #expect(series.intervals.count <= 72 && !series.intervals.isEmpty)
        if length > 0 { #expect(series.length == length) }
        #expect(series.start <= Self.start && series.beginning(of: series.intervals.count) > last)
    }

    @Test func `intervals of a day begin at local midnight`() {
        let last = Timestamp(milliseconds: Self.start.milliseconds + 60 * 86_400_000)
        let series = CallSeries(from: Self.start, to: last, utcOffset: -3 * 3600)
        #expect(series.length == 86_400_000)
        #expect(series.start.iso8601(utcOffset: -3 * 3600).contains("T00:00:00"))
    }

    @Test func `each call is counted once, at its own time`() {
        var series = CallSeries(
            from: Self.start, to: Timestamp(milliseconds: Self.start.milliseconds + 9000), utcOffset: 0)
        for (second, outcome) in AttemptOutcome.allCases.enumerated() {
            let moment = Timestamp(milliseconds: Self.start.milliseconds + Int64(second) * 1000)
            series.add(at: moment, outcome: outcome, wasAnswered: outcome == .accepted)
        }
        series.add(at: Timestamp(milliseconds: Self.start.milliseconds + 9000), outcome: nil, wasAnswered: false)
        #expect(series.intervals.reduce(0) { $0 + $1.calls } == AttemptOutcome.allCases.count + 1)
        for outcome in AttemptOutcome.allCases {
            #expect(series.intervals.reduce(0) { $0 + $1[outcome] } == 1, "\(outcome)")
        }
        #expect(series.intervals[0][.accepted] == 1 && series.intervals[0].answered == 1)
        #expect(series.intervals.last?.unfinished == 1)
    }
}

@Suite struct `Latencies` {
    @Test func `percentiles are those of the nearest rank`() {
        var latency = LatencyCounts()
        #expect(latency.percentile(tenths: 500) == nil)
        for milliseconds in 1...1000 { latency.add(milliseconds: milliseconds) }
        #expect([1, 500, 900, 990, 999, 1000].map { latency.percentile(tenths: $0) } == [1, 500, 900, 990, 999, 1000])
        #expect(latency.total == 1000 && latency.maximum == 1000)
        #expect(latency.count(from: 0, to: 100) == 99 && latency.count(from: 1000, to: 5000) == 1)
    }

    @Test func `what took too long, or less than nothing, is counted at the ends`() {
        var latency = LatencyCounts()
        latency.add(milliseconds: -5)
        latency.add(milliseconds: 4_000_000)
        #expect(latency.total == 2 && latency.maximum == 4_000_000)
        #expect(latency.count(from: 0, to: 1) == 1 && latency.count(from: 300_000, to: 300_001) == 1)
    }
}
