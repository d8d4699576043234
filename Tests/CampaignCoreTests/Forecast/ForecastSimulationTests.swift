import CampaignCore
import Testing

/// Forecasts of random campaigns, compared with dialing them call by call.
@Suite struct ForecastSimulationTests {
    /// 2026-06-03T00:00:00Z.
    static let midweek = 1_780_444_800

    @Test func `without a campaign pace the forecast is exact`() {
        var random = FixedRandom(seed: 21)
        for round in 0..<60 {
            let trial = Trial(&random, isPaced: false, isUniform: false)
            let (forecast, simulated) = trial.outcomes()
            #expect(forecast.calls == simulated.calls, "round \(round): \(trial)")
            #expect(forecast.startsAt == simulated.first.map(Self.stamp), "round \(round): \(trial)")
            #expect(forecast.endsAt == simulated.last.map { Self.stamp($0 + 5) }, "round \(round): \(trial)")
            #expect(forecast.callingDays == simulated.days.count, "round \(round): \(trial)")
        }
    }

    @Test func `equal instances under a campaign pace are forecast exactly`() {
        var random = FixedRandom(seed: 22)
        for round in 0..<40 {
            let trial = Trial(&random, isPaced: true, isUniform: true)
            let (forecast, simulated) = trial.outcomes()
            #expect(forecast.calls == simulated.calls, "round \(round): \(trial)")
            #expect(forecast.endsAt == simulated.last.map { Self.stamp($0 + 5) }, "round \(round): \(trial)")
        }
    }

    @Test func `unlike instances under a campaign pace are forecast within a few percent`() {
        var random = FixedRandom(seed: 23)
        for round in 0..<60 {
            var trial = Trial(&random, isPaced: true, isUniform: false)
            // More contacts than these days allow, so that the numbers of calls are compared.
            trial.contacts = 1_000_000
            trial.campaign.expires = Self.stamp(trial.now + 4 * 86_400)
            let (forecast, simulated) = trial.outcomes()
            let allowance = simulated.days.count * trial.campaign.instances.count + simulated.calls / 20
            #expect(abs(forecast.calls - simulated.calls) <= allowance, "round \(round): \(trial)")
            #expect(forecast.callingDays == simulated.days.count, "round \(round): \(trial)")
        }
    }

    static func stamp(_ seconds: Int) -> Timestamp {
        Timestamp(milliseconds: Int64(seconds) * 1000)
    }
}

/// A random campaign.
private struct Trial {
    static let longest = 15

    var campaign: Campaign
    var contacts: Int
    var baseline = ForecastBaseline()
    var now: Int

    init(_ random: inout FixedRandom, isPaced: Bool, isUniform: Bool) {
        now = ForecastSimulationTests.midweek + random.below(7 * 86_400)
        contacts = 1 + random.below(1500)
        let count = 1 + random.below(4)
        let common = Self.instance("0", &random, isCapped: !isUniform)
        var instances: [Instance] = []
        for number in 0..<count {
            var instance = isUniform ? common : Self.instance("", &random, isCapped: true)
            instance.name = "\(number)"
            instances.append(instance)
            guard !isUniform, random.below(2) == 0 else { continue }
            baseline.instances[instance.name] = ForecastBaseline.InstanceBaseline(
                opensAt: ForecastSimulationTests.stamp(now - 300 + random.below(3600)),
                callsToday: random.below(60),
                daysOfUseBefore: random.below(4)
            )
        }
        campaign = Campaign(name: "c", instances: instances)
        if isPaced { campaign.pace = Pace(calls: 1, per: .seconds(2 + random.below(40))) }
        if random.below(4) == 0 { campaign.expires = ForecastSimulationTests.stamp(now + random.below(10 * 86_400)) }
        guard random.below(5) > 0 else { return }
        campaign.window = CallingWindow(
            timeZone: "Etc/GMT+3",
            days: Set(CallingWindow.Day.allCases.filter { _ in random.below(4) > 0 }).union([.tue]),
            fromMinute: random.below(1440),
            toMinute: 1 + random.below(1440),
            holidays: []
        )
    }

    private static func instance(_ name: String, _ random: inout FixedRandom, isCapped: Bool) -> Instance {
        .calling(
            name,
            every: random.below(3) == 0 ? nil : 1 + random.below([20, 400, 7200][random.below(3)]),
            cap: isCapped && random.below(2) == 0 ? 1 + random.below(400) : nil,
            warmup: isCapped && random.below(2) == 0 ? [20, 50, 120] : []
        )
    }

    func outcomes() -> (CallForecast, SimulatedCampaign) {
        var simulated = SimulatedCampaign(campaign, baseline: baseline)
        var bounded = campaign
        // Both stop where the simulation does.
        let end = ForecastSimulationTests.stamp(now + Self.longest * 86_400)
        bounded.expires = min(campaign.expires ?? end, end)
        simulated.run(contacts: contacts, from: now, days: Self.longest)
        let calendar = WindowCalendar(window: campaign.window, utcOffset: { _ in SimulatedCampaign.utcOffset })
        let forecast = CallForecast(
            of: bounded,
            contacts: contacts,
            baseline: baseline,
            now: ForecastSimulationTests.stamp(now),
            calendar: calendar
        )
        return (forecast, simulated)
    }
}
