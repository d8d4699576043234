import CampaignCore
import Testing

/// A campaign on working days from 09:00 to 18:00 in São Paulo, and its expected course.
struct ForecastCase: Sendable, CustomTestStringConvertible {
    var what: String
    var contacts: Int
    var instances = [Instance.calling()]
    var pace: Pace?
    var expires: String?
    var hasWindow = true
    var baseline = ForecastBaseline()
    var now = "2026-06-03T09:00:00-03:00"

    var calls: Int
    var starts: String
    var ends: String
    var waiting = 0
    var days = 1
    var cappedDays = 0
    var obstacle: CallForecast.Obstacle?

    var testDescription: String { what }

    /// 2026-06-03 is a Wednesday; a call rings 5 s and is followed by the next one after 7.
    static let paced = [
        ForecastCase(
            what: "one contact", contacts: 1, calls: 1, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-03T09:00:05-03:00"),
        ForecastCase(
            what: "ten contacts", contacts: 10, calls: 10, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-03T09:01:08-03:00"),
        ForecastCase(
            what: "before the window", contacts: 10, now: "2026-06-03T08:00:00-03:00", calls: 10,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:01:08-03:00", waiting: 3600),
        ForecastCase(
            what: "the last call that fits the day starts 38 s before its end", contacts: 4624, calls: 4624,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T17:59:26-03:00"),
        ForecastCase(
            what: "one more is for the next day", contacts: 4625, calls: 4625, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-04T09:00:05-03:00", waiting: 15 * 3600, days: 2),
        ForecastCase(
            what: "the pace holds the first call back", contacts: 2,
            baseline: ForecastBaseline(instances: ["a": .init(opensAt: .at("2026-06-03T09:10:00-03:00"))]), calls: 2,
            starts: "2026-06-03T09:10:00-03:00", ends: "2026-06-03T09:10:12-03:00", waiting: 600),
        ForecastCase(
            what: "two instances share", contacts: 5, instances: [.calling("a"), .calling("b", every: 10)], calls: 5,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:00:19-03:00"),
        ForecastCase(
            what: "the campaign's pace binds two", contacts: 5, instances: [.calling("a"), .calling("b")],
            pace: Pace(calls: 6, per: .seconds(60)), calls: 5, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-03T09:00:45-03:00"),
        ForecastCase(
            what: "the campaign's pace holds the first call back", contacts: 2, pace: Pace(calls: 6, per: .seconds(60)),
            baseline: ForecastBaseline(opensAt: .at("2026-06-03T09:00:04-03:00")), calls: 2,
            starts: "2026-06-03T09:00:04-03:00", ends: "2026-06-03T09:00:19-03:00", waiting: 4),
        ForecastCase(
            what: "an instance that is held takes nothing of the campaign's pace", contacts: 100,
            instances: [.calling("a"), .calling("b")], pace: Pace(calls: 6, per: .seconds(60)),
            baseline: ForecastBaseline(instances: ["b": .init(opensAt: .at("2026-06-03T10:00:00-03:00"))]), calls: 100,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:16:35-03:00"),
        ForecastCase(
            what: "gaps of a third of a second add up right", contacts: 3_000_001,
            instances: [.calling(pace: .open)], pace: Pace(calls: 3, per: .seconds(1)), hasWindow: false,
            calls: 3_000_001, starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-14T22:46:47-03:00", days: 12),
        ForecastCase(
            what: "a pace faster than the phone rings is the phone's", contacts: 10, instances: [.calling(every: 1)],
            calls: 10, starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:01:08-03:00"),
        ForecastCase(
            what: "no spacing at all", contacts: 5_000_000, instances: [.calling(pace: .open)], calls: 5_000_000,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:00:05-03:00"),
    ]

    static let capped = [
        ForecastCase(
            what: "a cap of 200 a day", contacts: 500, instances: [.calling(cap: 200)], calls: 500,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-05T09:11:38-03:00",
            waiting: 2 * (86_400 - 1393 - 5), days: 3, cappedDays: 2),
        ForecastCase(
            what: "a cap used up today", contacts: 1, instances: [.calling(cap: 20)],
            baseline: ForecastBaseline(instances: ["a": .init(callsToday: 20)]), calls: 1,
            starts: "2026-06-04T09:00:00-03:00", ends: "2026-06-04T09:00:05-03:00", waiting: 86_400, cappedDays: 1),
        ForecastCase(
            what: "a ladder from its first rung, over a weekend", contacts: 370,
            instances: [.calling(warmup: [20, 50, 100, 200])], calls: 370, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-08T09:23:18-03:00", waiting: 5 * 86_400 - (19 + 49 + 99) * 7 - 15, days: 4, cappedDays: 3),
        ForecastCase(
            what: "a ladder from where it stands", contacts: 46, instances: [.calling(warmup: [20, 50, 100])],
            baseline: ForecastBaseline(instances: ["a": .init(callsToday: 5, daysOfUseBefore: 1)]), calls: 46,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-04T09:00:05-03:00",
            waiting: 86_400 - 44 * 7 - 5, days: 2, cappedDays: 1),
        ForecastCase(
            what: "the last rung holds", contacts: 300, instances: [.calling(warmup: [20, 100])],
            baseline: ForecastBaseline(instances: ["a": .init(daysOfUseBefore: 9)]), calls: 300,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-05T09:11:38-03:00",
            waiting: 2 * (86_400 - 99 * 7 - 5), days: 3, cappedDays: 2),
        ForecastCase(
            what: "the cap is lower than the ladder", contacts: 31, instances: [.calling(cap: 30, warmup: [50])],
            calls: 31, starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-04T09:00:05-03:00",
            waiting: 86_400 - 29 * 7 - 5, days: 2, cappedDays: 1),
        ForecastCase(
            what: "a cap begins anew at midnight", contacts: 20, instances: [.calling(cap: 10)], hasWindow: false,
            now: "2026-06-03T23:58:00-03:00", calls: 20, starts: "2026-06-03T23:58:00-03:00",
            ends: "2026-06-04T00:01:08-03:00", waiting: 52, days: 2, cappedDays: 1),
        ForecastCase(
            what: "one instance is capped, the other goes on", contacts: 30,
            instances: [.calling("a", cap: 10), .calling("b")], calls: 30, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-03T09:02:18-03:00"),
    ]

    static let leftOut = [
        ForecastCase(
            what: "what is not called before it expires", contacts: 100, expires: "2026-06-03T09:01:00-03:00", calls: 9,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:01:01-03:00", obstacle: .expires),
        ForecastCase(
            what: "a call at the very end is too late", contacts: 10, expires: "2026-06-03T09:00:07-03:00", calls: 1,
            starts: "2026-06-03T09:00:00-03:00", ends: "2026-06-03T09:00:05-03:00", obstacle: .expires),
        ForecastCase(
            what: "it expires on a later day", contacts: 100, instances: [.calling(cap: 30)],
            expires: "2026-06-04T09:00:14-03:00", calls: 32, starts: "2026-06-03T09:00:00-03:00",
            ends: "2026-06-04T09:00:12-03:00", waiting: 86_400 - 29 * 7 - 5, days: 2, cappedDays: 1,
            obstacle: .expires),
        ForecastCase(
            what: "ten years are not enough", contacts: 3661, instances: [.calling(cap: 1)], hasWindow: false,
            now: "2026-06-03T00:00:00-03:00", calls: 3660, starts: "2026-06-03T00:00:00-03:00",
            ends: "2036-06-09T00:00:05-03:00", waiting: 3659 * (86_400 - 5), days: 3660, cappedDays: 3660,
            obstacle: .moreThanTenYears),
    ]
}

extension Instance {
    /// An instance that calls after ringing, or at a stated pace.
    static func calling(
        _ name: String = "a", every seconds: Int? = nil, pace: InstancePace? = nil, cap: Int? = nil,
        warmup: [Int] = []
    ) -> Instance {
        var instance = Instance(name: name, id: name, token: Secret("t"))
        instance.pace = pace ?? seconds.map { .every(Pace(calls: 1, per: .seconds($0))) } ?? .afterRinging
        instance.dailyCap = cap
        instance.warmup = warmup
        return instance
    }

    static func calling(every pace: Pace) -> Instance {
        calling(pace: .every(pace))
    }
}
