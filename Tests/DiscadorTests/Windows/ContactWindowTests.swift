import CampaignCore
import Foundation
import Testing

@testable import discador

@Suite(.fewAtATime) struct `A calling window in each contact's local time` {
    private func campaign(from: Int = 9 * 60, to: Int = 18 * 60) -> Campaign {
        var campaign = Campaign(name: "camp", instances: [])
        campaign.window = CallingWindow(
            zone: .contact, days: [.mon, .tue, .wed, .thu, .fri], fromMinute: from, toMinute: to, holidays: [])
        return campaign
    }

    private func moment(_ text: String) throws -> Timestamp {
        Timestamp(milliseconds: Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) * 1000)
    }

    @Test(
        arguments: [
            ("5511987654321", "2026-11-24T09:00:00-03:00"), ("5592987654321", "2026-11-24T10:00:00-03:00"),
            ("5568987654321", "2026-11-24T11:00:00-03:00"), ("5597987654321", "2026-11-24T11:00:00-03:00"),
            ("351912345678", "2026-11-24T10:00:00+00:00"), ("819012345678", "2026-11-24T09:00:00+09:00"),
            ("123456789012345@lid", "2026-11-24T11:00:00-03:00"),
        ])
    func `opens when it does in every zone that the number may be in`(_ number: String, _ opens: String) throws {
        let gate = try #require(ContactWindow(of: campaign()))
        let phone = try #require(PhoneNumber(text: number))
        // Tuesday has not begun in Brazil: nobody is called on what is still Monday night.
        let night = try moment("2026-11-23T21:00:00-03:00")
        let opening = try moment(opens)
        if opening > night {
            #expect(gate.opening(of: phone, at: night) == opening)
        } else {
            #expect(gate.opening(of: phone, at: night) == nil)
        }
        #expect(gate.opening(of: phone, at: max(opening, night)) == nil)
    }

    @Test func `holds a contact while it is closed, by either kind of clock`() throws {
        let phone = try #require(PhoneNumber(text: "5592987654321"))
        let night = try moment("2026-11-23T23:00:00-03:00")
        var campaign = campaign()
        let own = try #require(WindowHold(of: phone, in: campaign, now: night))
        #expect(
            own.phrase(LocalClock(.gmt)).english
                == "The campaign's window is closed in America/Manaus: it opens at 2026-11-24 13:00:00.")
        campaign.window?.zone = .fixed("America/Sao_Paulo")
        #expect(try WindowHold(of: phone, in: campaign, now: night)?.opensAt == moment("2026-11-24T09:00:00-03:00"))
        #expect(try WindowHold(of: phone, in: campaign, now: moment("2026-11-24T09:00:00-03:00")) == nil)
        campaign.window?.days = []
        #expect(WindowHold(of: phone, in: campaign, now: night)?.opensAt == nil)
        campaign.window = nil
        #expect(WindowHold(of: phone, in: campaign, now: night) == nil)
    }

    @Test func `is by day on all days but Sundays where the campaign has none`() throws {
        let gate = try #require(ContactWindow(of: Campaign(name: "camp", instances: [])))
        for (number, sunday, monday) in [
            ("5511987654321", "2026-11-22T12:00:00-03:00", "2026-11-23T09:00:00-03:00"),
            ("819012345678", "2026-11-22T12:00:00+09:00", "2026-11-23T09:00:00+09:00"),
        ] {
            let phone = try #require(PhoneNumber(text: number))
            let opening = try moment(monday)
            #expect(gate.opening(of: phone, at: try moment(sunday)) == opening)
            let saturday = opening.advanced(by: .seconds(5 * 86_400 + 11 * 3600 - 48))
            #expect(gate.opening(of: phone, at: saturday) == nil)
            // 48 s before 20:00: the ring, the spacing, and a request that takes its whole timeout.
            let nextMonday = opening.advanced(by: .seconds(7 * 86_400))
            #expect(gate.opening(of: phone, at: saturday.advanced(by: .milliseconds(1))) == nextMonday)
        }
    }

    @Test func `never opens in a zone that the machine does not know`() throws {
        let calendar = ContactWindow.calendar(of: .usual, in: ["Nowhere/City"])
        #expect(calendar.nextStart(atOrAfter: try moment("2026-11-23T12:00:00Z"), needing: .zero) == nil)
    }

    @Test func `closes so early that the longest call rings out before, also after a slow request`() throws {
        let gate = try #require(ContactWindow(of: campaign()))
        let phone = try #require(PhoneNumber(text: "5511987654321"))
        let last = try moment("2026-11-27T17:59:12-03:00")
        #expect(gate.opening(of: phone, at: last) == nil)
        let monday = try moment("2026-11-30T09:00:00-03:00")
        #expect(gate.opening(of: phone, at: last.advanced(by: .milliseconds(1))) == monday)
    }

    @Test func `keeps what it has computed only for as long as it holds, whichever way the clock is set`() throws {
        let numbers = ["5511987654321", "5581987654321", "5597987654321", "34612345678", "12025550123"]
        let phones = try numbers.map { try #require(PhoneNumber(text: $0)) }
        let remembering = try #require(ContactWindow(of: campaign()))
        let start = try moment("2026-03-06T00:00:00Z")
        var random: UInt64 = 7
        for step in 0..<800 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Mostly forward through the clock changes of March, now and then anywhere.
            let seconds = step % 10 == 0 ? Int(random >> 33) % 2_500_000 : step * 3000
            let now = start.advanced(by: .seconds(seconds))
            let phone = phones[step % phones.count]
            let afresh = try #require(ContactWindow(of: campaign())).opening(of: phone, at: now)
            #expect(remembering.opening(of: phone, at: now) == afresh, "\(phone.text) at \(now)")
        }
    }

    @Test func `that never opens for a number looks at it again in a year`() throws {
        let gate = try #require(ContactWindow(of: campaign()))
        let phone = try #require(PhoneNumber(text: "79123456789"))
        let now = try moment("2026-11-23T12:00:00Z")
        #expect(gate.opening(of: phone, at: now) == now.advanced(by: .seconds(400 * 86_400)))
        let later = now.advanced(by: .seconds(3600))
        #expect(gate.opening(of: phone, at: later) == now.advanced(by: .seconds(400 * 86_400)))
    }

    @Test func `does not exist where the window goes by a single clock`() {
        var fixed = campaign()
        fixed.window?.zone = .fixed("America/Sao_Paulo")
        #expect(ContactWindow(of: fixed) == nil)
        fixed.window = nil
        #expect(ContactWindow(of: fixed) == nil)
    }
}
