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

    @Test func `name a zone without a name by its offset`() throws {
        #expect(LocalClock(try #require(TimeZone(secondsFromGMT: 0))).name.english == "times: UTC")
        #expect(LocalClock(try #require(TimeZone(secondsFromGMT: -10_800))).name.english == "times: UTC-03:00")
        #expect(LocalClock(try #require(TimeZone(identifier: "UTC"))).name.english == "times: UTC")
    }
}
