import CampaignCore
import Testing

@testable import CampaignRunner

/// Campaigns that share instances, and wait now and then: for contacts, for their own pace, because they are stopped.
@Suite struct `Campaigns that share an instance` {
    private static func service(seed: UInt64) -> SimulatedService {
        var random = Random(seed: seed)
        let ids = (0..<1 + random.below(3)).map { "I\($0)" }
        let campaigns = (0..<2 + random.below(5)).map { number in
            let own = number < 2 || random.below(2) == 0 ? ids : [ids[random.below(ids.count)]]
            var campaign = Campaign(
                name: "c\(number)",
                instances: own.map { id in
                    var instance = Instance(name: id, id: id, token: Secret("T"))
                    instance.pace = .every(Pace(calls: 1, per: .seconds(2)))
                    return instance
                })
            campaign.share = 1 + random.below(random.below(3) == 0 ? 1000 : 6)
            campaign.workers = 64
            campaign.window = nil
            // Two of them compete all the time.
            if number > 1, own.count == 1, random.below(3) == 0 {
                campaign.pace = Pace(calls: 1, per: .milliseconds(2000 + random.below(9000)))
            }
            return campaign
        }
        return SimulatedService(campaigns, ready: 100, seed: seed, [.clocks])
    }

    /// Contacts come and are used up, campaigns join and leave.
    private static func play(_ service: inout SimulatedService, minutes: Int) {
        for place in service.campaigns.indices { service.join(place, RunOptions(follows: true)) }
        for _ in 0..<minutes {
            service.play(until: service.time + .seconds(30 + service.random.below(60)))
            let place = service.random.below(service.campaigns.count)
            let number = service.places.first { $1 == place }?.key
            switch service.random.below(4) {
            case 0:
                if let number { service.stop(number, .drain) }
            case 1: service.store.contacts[place] = SimulatedStore.Contacts()
            default: service.store.contacts[place].due += 20 + service.random.below(200)
            }
            if let number { service.state.requestCounts(of: number) }
            service.join(place, RunOptions(follows: true))
        }
    }

    @Test(arguments: 1...16)
    func `have calls in proportion to their shares, to within one call, as long as both could make each`(seed: UInt64) {
        var service = Self.service(seed: seed)
        Self.play(&service, minutes: 30)
        let shares = service.campaigns.map { Double($0.share) }
        var contested = 0
        for calls in Dictionary(grouping: service.beginnings, by: \.instance).values {
            for one in shares.indices {
                for other in shares.indices where other > one {
                    var (least, most, balance) = (0.0, 0.0, 0.0)
                    var joins: [Int] = []
                    for call in calls {
                        // Whoever has left and come back begins anew.
                        let isNew = joins != [call.joins[one], call.joins[other]]
                        joins = [call.joins[one], call.joins[other]]
                        if isNew { (least, most, balance) = (0, 0, 0) }
                        guard call.able.isSuperset(of: [one, other]) else {
                            (least, most, balance) = (0, 0, 0)
                            continue
                        }
                        contested += 1
                        if call.campaign == one { balance += 1 / shares[one] }
                        if call.campaign == other { balance -= 1 / shares[other] }
                        (least, most) = (min(least, balance), max(most, balance))
                        // Over any stretch of them, not only from the first on.
                        #expect(
                            most - least <= 1 / shares[one] + 1 / shares[other] + 1e-9,
                            "campaigns \(one) and \(other), shares \(shares[one]) and \(shares[other])")
                    }
                }
            }
        }
        #expect(contested > 50, "few contested calls prove little")
    }

    @Test func `lose nothing to one that comes back after an hour: it makes up for no call`() {
        let campaigns = (0..<2).map { number in
            var instance = Instance(name: "I", id: "I", token: Secret("T"))
            instance.pace = .every(Pace(calls: 1, per: .seconds(10)))
            var campaign = Campaign(name: "c\(number)", instances: [instance])
            campaign.window = nil
            return campaign
        }
        var service = SimulatedService(campaigns, seed: 1)
        service.store.contacts[1].due = 0
        for place in 0..<2 { service.join(place, RunOptions(follows: true)) }
        service.play(until: service.time + .seconds(3600))
        #expect(service.beginnings.count > 350 && service.beginnings.allSatisfy { $0.campaign == 0 })
        service.store.contacts[1].due = 1000
        service.state.requestCounts(of: 1)
        let before = service.beginnings.count
        service.play(until: service.time + .seconds(200))
        let after = service.beginnings[before...].map(\.campaign)
        #expect(after.count > 15)
        #expect(zip(after, after.dropFirst()).allSatisfy { $0 != $1 }, "in turn: \(after)")
    }
}
