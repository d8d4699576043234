import CampaignCore
import Testing

@testable import CampaignRunner

/// Campaigns that wait: for their window, for contacts, for the next day.
@Suite struct `Campaigns that wait` {
    private static func campaign(_ number: Int, instances: [String], window: CallingWindow? = nil) -> Campaign {
        var campaign = Campaign(
            name: "c\(number)",
            instances: instances.map { id in
                var instance = Instance(name: id, id: id, token: Secret("T"))
                instance.pace = .every(Pace(calls: 1, per: .seconds(10)))
                return instance
            })
        campaign.window = window
        campaign.healthInterval = .seconds(600)
        return campaign
    }

    /// The simulation begins on a Saturday at 08:00 UTC.
    private static let later = CallingWindow(
        timeZone: "UTC", days: Set(CallingWindow.Day.allCases), fromMinute: 20 * 60, toMinute: 21 * 60, holidays: [])

    private static func turns(of campaigns: [Campaign], hours: Int) -> Int {
        var service = SimulatedService(campaigns, ready: 5, seed: 1)
        for place in campaigns.indices {
            service.join(place, RunOptions(follows: place.isMultiple(of: 2)))
            service.play(until: service.time + .milliseconds(700))
        }
        service.play(until: service.time + .seconds(hours * 3600))
        return service.turns
    }

    @Test func `do not wake each other: fifty make no more turns than each of them would alone`() {
        let campaigns = (0..<50).map { number in
            Self.campaign(number, instances: ["I\(number)"], window: number.isMultiple(of: 3) ? Self.later : nil)
        }
        let together = Self.turns(of: campaigns, hours: 2)
        let alone = campaigns.indices.reduce(0) { $0 + Self.turns(of: [campaigns[$1]], hours: 2) }
        #expect(together <= alone + campaigns.count, "\(together) turns together, \(alone) alone")
    }

    @Test func `for a closed window make a turn a minute at most, and one more for each event`() {
        let turns = Self.turns(of: [Self.campaign(0, instances: ["I"], window: Self.later)], hours: 10)
        #expect(turns <= 10 * 60 + 5)
    }

    @Test func `for contacts make no more turns than there are health checks`() {
        var service = SimulatedService([Self.campaign(0, instances: ["I"])], ready: 0, seed: 1)
        service.join(0, RunOptions(follows: true))
        service.play(until: service.time + .seconds(24 * 3600))
        let checks = service.healthChecks[0]?.count ?? 0
        #expect((144...146) ~= checks, "every ten minutes")
        #expect(service.turns <= 2 * checks + 5, "\(service.turns) turns")
    }

    @Test(arguments: [false, true])
    func `cost nothing while one of five hundred dials`(isShared: Bool) {
        let campaigns = (0..<500).map { number in
            Self.campaign(number, instances: isShared ? ["I"] : ["I\(number)"])
        }
        var service = SimulatedService(campaigns, ready: 0, seed: 1)
        service.store.contacts[0].due = 1000
        for place in campaigns.indices { service.join(place, RunOptions(follows: true)) }
        service.play(until: service.time + .seconds(60))
        let (turns, considered) = (service.turns, service.considered)
        service.play(until: service.time + .seconds(500))
        let (more, moreConsidered) = (service.turns - turns, service.considered - considered)
        #expect(more > 90)
        #expect(moreConsidered <= 3 * more, "\(moreConsidered) considered in \(more) turns")
    }

    @Test func `that may not begin a call, since the process has as many under way as it may, wait for one to end`() {
        let campaigns = (0..<3).map { Self.campaign($0, instances: ["I\($0)"]) }
        var service = SimulatedService(campaigns, ready: 100, seed: 1)
        service.state = DispatcherState(uptime: Uptime(boot: "boot 1", duration: .seconds(86_400)), maxInFlight: 2)
        for place in campaigns.indices { service.join(place) }
        service.play(until: service.time + .seconds(3600))
        #expect(!service.isBusy && service.beginnings.count == 300)
        #expect(service.turns < 300 * 8, "\(service.turns) turns")
    }

    @Test func `share the checks of an instance's health: one in each interval, the shortest of theirs`() {
        var campaigns = (0..<5).map { Self.campaign($0, instances: ["I"]) }
        campaigns[3].healthInterval = .seconds(60)
        var service = SimulatedService(campaigns, ready: 0, seed: 1)
        for place in campaigns.indices { service.join(place, RunOptions(follows: true)) }
        service.play(until: service.time + .seconds(3600))
        let checks = service.healthChecks[0] ?? []
        #expect((59...62) ~= checks.count, "\(checks.count) checks in an hour")
        #expect(zip(checks, checks.dropFirst()).allSatisfy { $1 - $0 >= .seconds(60) })
    }
}

/// What a campaign must not do to others that share its instances.
@Suite struct `A campaign that makes no calls` {
    enum Kind: CaseIterable {
        case shut, expired, empty, drained
    }

    private static func campaign(_ number: Int) -> Campaign {
        var campaign = Campaign(
            name: "c\(number)",
            instances: (0..<2).map { id in
                var instance = Instance(name: "I\(id)", id: "I\(id)", token: Secret("T"))
                instance.pace = .every(Pace(calls: 1, per: .seconds(3 + id)))
                return instance
            })
        campaign.window = nil
        campaign.workers = 3
        return campaign
    }

    private static func calls(besides kind: Kind?) -> [[Int]] {
        var campaigns = (0..<3).map(campaign)
        switch kind {
        case .shut?:
            campaigns[2].window = CallingWindow(
                timeZone: "UTC", days: Set(CallingWindow.Day.allCases), fromMinute: 20 * 60, toMinute: 21 * 60,
                holidays: [])
        case .expired?: campaigns[2].expires = SimulatedService.wallStart
        case .empty?, .drained?, nil: break
        }
        var service = SimulatedService(campaigns, ready: 60, seed: 3)
        if kind == .empty { service.store.contacts[2].due = 0 }
        service.join(0)
        service.join(1)
        if kind != nil { service.join(2, RunOptions(follows: true)) }
        if kind == .drained, let number = service.places.first(where: { $1 == 2 })?.key { service.stop(number, .drain) }
        service.play(until: service.time + .seconds(900))
        return service.beginnings.filter { $0.campaign < 2 }.map {
            [$0.campaign, $0.instance == "I0" ? 0 : 1, Int($0.at / .milliseconds(1))]
        }
    }

    @Test(arguments: Kind.allCases)
    func `changes nothing for the others: their calls begin when they would without it`(kind: Kind) {
        let alone = Self.calls(besides: nil)
        #expect(alone.count == 120)
        #expect(Self.calls(besides: kind) == alone)
    }
}
