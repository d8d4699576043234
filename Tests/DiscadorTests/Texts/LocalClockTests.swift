import CampaignCore
import Foundation
import Testing

@testable import discador

@Suite struct `Times for people` {
    @Test func `are those of a zone, in the form of each language`() throws {
        let clock = LocalClock(try #require(TimeZone(identifier: "America/Sao_Paulo")))
        let moment = Timestamp(milliseconds: 1_795_435_200_000)
        #expect(clock.text(moment) == Phrase("2026-11-23 09:00:00", "23/11/2026 09:00:00"))
        #expect(clock.text(moment, withSeconds: false) == Phrase("2026-11-23 09:00", "23/11/2026 09:00"))
        #expect(clock.name == Phrase("times: America/Sao_Paulo", "horários: America/Sao_Paulo"))
    }

    @Test func `that stand alone have their zone, and for machines are ISO 8601`() throws {
        let zone = try #require(TimeZone(identifier: "America/Sao_Paulo"))
        let moment = Timestamp(milliseconds: 1_795_435_200_000)
        #expect(
            LocalClock(zone).alone(moment)
                == Phrase("2026-11-23 09:00 (America/Sao_Paulo)", "23/11/2026 09:00 (America/Sao_Paulo)"))
        let iso = "2026-11-23T09:00:00-03:00"
        #expect(LocalClock.iso(in: zone).alone(moment) == Phrase(iso, iso))
    }

    @Test(arguments: [
        (66 * 60, "66 h"), (42 * 60 + 30, "42 h 30 min"), (45, "45 min"), (0, "0 h"), (168 * 60, "168 h"),
    ])
    func `that a window is open are hours, never days`(minutes: Int, text: String) {
        #expect(DurationText.hours(.seconds(minutes * 60)) == text)
    }

    @Test func `name a zone without a name by its offset`() throws {
        #expect(LocalClock(try #require(TimeZone(secondsFromGMT: 0))).name.english == "times: UTC")
        #expect(LocalClock(try #require(TimeZone(secondsFromGMT: -10_800))).name.english == "times: UTC-03:00")
        #expect(LocalClock(try #require(TimeZone(identifier: "UTC"))).name.english == "times: UTC")
    }
}
