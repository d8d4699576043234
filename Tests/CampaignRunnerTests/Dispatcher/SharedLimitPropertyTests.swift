import CampaignCore
import Testing

@testable import CampaignRunner

/// Whatever happens to the campaigns that share instances and to the process that dials them.
@Suite struct `Limits of shared instances, whatever happens` {
    @Test(arguments: 1...12, [false, true])
    func `calls of an instance are never closer than the strictest of its campaigns allows`(
        seed: UInt64, setsClocks: Bool
    ) {
        var service = SimulatedService.history(
            seed: seed, setsClocks ? [.faults, .kills, .members, .clocks] : [.faults, .kills, .members])
        service.playHistory(turns: 1000)
        #expect(!service.isBusy && service.beginnings.count > 50, "few calls prove little")
        for (instance, calls) in Dictionary(grouping: service.beginnings, by: \.instance) {
            for (one, next) in zip(calls, calls.dropFirst()) {
                // A limit that joined after a call of an earlier process is not known to have applied to it.
                let gap = one.process == next.process ? max(one.gap, next.gap) : one.gap
                #expect(next.at - one.at >= gap, "\(instance), campaigns \(one.campaign) and \(next.campaign)")
            }
        }
    }

    @Test(arguments: 1...8, [false, true])
    func `calls of a campaign are never closer than its own pace allows`(seed: UInt64, setsClocks: Bool) {
        var service = SimulatedService.history(
            seed: 500 + seed, setsClocks ? [.faults, .kills, .members, .clocks] : [.faults, .kills, .members])
        service.playHistory(turns: 1000)
        for (place, calls) in Dictionary(grouping: service.beginnings, by: \.campaign) {
            guard let gap = service.campaigns[place].pace?.gap else { continue }
            #expect(zip(calls, calls.dropFirst()).allSatisfy { $1.at - $0.at >= gap }, "campaign \(place)")
        }
    }

    @Test(arguments: 1...16)
    func `no day of any of its campaigns has more calls than the lowest cap of an instance`(seed: UInt64) {
        var service = SimulatedService.history(seed: 1000 + seed, [.faults, .kills, .members])
        service.playHistory(turns: 2500)
        let counted = Dictionary(grouping: service.store.counted.values, by: \.instance)
        for call in service.beginnings where service.store.counted[call.attempt] != nil {
            guard let cap = call.cap else { continue }
            for offset in call.offsets {
                let day = Self.day(call.countedAt, offset)
                let before = counted[call.instance, default: []].count {
                    Self.day($0.at, offset) == day && $0.at <= call.countedAt
                }
                #expect(before <= cap, "\(call.instance) on day \(day)")
            }
        }
    }

    private static func day(_ moment: Timestamp, _ offset: Int) -> Int64 {
        (moment.milliseconds + Int64(offset) * 1000) / 86_400_000
    }
}
