import CampaignCore
import Testing

@Suite struct DeliveryStreakTests {
    struct Row: Sendable {
        /// A letter a call: d delivered, r rejected, u unknown, f another failure.
        var calls: String
        var troubles: [DeliveryStreak.Trouble]
    }

    @Test(arguments: [
        Row(calls: "dddddddddddd", troubles: []), Row(calls: "r", troubles: []),
        Row(calls: "rr", troubles: [.rejected]), Row(calls: "rddddddddr", troubles: [.rejected]),
        Row(calls: "rdddddddddr", troubles: []), Row(calls: "rrr", troubles: [.rejected]),
        Row(calls: "rrrr", troubles: [.rejected, .rejected]), Row(calls: "uu", troubles: []),
        Row(calls: "uuu", troubles: [.unknown]), Row(calls: "uudu", troubles: []),
        Row(calls: "uuuuuu", troubles: [.unknown, .unknown]), Row(calls: "fffffffffff", troubles: []),
        Row(calls: "ufu", troubles: []),
    ])
    func `rejections close together, and unknown deliveries in a row, are the instance's trouble`(_ row: Row) {
        var streak = DeliveryStreak()
        let troubles = row.calls.compactMap { letter -> DeliveryStreak.Trouble? in
            let fact: CallFact =
                switch letter {
                case "r": .failed(.rejectedByWhatsApp, "")
                case "u": .failed(.unknown, "")
                case "f": .failed(.other, "")
                default: .delivered
                }
            streak = DeliveryStreak(letters: streak.letters)
            return streak.note(fact)
        }
        #expect(troubles == row.troubles)
    }

    @Test func `each quarantine is longer than the last, up to four days`() {
        var now = Timestamp(milliseconds: 1_800_000_000_000)
        var quarantine = InstanceQuarantine(level: 0, until: nil)
        for hours in [24, 48, 96, 96] {
            let hasBegun = quarantine.begin(at: now)
            #expect(hasBegun)
            let end = now.advanced(by: .seconds(hours * 3600))
            #expect(quarantine.until == end)
            // Another one while it is under way changes nothing.
            let hasBegunAnew = quarantine.begin(at: end.advanced(by: .milliseconds(-1)))
            #expect(!hasBegunAnew && quarantine.until == end)
            now = end
        }
        let isFirst = quarantine.begin(at: now.advanced(by: InstanceQuarantine.forgottenAfter))
        #expect(isFirst && quarantine.level == 1)
        // One that a person has ended counts for the next.
        var released = InstanceQuarantine(level: 1, until: nil)
        let isSecond = released.begin(at: now)
        #expect(isSecond && released.level == 2)
    }
}
