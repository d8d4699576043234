import Testing

@testable import CampaignCore

@Suite struct SamePersonRuleTests {
    /// How the last call of a contact ended, and what was decided about it.
    enum Past: CaseIterable {
        case none, notPlaced, underWay, doubt, releasedDoubt, accepted, unanswered, releasedUnanswered, answered

        /// Whether the contact may be `ready` after it.
        var mayBeReady: Bool { [.none, .notPlaced, .releasedDoubt, .releasedUnanswered].contains(self) }

        func call(_ contact: Int64, at second: Int64, isReady: Bool) -> SamePersonRule.Call? {
            var facts = CallFacts()
            var outcome: AttemptOutcome? = .accepted
            var released: CallFacts.Standing?
            switch self {
            // The caller gives the rule no calls that certainly did not ring, but for `server_error`.
            case .none, .notPlaced: return nil
            case .underWay: outcome = nil
            case .doubt: outcome = .inDoubt
            case .releasedDoubt: (outcome, released) = (.inDoubt, .nothing)
            case .accepted: break
            case .unanswered: facts = Self.ended(.notAnswered)
            case .releasedUnanswered: (facts, released) = (Self.ended(.notAnswered), .notAnswered)
            case .answered: facts = Self.ended(.answered)
            }
            return SamePersonRule.Call(
                contact: contact, startedAt: Timestamp(milliseconds: second * 1000),
                past: PastCall(number: 1, outcome: outcome, facts: facts, released: released),
                dueAt: isReady ? Timestamp(milliseconds: second * 1000 + 60_000) : nil)
        }

        private static func ended(_ answer: Answer) -> CallFacts {
            CallFacts(delivery: .delivered, failure: nil, answer: answer)
        }
    }

    /// The ruling on contact 1, whose call was before that of contact 2.
    private func rulings(
        _ first: Past, _ second: Past, isRedial: Bool = false, waiting: Set<Int64> = [1, 2]
    ) -> (first: SamePersonRule.Ruling, second: SamePersonRule.Ruling) {
        let calls = [
            first.call(1, at: 100, isReady: first.mayBeReady && waiting.contains(1)),
            second.call(2, at: 200, isReady: second.mayBeReady && waiting.contains(2)),
        ].compactMap { $0 }
        return (
            SamePersonRule(1, isRedial: isRedial, calls: calls).ruling,
            SamePersonRule(2, isRedial: isRedial, calls: calls).ruling
        )
    }

    @Test(arguments: Past.allCases.filter(\.mayBeReady), [Past.underWay, .doubt, .accepted, .answered])
    func `nobody is called beside a call that may have rung and that nobody has released`(_ own: Past, _ other: Past) {
        for ruling in [rulings(own, other).first, rulings(other, own).second] {
            if case .mayBeCalled = ruling { Issue.record("\(own) may be called beside \(other)") }
        }
    }

    @Test(arguments: Past.allCases.filter(\.mayBeReady), Past.allCases.filter(\.mayBeReady))
    func `of two waiting contacts one is called in the end, and the other is not called beside it`(
        _ one: Past, _ other: Past
    ) {
        for isRedial in [false, true] {
            // Each in its turn, until one is called.
            var waiting: Set<Int64> = [1, 2]
            var called: Set<Int64> = []
            for _ in 0..<3 where called.isEmpty {
                let (first, second) = rulings(one, other, isRedial: isRedial, waiting: waiting)
                for (contact, ruling) in [(Int64(1), first), (2, second)] where waiting.contains(contact) {
                    switch ruling {
                    case .mayBeCalled: called.insert(contact)
                    case .hasBeenCalled: waiting.remove(contact)
                    case .waits: break
                    }
                }
            }
            #expect(!called.isEmpty)
            // While that call is under way, the other is not called.
            if case .mayBeCalled = rulings(.underWay, other).second { Issue.record("\(other) is called, too") }
            if case .mayBeCalled = rulings(one, .underWay).first { Issue.record("\(one) is called, too") }
        }
    }

    @Test func `a person whose doubt was released is called as that contact`() {
        #expect(rulings(.none, .releasedDoubt).first == .waits(for: Timestamp(milliseconds: 260_000)))
        #expect(rulings(.releasedDoubt, .none).first == .mayBeCalled(insteadOf: []))
        let both = rulings(.releasedDoubt, .releasedDoubt)
        #expect(both.first == .waits(for: Timestamp(milliseconds: 260_000)))
        #expect(both.second == .mayBeCalled(insteadOf: []))
    }

    @Test func `a campaign calls again as the contact that it called last, and a person as either`() {
        let again = rulings(.releasedUnanswered, .releasedUnanswered, isRedial: true)
        #expect(again.first == .hasBeenCalled)
        #expect(again.second == .mayBeCalled(insteadOf: [1]))
        let wanted = rulings(.releasedUnanswered, .releasedUnanswered)
        #expect(wanted.first == .mayBeCalled(insteadOf: [2]))
        #expect(wanted.second == .mayBeCalled(insteadOf: [1]))
    }

    @Test func `a contact that was never called is not called after a call that rang`() {
        for past in [Past.accepted, .unanswered, .releasedUnanswered, .answered] {
            #expect(rulings(past, .none).second == .hasBeenCalled)
        }
        #expect(rulings(.underWay, .none).second == .waits(for: nil))
    }
}
