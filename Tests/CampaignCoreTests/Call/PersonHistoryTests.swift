import CampaignCore
import Testing

@Suite struct PersonHistoryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// Seconds before now; a negative number is an unanswered call.
        var calls: [Int]
        var quota: (calls: Int, seconds: Int)?
        var inARow: Int?
        var ruling: PersonHistory.Ruling
        var testDescription: String { name }
    }

    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private static func waits(_ seconds: Int) -> PersonHistory.Ruling {
        .waits(until: now.advanced(by: .seconds(seconds)))
    }

    @Test(arguments: [
        Case(name: "nobody has called", calls: [], quota: (1, 60), inARow: 1, ruling: .mayBeCalled),
        Case(name: "fewer than allowed", calls: [10], quota: (2, 60), ruling: .mayBeCalled),
        Case(name: "as often as allowed", calls: [10, 20], quota: (2, 60), ruling: waits(40)),
        Case(name: "the first is just out of the period", calls: [60, 20], quota: (2, 60), ruling: .mayBeCalled),
        Case(name: "one second before that", calls: [59, 20], quota: (2, 60), ruling: waits(1)),
        Case(name: "more often than allowed", calls: [50, 40, 30, 20, 10], quota: (2, 60), ruling: waits(40)),
        Case(
            name: "a call in the future, after the clock was set back", calls: [-0, 20], quota: (1, 60),
            ruling: waits(60)),
        Case(name: "unanswered, but fewer than allowed", calls: [-10, -20], inARow: 3, ruling: .mayBeCalled),
        Case(name: "unanswered as often as allowed", calls: [-10, -20, -30], inARow: 3, ruling: .unanswered),
        Case(
            name: "unanswered long ago, answered or unknown since", calls: [10, -20, -30], inARow: 2,
            ruling: .mayBeCalled),
        Case(name: "one among them is unknown", calls: [-10, 20, -30], inARow: 2, ruling: .mayBeCalled),
        Case(name: "both limits", calls: [-10, -20], quota: (2, 60), inARow: 2, ruling: .unanswered),
        Case(name: "the other limit", calls: [-10, 20], quota: (2, 60), inARow: 2, ruling: waits(40)),
    ])
    func `a person may be called as often as the limit says`(_ row: Case) {
        let history = PersonHistory(
            row.calls.map { seconds in
                PersonHistory.Call(
                    startedAt: Self.now.advanced(by: .seconds(-abs(seconds))),
                    answer: seconds < 0 ? .notAnswered : nil)
            })
        let limit = PersonLimit(
            quota: row.quota.map { PersonLimit.Quota(calls: $0.calls, per: .seconds($0.seconds)) },
            unansweredInARow: row.inARow)
        #expect(history.ruling(limit, at: Self.now) == row.ruling)
    }
}
