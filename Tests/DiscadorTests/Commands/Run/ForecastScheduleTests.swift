import Testing

@testable import discador

/// When the ends of campaigns are forecast.
@Suite(.fewAtATime) struct `The forecasts` {
    private let start = ContinuousClock().systemEpoch

    /// How often each campaign's forecast is computed within `time`, and how long all took.
    private func compute(
        _ names: [String], took: Duration, every interval: Duration, within time: Duration
    ) -> (counts: [String: Int], all: Duration) {
        var schedule = ForecastSchedule<ContinuousClock.Instant>(credit: interval)
        var (counts, all, now) = ([String: Int](), Duration.zero, start)
        while now < start.advanced(by: time) {
            while let name = schedule.next(of: names, at: now) {
                now = now.advanced(by: took)
                schedule.note(name, took: took, at: now)
                counts[name, default: 0] += 1
                all += took
            }
            now = now.advanced(by: interval)
        }
        return (counts, all)
    }

    @Test(arguments: [(Duration.milliseconds(250), 40), (.seconds(60), 10)])
    func `of each campaign are computed at most every 15 s`(interval: Duration, times: Int) {
        for names in [["a"], (0..<20).map { "c\($0)" }] {
            let (counts, _) = compute(names, took: .microseconds(100), every: interval, within: .seconds(600))
            #expect(counts.count == names.count && counts.values.allSatisfy { (times - 1...times).contains($0) })
        }
    }

    @Test(arguments: [1, 2, 20], [Duration.milliseconds(250), .seconds(60)])
    func `use a hundredth of the time, however large the database is`(campaigns: Int, interval: Duration) {
        for took in [Duration.milliseconds(40), .seconds(2)] {
            let names = (0..<campaigns).map { "c\($0)" }
            let time = Duration.seconds(4 * 3600)
            let (counts, all) = compute(names, took: took, every: interval, within: time)
            #expect(all <= time / 100 + took + interval / 100 && !counts.isEmpty)
            // In turn: none waits for others to be computed twice.
            let shares = names.map { counts[$0] ?? 0 }
            #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1, "\(shares)")
        }
    }

    @Test func `of campaigns that have ended are forgotten, and begin anew with them`() {
        var schedule = ForecastSchedule<ContinuousClock.Instant>(credit: .seconds(60))
        for name in ["a", "b"] { schedule.note(name, took: .zero, at: start) }
        #expect(schedule.next(of: ["a"], at: start) == nil)
        #expect(schedule.next(of: ["a", "b"], at: start) == "b")
    }
}
