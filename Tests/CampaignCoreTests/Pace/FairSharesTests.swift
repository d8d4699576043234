import CampaignCore
import Testing

@Suite struct FairSharesTests {
    /// A campaign's number to its share.
    typealias Shares = [Int: Int]

    private static let equal: Shares = [1: 1, 2: 1, 3: 1]

    @Test(
        arguments: [
            // Always the same ones.
            (equal, [([1, 2], 6)], [1, 2, 1, 2, 1, 2]),
            (equal, [([3, 2, 1], 6)], [1, 2, 3, 1, 2, 3]),
            ([1: 3, 2: 1], [([1, 2], 8)], [1, 1, 2, 1, 1, 1, 2, 1]),
            ([1: 1, 2: 2], [([1, 2], 9)], [2, 1, 2, 2, 1, 2, 2, 1, 2]),
            ([1: 5, 2: 2], [([2, 1], 14)], [1, 2, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 1]),
            ([1: 1, 2: 2, 3: 3], [([1, 2, 3], 12)], [3, 2, 1, 3, 2, 3, 3, 2, 1, 3, 2, 3]),
            // One comes later.
            (equal, [([1], 4), ([1, 2], 6)], [1, 1, 1, 1, 2, 1, 2, 1, 2, 1]),
            (equal, [([1, 2], 3), ([1, 2, 3], 6)], [1, 2, 1, 2, 3, 1, 2, 3, 1]),
            // One leaves and comes back.
            (equal, [([1, 2], 2), ([1], 4), ([1, 2], 4)], [1, 2, 1, 1, 1, 1, 2, 1, 2, 1]),
            ([1: 1, 2: 3], [([1, 2], 4), ([2], 2), ([1, 2], 6)], [2, 1, 2, 2, 2, 2, 1, 2, 2, 1, 2, 2]),
            // All leave, and come back to a third.
            ([1: 1, 2: 1, 3: 2], [([1, 2], 2), ([3], 3), ([1, 2, 3], 8)], [1, 2, 3, 3, 3, 1, 2, 3, 1, 2, 3, 3, 1]),
            // One is there at every second decision.
            (
                equal, [([1, 2], 1), ([2], 1), ([1, 2], 1), ([2], 1), ([1, 2], 1), ([2], 1), ([1, 2], 2)],
                [1, 2, 1, 2, 1, 2, 1, 2]
            ),
        ] as [(Shares, [([Int], Int)], [Int])])
    func `the campaign that was served least for its share is next`(
        _ shares: Shares, _ presence: [([Int], Int)], _ sequence: [Int]
    ) {
        var fair = FairShares()
        var served: [Int] = []
        for (campaigns, calls) in presence {
            for _ in 0..<calls { served.append(fair.serve(campaigns, shares)) }
        }
        #expect(served == sequence)
    }

    @Test func `the order in which campaigns are named does not matter, and equals go by number`() {
        var fair = FairShares()
        #expect(fair.next(among: [FairShares.Candidate(campaign: 9, share: 2), .init(campaign: 4, share: 2)]) == 4)
        #expect(fair.next(among: [FairShares.Candidate(campaign: 4, share: 2), .init(campaign: 9, share: 2)]) == 4)
        #expect(fair.serve([9, 4], [4: 2, 9: 2]) == 4)
        #expect(fair.serve([9, 4], [4: 2, 9: 2]) == 9)
    }

    @Test(arguments: [(1, 1000), (1000, 1), (1, 1), (3, 7), (999, 1000)])
    func `a campaign beside another has its calls in every stretch as long as its turns are apart`(
        _ one: Int, _ two: Int
    ) {
        var fair = FairShares()
        let served = (0..<3 * (one + two)).map { _ in fair.serve([1, 2], [1: one, 2: two]) }
        for begin in 0...2 * (one + two) {
            #expect(served[begin..<begin + one + two].count { $0 == 1 } == one)
        }
    }

    @Test func `a campaign that waited does not catch up, and one that called alone does not pay for that`() {
        var fair = FairShares()
        let shares = [1: 1, 2: 1, 3: 500]
        for _ in 0..<1000 { fair.serve([2], shares) }
        #expect((0..<6).map { _ in fair.serve([1, 2], shares) } == [1, 2, 1, 2, 1, 2])
        for _ in 0..<1000 { fair.serve([1], shares) }
        #expect((0..<6).map { _ in fair.serve([1, 2], shares) } == [2, 1, 2, 1, 2, 1])
        for _ in 0..<1000 { fair.serve([3], shares) }
        #expect((0..<1002).map { _ in fair.serve([1, 2, 3], shares) }.filter { $0 != 3 } == [1, 2, 1, 2])
    }

    @Test func `a call ahead of its share is not forgiven because the campaign was away for a moment`() {
        var fair = FairShares()
        let shares = [1: 1, 2: 10]
        while fair.serve([1, 2], shares) != 1 {}
        fair.serve([2], shares)
        #expect((0..<9).map { _ in fair.serve([1, 2], shares) } == Array(repeating: 2, count: 9))
        #expect(fair.serve([1, 2], shares) == 1)
    }

    @Test func `a campaign that has been removed is new when it comes back`() {
        var fair = FairShares()
        let shares = [1: 1, 2: 100]
        while fair.serve([1, 2], shares) != 1 {}
        fair.remove(1)
        let until = (0..<200).first { _ in fair.serve([1, 2], shares) == 1 }
        #expect(until == 50)
    }

    @Test(arguments: [(1, 1000), (1000, 1), (1, 3)])
    func `a campaign whose share changes is as many calls ahead as before`(_ before: Int, _ after: Int) {
        var fair = FairShares()
        while fair.serve([1, 2], [1: before, 2: 1000]) != 1 {}
        // Its next call comes within the calls that the other has for one of its own, by the new share.
        let until = (0..<3000).first { _ in fair.serve([1, 2], [1: after, 2: 1000]) == 1 }
        #expect((until ?? .max) <= 1000 / after + 1)
    }

    @Test(arguments: [0, (1 << 20) - 100])
    func `nothing drifts in a million calls`(_ callsBefore: Int) {
        // After 2^20 calls of share 1 the scale is moved back: here while campaigns compete.
        var fair = FairShares()
        let shares = [1: 1, 2: 3, 3: 7]
        for _ in 0..<callsBefore { fair.serve([1], shares) }
        let served = (0..<11 * 300).map { _ in fair.serve([1, 2, 3], shares) }
        // What is served in a round of as many calls as there are shares repeats from round to round.
        for begin in stride(from: 0, to: served.count, by: 11) {
            #expect(Array(served[begin..<begin + 11]) == Array(served[0..<11]))
        }
    }
}

extension FairShares {
    /// A decision and its call.
    @discardableResult
    mutating func serve(_ campaigns: [Int], _ shares: [Int: Int]) -> Int {
        let candidates = campaigns.map { Candidate(campaign: $0, share: shares[$0] ?? 1) }
        let next = next(among: candidates)
        note(next, among: candidates)
        return next
    }
}
