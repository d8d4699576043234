import CampaignCore
import Foundation
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (Duration.zero, 0), (.milliseconds(1), 1), (.nanoseconds(1), 1), (.nanoseconds(999_999), 1),
            (.nanoseconds(1_000_000), 1), (.nanoseconds(1_000_001), 2), (.microseconds(1_500), 2),
            (.seconds(90), 90_000),
            (.seconds(3) + .nanoseconds(1), 3001), (.nanoseconds(-1), 0), (.microseconds(-1_500), -1),
            (.milliseconds(-2), -2), (.seconds(-1) - .microseconds(1), -1000), (.microseconds(-999), 0),
            (Duration(secondsComponent: 0, attosecondsComponent: 1), 1),
        ] as [(Duration, Int64)])
    func `a duration in milliseconds is never shorter than it was`(_ duration: Duration, _ milliseconds: Int64) {
        #expect(duration.millisecondsRoundedUp == milliseconds)
        #expect(.milliseconds(duration.millisecondsRoundedUp) >= duration)
        #expect(.milliseconds(duration.millisecondsRoundedUp - 1) < duration)
        let moment = Timestamp(milliseconds: 1_000)
        #expect(moment.advanced(by: duration).milliseconds == 1_000 + milliseconds)
    }

    @Test func `the way from one moment to another has a sign`() {
        let early = Timestamp(milliseconds: -5)
        let late = Timestamp(milliseconds: 20)
        #expect(early.duration(to: late) == .milliseconds(25))
        #expect(late.duration(to: early) == .milliseconds(-25))
        #expect(early < .epoch && .epoch < late)
        #expect(early.advanced(by: early.duration(to: late)) == late)
    }

    @Test func `a moment is coded as its bare number`() throws {
        let moment = Timestamp(milliseconds: 1_790_000_000_123)
        let bytes = try JSONEncoder().encode([moment])
        #expect(String(decoding: bytes, as: UTF8.self) == "[1790000000123]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: bytes) == [moment])
    }

    @Test(
        arguments: [(Duration.milliseconds(1_500), 1.5), (.zero, 0), (.milliseconds(-250), -0.25)]
            as [(Duration, Double)])
    func `seconds as a number keep their fraction and sign`(_ duration: Duration, _ seconds: Double) {
        #expect(duration.inSeconds == seconds)
    }
}
