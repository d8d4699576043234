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
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000Z"), (-1, 0, "1969-12-31T23:59:59.999Z"),
            (-1000, 0, "1969-12-31T23:59:59.000Z"), (-1, 60, "1970-01-01T00:00:59.999+00:01"),
            (1_795_435_200_007, -3 * 3600, "2026-11-23T09:00:00.007-03:00"),
            (1_795_435_200_250, 5 * 3600 + 2700, "2026-11-23T17:45:00.250+05:45"),
            (1_798_761_599_999, 0, "2026-12-31T23:59:59.999Z"), (1_798_761_600_000, 0, "2027-01-01T00:00:00.000Z"),
            (1_798_761_600_000, -1800, "2026-12-31T23:30:00.000-00:30"),
            (1_798_761_599_999, 14 * 3600, "2027-01-01T13:59:59.999+14:00"),
            (951_868_799_000, 0, "2000-02-29T23:59:59.000Z"), (4_107_542_400_000, 0, "2100-03-01T00:00:00.000Z"),
            (-2_208_988_800_000, -11_188, "1899-12-31T20:53:32.000-03:06:28"),
            (-62_135_596_800_000, 0, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, Int, String)])
    func `a moment is written as ISO 8601 with its offset`(
        _ milliseconds: Int64, _ utcOffset: Int, _ text: String
    ) {
        let moment = Timestamp(milliseconds: milliseconds)
        #expect(moment.iso8601(utcOffset: utcOffset, withMilliseconds: true) == text)
        #expect(moment.iso8601(utcOffset: utcOffset) == text.prefix(19) + text.dropFirst(23))
    }

    @Test func `a moment is written as Foundation writes it, in every zone`() {
        var random = SplitMix64(seed: 11)
        // 1890 to 2130.
        let moments = (0..<2000).map { _ in
            Timestamp(milliseconds: Int64(random.next(below: 7_573_500_000_000)) - 2_524_500_000_000)
        }
        let zones = TimeZone.knownTimeZoneIdentifiers.compactMap(TimeZone.init(identifier:))
        #expect(zones.count > 300)
        for (number, zone) in zones.enumerated() {
            let style = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
            let wrong = stride(from: number % 10, to: moments.count, by: 10).map { moments[$0] }.filter { moment in
                let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
                return moment.iso8601(utcOffset: zone.secondsFromGMT(for: date)) != date.formatted(style)
            }
            #expect(wrong.isEmpty, "\(zone)")
        }
    }

    @Test(
        arguments: [(Duration.milliseconds(1_500), 1.5), (.zero, 0), (.milliseconds(-250), -0.25)]
            as [(Duration, Double)])
    func `seconds as a number keep their fraction and sign`(_ duration: Duration, _ seconds: Double) {
        #expect(duration.inSeconds == seconds)
    }
}
