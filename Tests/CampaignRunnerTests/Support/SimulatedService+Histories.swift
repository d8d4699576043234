import CampaignCore

@testable import CampaignRunner

/// Random campaigns that share random instances, and random histories of a service that dials them.
extension SimulatedService {
    /// 2–6 campaigns on 1–5 instances.
    static func history(seed: UInt64, _ disturbances: Disturbances) -> SimulatedService {
        var random = Random(seed: seed)
        let ids = (0..<1 + random.below(5)).map { "I\($0)" }
        let campaigns = (0..<2 + random.below(5)).map { campaign($0, of: ids, &random) }
        return SimulatedService(campaigns, seed: seed &* 7919, disturbances)
    }

    private static func campaign(_ number: Int, of ids: [String], _ random: inout Random) -> Campaign {
        var own = ids.filter { _ in random.below(2) == 0 }
        if own.isEmpty { own = [ids[random.below(ids.count)]] }
        var campaign = Campaign(
            name: "c\(number)",
            instances: own.map { id in
                var instance = Instance(name: id, id: id, token: Secret("T"))
                instance.pace = .every(Pace(calls: 1, per: .milliseconds(500 + random.below(8000))))
                if random.below(3) == 0 { instance.dailyCap = 200 + random.below(400) }
                return instance
            })
        campaign.share = [1, 1, 2, 3, 5, 10][random.below(6)]
        campaign.workers = 1 + random.below(8)
        if random.below(4) == 0 { campaign.pace = Pace(calls: 1, per: .milliseconds(500 + random.below(6000))) }
        campaign.retry = RetryPolicy(attempts: 4, first: .seconds(2), longest: .seconds(60))
        campaign.window = random.below(3) == 0 ? window(&random) : nil
        campaign.callDuration = 1 + random.below(15)
        return campaign
    }

    /// Open for some hours a day.
    private static func window(_ random: inout Random) -> CallingWindow {
        let from = random.below(20) * 60
        return CallingWindow(
            timeZone: SimulatedZone.names[random.below(3)], days: Set(CallingWindow.Day.allCases), fromMinute: from,
            toMinute: min(from + 60 + random.below(12 * 60), 1440), holidays: [])
    }

    /// Plays a number of turns, between which anything may happen.
    mutating func playHistory(turns: Int) {
        for place in campaigns.indices where random.below(2) == 0 { join(place) }
        for _ in 0..<turns where !isBusy {
            if places.isEmpty { join(random.below(campaigns.count)) }
            let next = nextEvent ?? time + .seconds(30)
            // Timers are late now and then, and long waits are cut short by something else.
            time = max(time, min(next, time + .seconds(3600)))
            if random.below(20) == 0 { time += .milliseconds(random.below(20_000)) }
            disturb()
            takeReplies()
            turn()
        }
    }

    private mutating func disturb() {
        if disturbances.contains(.members), random.below(40) == 0 {
            let number = places.keys.sorted().randomElement(&random)
            switch random.below(5) {
            case 0: number.map { stop($0, .drain) }
            case 1: number.map { stop($0, .halt) }
            default: join(random.below(campaigns.count))
            }
        }
        if disturbances.contains(.clocks), random.below(60) == 0 {
            switch random.below(4) {
            case 0: wallShift += .seconds(random.below(3 * 86_400))
            case 1: wallShift -= .seconds(random.below(3 * 86_400))
            case 2: wallShift = .zero
            default: time += .seconds(random.below(8 * 3600))
            }
        }
        if disturbances.contains(.kills), random.below(200) == 0 {
            let dialed = places.values.sorted()
            kill(isReboot: random.below(8) == 0)
            time += .milliseconds(random.below(30_000))
            for place in dialed { join(place) }
        }
    }
}

extension Array {
    fileprivate func randomElement(_ random: inout Random) -> Element? {
        isEmpty ? nil : self[random.below(count)]
    }
}
