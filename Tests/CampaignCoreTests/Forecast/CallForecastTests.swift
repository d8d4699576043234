import CampaignCore
import Testing

@Suite struct CallForecastTests {
    @Test(arguments: ForecastCase.paced + ForecastCase.capped + ForecastCase.leftOut)
    func `a campaign takes as long as its pace, caps and window make it`(_ example: ForecastCase) throws {
        var campaign = Campaign(name: "c", instances: example.instances)
        campaign.pace = example.pace
        campaign.expires = try example.expires.map(moment)
        let calendar = WindowCalendar(
            window: example.hasWindow ? try window("mon-fri", "09:00-18:00") : nil,
            utcOffset: try utcOffset(in: "America/Sao_Paulo"))
        let forecast = CallForecast(
            of: campaign,
            contacts: example.contacts,
            baseline: example.baseline,
            now: try moment(example.now),
            calendar: calendar
        )
        #expect(forecast.calls == example.calls)
        #expect(forecast.leftOut == example.contacts - example.calls)
        #expect(forecast.obstacle == example.obstacle)
        #expect(try forecast.startsAt == moment(example.starts))
        #expect(try forecast.endsAt == moment(example.ends))
        #expect(forecast.waiting == .seconds(example.waiting))
        #expect(forecast.callingDays == example.days)
        #expect(forecast.cappedDays == example.cappedDays)
    }

    @Test func `without contacts there is nothing to wait for`() throws {
        let forecast = try Self.forecast(Campaign(name: "c", instances: [.calling()]), contacts: 0)
        #expect(forecast.calls == 0 && forecast.leftOut == 0)
        #expect(forecast.obstacle == nil && forecast.startsAt == nil && forecast.endsAt == nil)
        #expect(forecast.waiting == .zero && forecast.openPerWeek == .seconds(45 * 3600))
    }

    @Test(
        arguments: [
            ([.calling(cap: 0)], "mon-fri", "09:00-18:00", .noCallsAllowed),
            ([.calling(cap: 0), .calling("b", warmup: [0, 10])], "mon-fri", "09:00-18:00", .noCallsAllowed),
            ([], "mon-fri", "09:00-18:00", .noCallsAllowed),
            ([.calling()], "", "09:00-18:00", .windowNeverOpens),
            ([.calling()], "mon", "09:00-09:00", nil),
        ] as [([Instance], String, String, CallForecast.Obstacle?)])
    func `a campaign that can never call says why`(
        _ instances: [Instance], _ days: String, _ hours: String, _ obstacle: CallForecast.Obstacle?
    ) throws {
        let campaign = Campaign(name: "c", instances: instances)
        let forecast = try Self.forecast(campaign, contacts: 3, calendar: WindowCalendar(window(days, hours)))
        #expect(forecast.obstacle == obstacle)
        #expect(forecast.leftOut == (obstacle == nil ? 0 : 3))
        #expect((forecast.endsAt == nil) == (obstacle != nil))
    }

    @Test func `a campaign that has expired calls no one`() throws {
        var campaign = Campaign(name: "c", instances: [.calling()])
        campaign.expires = try moment("2026-06-03T09:00:00-03:00")
        let forecast = try Self.forecast(campaign, contacts: 3)
        #expect(forecast.obstacle == .expires)
        #expect(forecast.calls == 0 && forecast.leftOut == 3 && forecast.startsAt == nil)
    }

