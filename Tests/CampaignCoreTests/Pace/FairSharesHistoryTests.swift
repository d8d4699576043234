import CampaignCore
import Testing

/// Random histories of campaigns that join, wait, come back and leave for good.
@Suite struct FairSharesHistoryTests {
    @Test(arguments: 1...60)
    func `of the calls of any two that compete neither has more than one above or below its share`(_ seed: UInt64) {
        let history = History(seed: seed, decisions: 600)
        for one in history.shares.keys {
            for two in history.shares.keys where one < two {
                #expect(history.widestLead(of: one, over: two) <= history.share(one) + history.share(two))
            }
        }
    }

    @Test(arguments: 61...120)
    func `two that compete alone are within one call of their shares, whatever was before`(_ seed: UInt64) {
        let history = History(seed: seed, decisions: 600, campaigns: 3)
        let stretches = history.stretches.filter { $0.first?.present.count == 2 }
        #expect(!stretches.isEmpty)
        for stretch in stretches {
            for begin in stretch.indices {
                #expect(history.farthestFromShares(stretch[begin...]) <= 1)
            }
        }
    }

    @Test(arguments: 121...160)
    func `a campaign gains nothing by being away now and then`(_ seed: UInt64) {
        // Campaign 1 is always there; the others come and go as they like.
        let history = History(seed: seed, decisions: 600, alwaysThere: 1)
        for other in history.shares.keys where other != 1 && !history.removed.contains(other) {
            for begin in stride(from: 0, to: history.decisions.count, by: 7) {
                var lead = 0
                for decision in history.decisions[begin...] {
                    if decision.served == other { lead += history.share(1) }
                    if decision.served == 1 { lead -= history.share(other) }
                    #expect(lead <= history.share(1) + history.share(other))
                }
            }
        }
    }

    @Test(arguments: 1...40)
    func `many that start together stay near their part of all calls, and within one call if none is very large`(
        _ seed: UInt64
    ) {
        var random = FixedRandom(seed: 1000 + seed)
        let number = 2 + random.below(seed.isMultiple(of: 2) ? 2 : 12)
        let largest = [1, 3, 10, 1000][random.below(4)]
        var shares: [Int: Int] = [:]
        for campaign in 1...number { shares[campaign] = 1 + random.below(largest) }
        let total = shares.values.reduce(0, +)
        var fair = FairShares()
        var calls: [Int: Int] = [:]
        for made in 1...1500 {
            calls[fair.serve(Array(1...number), shares), default: 0] += 1
            for (campaign, share) in shares {
                let off = abs(calls[campaign, default: 0] * total - made * share)
                #expect(2 * off <= total + share * (number - 2))
                if number <= 3 || share * (number - 2) <= total { #expect(off <= total) }
            }
        }
    }

    @Test func `equal shares are served in turn, however many they are`() {
        var fair = FairShares()
        let campaigns = Array(1...500)
        for _ in 0..<3 { #expect(campaigns.map { _ in fair.serve(campaigns.reversed(), [:]) } == campaigns) }
    }
}

/// What happened at each decision.
private struct History {
    struct Decision {
        var present: [Int]
        var served: Int
        /// Campaigns that left for good since the last decision; one that is present all the same is new.
        var removed: Set<Int>
    }

    var shares: [Int: Int] = [:]
    var decisions: [Decision] = []
    /// Campaigns that left for good; they may be back as new ones later.
    var removed: Set<Int> = []

    init(seed: UInt64, decisions count: Int, campaigns: Int? = nil, alwaysThere: Int? = nil) {
        var random = FixedRandom(seed: seed)
        let number = campaigns ?? 2 + random.below(5)
        for campaign in 1...number {
            shares[campaign] = [1, 1, 2, 3, 1 + random.below(20), 1 + random.below(1000)][random.below(6)]
        }
        let restless = (1...number).map { _ in [0, 2, 30][random.below(3)] }
        var isThere = (1...number).map { _ in random.below(3) > 0 }
        var fair = FairShares()
        var leaving: Set<Int> = []
        while decisions.count < count {
            for index in isThere.indices where random.below(100) < 1 + restless[index] {
                isThere[index].toggle()
                // Now and then one leaves for good: for the others it is as if it were away.
                if !isThere[index], random.below(10) == 0, index + 1 != alwaysThere {
                    fair.remove(index + 1)
                    removed.insert(index + 1)
                    leaving.insert(index + 1)
                }
            }
            if let alwaysThere { isThere[alwaysThere - 1] = true }
            let present = isThere.indices.filter { isThere[$0] }.map { $0 + 1 }
            guard !present.isEmpty else { continue }
            decisions.append(Decision(present: present, served: fair.serve(present, shares), removed: leaving))
            leaving = []
        }
    }

    func share(_ campaign: Int) -> Int { shares[campaign] ?? 1 }

    /// The decisions, cut where the campaigns that are present change.
    var stretches: [ArraySlice<Decision>] {
        decisions.reduce(into: []) { stretches, decision in
            if let last = stretches.last?.last, last.present == decision.present, decision.removed.isEmpty {
                stretches[stretches.count - 1].append(decision)
            } else {
                stretches.append([decision])
            }
        }
    }

    /// By how many calls any campaign is off its part of the first calls of a stretch in which all compete.
    func farthestFromShares(_ stretch: ArraySlice<Decision>) -> Double {
        let present = stretch.first?.present ?? []
        let total = present.reduce(0) { $0 + share($1) }
        var calls: [Int: Int] = [:]
        var farthest = 0
        for (earlier, decision) in stretch.enumerated() {
            calls[decision.served, default: 0] += 1
            for campaign in present {
                farthest = max(farthest, abs(calls[campaign, default: 0] * total - (earlier + 1) * share(campaign)))
            }
        }
        return Double(farthest) / Double(total)
    }

    /// The largest difference |n1 × s2 − n2 × s1| in any stretch in which both are present, whoever else is.
    func widestLead(of one: Int, over two: Int) -> Int {
        var (lead, least, most, widest) = (0, 0, 0, 0)
        for decision in decisions {
            if !decision.removed.isDisjoint(with: [one, two]) { (lead, least, most) = (0, 0, 0) }
            guard decision.present.contains(one), decision.present.contains(two) else {
                (lead, least, most) = (0, 0, 0)
                continue
            }
            if decision.served == one { lead += share(two) }
            if decision.served == two { lead -= share(one) }
            (least, most) = (min(least, lead), max(most, lead))
            widest = max(widest, most - least)
        }
        return widest
    }
}
