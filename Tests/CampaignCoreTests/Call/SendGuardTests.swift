import CampaignCore
import Testing

/// Calls claimed on Friday, 2027-01-15, at 08:00:00 UTC.
@Suite("Whether a call may still be sent") struct SendGuardTests {
    private static let claimed = Timestamp(milliseconds: 1_800_000_000_000)

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// Milliseconds since the claim, on the monotonic clock and on the wall clock.
        var passed: Int
        var wall: Int?
        /// The minute of the day at which the window closes.
        var shuts: Int?
        /// Seconds from the claim to the end of the campaign.
        var expires: Int?
        /// Seconds from the claim on for which the contact may be called.
        var contactFor: Int?
        var refusal: SendRefusal?
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "at once", passed: 0),
        Case(name: "after a slow connection", passed: 10_000, shuts: 481),
        Case(name: "later than that", passed: 10_001, refusal: .tooLate(.milliseconds(10_001))),
        Case(name: "after an hour of sleep", passed: 3_600_000, refusal: .tooLate(.seconds(3600))),
        Case(name: "at the last moment at which a call may begin", passed: 2_000, contactFor: 3),
        Case(name: "with 18 s left of the window", passed: 5_000, shuts: 481, refusal: nil),
        Case(name: "while the window shuts", passed: 60_000, shuts: 481, refusal: .windowShut),
        Case(name: "with less than a call needs", passed: 42_001, shuts: 481, refusal: .windowShut),
        Case(name: "after the window, a night later", passed: 50_000_000, shuts: 481, refusal: .windowShut),
        Case(name: "when the contact's own window has shut", passed: 3_001, contactFor: 3, refusal: .windowShut),
        Case(name: "when the campaign is over", passed: 4_000, expires: 4, refusal: .expired),
        Case(name: "before the campaign is over", passed: 3_999, expires: 4),
        Case(name: "with a clock that was set ahead", passed: 100, wall: 2_200, refusal: .clockSet),
        Case(name: "with a clock that was set back", passed: 100, wall: -2_000, refusal: .clockSet),
        Case(name: "with a clock that a time service corrects", passed: 100, wall: -1_800),
        Case(name: "with a clock that stood still in a sleep", passed: 3_600_000, wall: 1, refusal: .clockSet),
        Case(name: "with a clock set out of the window", passed: 1, wall: 7_200_000, shuts: 540, refusal: .windowShut),
    ]

    @Test(arguments: cases)
    func `is checked again`(_ example: Case) throws {
        let window = example.shuts.map {
            CallingWindow(timeZone: "UTC", days: [.fri], fromMinute: 480, toMinute: $0, holidays: [])
        }
        var gate = WindowGate(
            window: window, calendar: WindowCalendar(window: window) { _ in 0 }, room: .seconds(18))
        #expect(gate.state(at: Self.claimed) == .open)
        let rule = SendGuard(
            intendedAt: Self.claimed, window: gate, expires: example.expires.map { Self.after(1000 * $0) },
            gate: example.contactFor.map { OpenUntil(end: Self.after(1000 * $0)) })
        let refusal = rule.refusal(
            of: try #require(PhoneNumber(value: 5_511_900_000_000)), at: Self.after(example.wall ?? example.passed),
            after: .milliseconds(example.passed))
        #expect(refusal == example.refusal)
    }

    @Test func `is described in words that say what happened`() {
        for refusal in [SendRefusal.windowShut, .expired, .clockSet, .tooLate(.seconds(3600)), .blocked] {
            #expect(refusal.description.hasPrefix("held back: "))
        }
        #expect(SendRefusal.tooLate(.seconds(3600)).description.contains("3600 s passed"))
    }

    private static func after(_ milliseconds: Int) -> Timestamp { claimed.advanced(by: .milliseconds(milliseconds)) }
}

/// Lets everyone be called until a given time.
private struct OpenUntil: ClaimGate {
    var end: Timestamp

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        now <= end ? nil : now.advanced(by: .seconds(3600))
    }
}
