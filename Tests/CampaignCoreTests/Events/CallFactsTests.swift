import CampaignCore
import Testing

@Suite struct CallFactsTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private static func later(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }

    /// Every fact that there is, each at a time of its own.
    private static let facts: [CallFact] =
        DeliveryFailure.allCases.map { .failed($0, "text") } + [.failed(.other, "another text")]
        + [.delivered, .notAnswered, .answered]

    @Test func `any three facts lead to the same end in any order, and repeats change nothing`() {
        for one in Self.facts.indices {
            for two in Self.facts.indices {
                for three in Self.facts.indices {
                    let orders = [
                        [one, two, three], [one, three, two], [two, one, three], [two, three, one], [three, one, two],
                        [three, two, one], [one, one, two, three, two, one], [three, two, one, three],
                    ]
                    let ends = Set(orders.map { Self.end(of: $0) })
                    #expect(ends.count == 1, "\(Self.facts[one]) \(Self.facts[two]) \(Self.facts[three])")
                }
            }
        }
    }

    private static func end(of order: [Int]) -> CallFacts {
        var facts = CallFacts()
        for index in order { _ = facts.add(Self.facts[index], at: Self.later(index)) }
        return facts
    }

    @Test func `what is known only moves forward`() {
        for first in Self.facts {
            for second in Self.facts {
                var facts = CallFacts()
                _ = facts.add(first, at: Self.now)
                let standing = facts.standing
                _ = facts.add(second, at: Self.later(1))
                #expect(facts.standing >= standing, "\(first) \(second)")
            }
        }
    }

    @Test func `a contradiction is remarked upon, whichever comes first`() {
        let cases: [(CallFact, CallFact, EventRemark?, EventRemark?)] = [
            (.delivered, .failed(.notQueued, ""), .failedAfterDelivery, .deliveredAfterFailure),
            (.answered, .failed(.unknown, ""), .failedAfterDelivery, .deliveredAfterFailure),
            (.answered, .notAnswered, .otherAnswer, .otherAnswer),
            (.failed(.noWhatsApp, ""), .failed(.badAudio, ""), .otherFailure, .otherFailure),
            (.delivered, .answered, nil, nil), (.delivered, .notAnswered, nil, nil),
        ]
        for (one, other, after, before) in cases {
            #expect(Self.remarks([one, other]) == [nil, after])
            #expect(Self.remarks([other, one]) == [nil, before])
        }
    }

    private static func remarks(_ order: [CallFact]) -> [EventRemark?] {
        var facts = CallFacts()
        return order.map { facts.add($0, at: now) }
    }

    @Test func `the earliest time counts of those that say the same`() {
        var facts = CallFacts()
        _ = facts.add(.answered, at: Self.later(5))
        _ = facts.add(.delivered, at: Self.later(9))
        _ = facts.add(.notAnswered, at: Self.later(1))
        _ = facts.add(.answered, at: Self.later(3))
        #expect(facts.deliveredAt == Self.later(1) && facts.answeredAt == Self.later(3))
    }
}