    @Test(
        arguments: [
            ([.calling()], nil, 3600.0 / 7, .instances),
            ([.calling(), .calling("b", every: 60)], nil, 3600.0 / 7 + 60, .instances),
            ([.calling(every: 1)], nil, 3600.0 / 7, .instances),
            ([.calling(), .calling("b")], Pace(calls: 6, per: .seconds(60)), 360, .campaignPace),
            ([.calling()], Pace(calls: 30, per: .seconds(60)), 3600.0 / 7, .instances),
            ([.calling(pace: .open)], Pace(calls: 30, per: .seconds(60)), 1800, .campaignPace),
            ([.calling(), .calling("b", pace: .open)], nil, nil, .nothing),
        ] as [([Instance], Pace?, Double?, CallRate.Limit)])
    func `the rate is the instances' own or the campaign's`(
        _ instances: [Instance], _ pace: Pace?, _ perHour: Double?, _ limit: CallRate.Limit
    ) throws {
        var campaign = Campaign(name: "c", instances: instances)
        campaign.pace = pace
        let rate = CallRate(of: campaign)
        #expect(rate.limit == limit)
        #expect(rate.instances.map(\.name) == instances.map(\.name))
        #expect((rate.perHour == nil) == (perHour == nil))
        if let found = rate.perHour, let perHour { #expect(abs(found - perHour) < 1e-6) }
    }

    @Test func `a call needs a slow request, its ring and the longest spacing before the window shuts`() {
        var campaign = Campaign(name: "c", instances: [.calling()])
        campaign.callDuration = 15
        campaign.timeout = .seconds(30)
        #expect(campaign.roomForACall == .seconds(48) && campaign.roomForAnyCall == .seconds(48))
        campaign.callDuration = 5
        campaign.timeout = .seconds(1)
        #expect(campaign.roomForACall == .seconds(9) && campaign.roomForAnyCall == .seconds(19))
    }

    @Test(arguments: [nil, Pace(calls: 1, per: .seconds(Int64.max)), Pace(calls: .max, per: .zero)] as [Pace?])
    func `huge numbers do not stop it`(_ pace: Pace?) throws {
        var campaign = Campaign(
            name: "c",
            instances: [
                .calling("a", pace: .open, cap: .max),
                .calling("b", pace: .every(Pace(calls: 1, per: .seconds(Int64.max)))),
                .calling("c", pace: .every(Pace(calls: .max, per: .seconds(1))), warmup: [.max]),
            ])
        let far = Timestamp(milliseconds: .max)
        campaign.pace = pace
        campaign.expires = far
        let forecast = CallForecast(
            of: campaign,
            contacts: .max,
            baseline: ForecastBaseline(
                instances: ["a": .init(opensAt: far, callsToday: .min, daysOfUseBefore: .max)],
                opensAt: Timestamp(milliseconds: .min)),
            now: try moment("2026-06-03T09:00:00-03:00"),
            calendar: try WindowCalendar(window("mon-fri", "09:00-18:00"))
        )
        #expect(forecast.calls + forecast.leftOut == .max)
        #expect(forecast.obstacle == .moreThanTenYears)
    }

    /// Two calls a minute, Monday to Friday from 9 to 18, from a Wednesday at 9:00 on.
    @Test(arguments: [
        // All of them until the next day at 10.
        (3, [("2026-06-04T10:00:00-03:00", 3)], 3, "2026-06-04T10:00:00-03:00", "2026-06-04T10:01:05-03:00"),
        // At night: they are called when the window opens.
        (3, [("2026-06-04T00:00:00-03:00", 3)], 3, "2026-06-04T09:00:00-03:00", "2026-06-04T09:01:05-03:00"),
        // Some go ahead, one comes last.
        (3, [("2026-06-03T15:00:00-03:00", 1)], 3, "2026-06-03T09:00:00-03:00", "2026-06-03T15:00:05-03:00"),
        // They may be called before it is their turn.
        (10, [("2026-06-03T09:01:00-03:00", 5)], 10, "2026-06-03T09:00:00-03:00", "2026-06-03T09:04:35-03:00"),
        // Past times hold nobody back.
        (3, [("2026-06-03T08:00:00-03:00", 3)], 3, "2026-06-03T09:00:00-03:00", "2026-06-03T09:01:05-03:00"),
        // Several times, in any order; more than there are contacts is not possible.
        (
            4, [("2026-06-05T09:00:00-03:00", 9), ("2026-06-03T12:00:00-03:00", 1)], 4, "2026-06-03T12:00:00-03:00",
            "2026-06-05T09:01:05-03:00"
        ),
        // On a weekend.
        (1, [("2026-06-06T12:00:00-03:00", 1)], 1, "2026-06-08T09:00:00-03:00", "2026-06-08T09:00:05-03:00"),
    ])
    func `contacts that are held back are called when they may be`(
        contacts: Int, heldBack: [(until: String, contacts: Int)], calls: Int, starts: String, ends: String
    ) throws {
        let campaign = Campaign(name: "c", instances: [.calling(pace: .every(Pace(calls: 2, per: .seconds(60))))])
        let forecast = try Self.forecast(campaign, contacts: contacts, heldBack: heldBack)
        #expect(forecast.calls == calls && forecast.leftOut == contacts - calls && forecast.obstacle == nil)
        #expect(try forecast.startsAt == moment(starts))
        #expect(try forecast.endsAt == moment(ends))
    }

    @Test func `whoever is held back until the campaign has expired is not called`() throws {
        var campaign = Campaign(name: "c", instances: [.calling()])
        campaign.expires = try moment("2026-06-04T12:00:00-03:00")
        let forecast = try Self.forecast(
            campaign, contacts: 5, heldBack: [("2026-06-04T13:00:00-03:00", 2), ("2026-06-04T11:00:00-03:00", 1)])
        #expect(forecast.calls == 3 && forecast.leftOut == 2 && forecast.obstacle == .expires)
    }

    @Test func `waiting for contacts that are held back counts as waiting`() throws {
        let campaign = Campaign(name: "c", instances: [.calling(pace: .every(Pace(calls: 2, per: .seconds(60))))])
        let forecast = try Self.forecast(campaign, contacts: 2, heldBack: [("2026-06-03T15:00:00-03:00", 1)])
        #expect(forecast.waiting == .seconds(6 * 3600 - 5))
        #expect(forecast.callingDays == 1)
    }

    private static func forecast(
        _ campaign: Campaign, contacts: Int, heldBack: [(until: String, contacts: Int)] = [],
        calendar: WindowCalendar? = nil
    ) throws -> CallForecast {
        var baseline = ForecastBaseline()
        baseline.heldBack = try heldBack.map {
            HeldBackContacts(first: try moment($0.until), last: try moment($0.until), contacts: $0.contacts)
        }
        return CallForecast(
            of: campaign,
            contacts: contacts,
            baseline: baseline,
            now: try moment("2026-06-03T09:00:00-03:00"),
            calendar: try calendar ?? WindowCalendar(window("mon-fri", "09:00-18:00"))
        )
    }
}
