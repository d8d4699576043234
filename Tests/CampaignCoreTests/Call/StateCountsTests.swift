import CampaignCore
import Testing

@Suite struct StateCountsTests {
    @Test func `the states add up to the total after any moves`() {
        var random = FixedRandom(seed: 11)
        var counts = StateCounts()
        counts.ready = 1000
        for _ in 0..<5000 {
            let from = CallState.allCases[random.below(CallState.allCases.count)]
            let to = CallState.allCases[random.below(CallState.allCases.count)]
            counts.move(from: from, to: to)
            #expect(counts.total == 1000)
            #expect(CallState.allCases.reduce(0) { $0 + counts[$1] } == 1000)
        }
    }

    @Test(arguments: CallState.allCases)
    func `each state has its own count`(_ state: CallState) {
        var counts = StateCounts()
        counts[state] = 3
        #expect(counts[state] == 3)
        #expect(counts.total == 3)
        #expect(counts.finished == (state == .ready || state == .dialing ? 0 : 3))
        for other in CallState.allCases where other != state { #expect(counts[other] == 0) }
    }

    @Test func `a move within one state changes nothing`() {
        var counts = StateCounts()
        counts.accepted = 2
        counts.move(from: .accepted, to: .accepted)
        #expect(counts.accepted == 2)
    }

    @Test func `the words of the states are those of the database and the reports`() {
        let words = ["ready", "dialing", "accepted", "failed", "in_doubt", "excluded"]
        #expect(CallState.allCases.map(\.rawValue) == words)
    }
}
