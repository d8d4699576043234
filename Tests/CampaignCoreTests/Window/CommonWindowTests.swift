import CampaignCore
import Testing

@Suite struct CommonWindowTests {
    private func common(_ days: String, _ hours: String, _ zones: [String]) throws -> CommonWindow {
        CommonWindow(try zones.map { try WindowCalendar(window(days, hours, $0)) })
    }

    @Test(
        arguments: [
            // Recife is an hour behind the islands: 09:00 there, 18:00 on the islands.
            ("2026-06-05T08:00:00-03:00", "2026-06-05T09:00:00-03:00", "2026-06-05T16:59:42-03:00"),
            ("2026-06-05T16:59:42-03:00", "2026-06-05T16:59:42-03:00", "2026-06-05T16:59:42-03:00"),
            ("2026-06-05T16:59:43-03:00", "2026-06-08T09:00:00-03:00", "2026-06-08T16:59:42-03:00"),
            ("2026-06-05T12:00:00-03:00", "2026-06-05T12:00:00-03:00", "2026-06-05T16:59:42-03:00"),
        ])
    func `a call may start while the window is open in both zones, and stays so for long enough`(
        _ at: String, _ start: String, _ last: String
    ) throws {
        let pernambuco = try common("mon-fri", "09:00-18:00", ["America/Recife", "America/Noronha"])
        let found = try #require(pernambuco.nextStart(atOrAfter: moment(at), needing: .seconds(18)))
        #expect(try found == moment(start))
        #expect(try pernambuco.lastStart(from: found, needing: .seconds(18)) == moment(last))
    }

    @Test func `a Monday that begins in one zone is not yet one in another`() throws {
        let wide = try common("mon", "00:00-24:00", ["Pacific/Auckland", "America/Sao_Paulo"])
        let sunday = try moment("2026-06-07T12:00:00Z")
        #expect(try wide.nextStart(atOrAfter: sunday, needing: .zero) == moment("2026-06-08T00:00:00-03:00"))
    }

    @Test func `nine hours never meet at both ends of Russia, and longer ones do`() throws {
        let ends = ["Europe/Kaliningrad", "Asia/Kamchatka"]
        let now = try moment("2026-06-05T12:00:00Z")
        #expect(try common("mon-sun", "09:00-18:00", ends).nextStart(atOrAfter: now, needing: .zero) == nil)
        let long = try common("mon-sun", "09:00-21:00", ends)
        let start = try #require(long.nextStart(atOrAfter: now, needing: .seconds(18)))
        #expect(try start == moment("2026-06-06T07:00:00Z"))
        #expect(try long.lastStart(from: start, needing: .seconds(18)) == moment("2026-06-06T08:59:42Z"))
    }

    @Test func `a window that never shuts may be started in for as long as is looked ahead`() throws {
        let always = try common("mon-sun", "00:00-24:00", ["America/Recife", "America/Manaus"])
        let now = try moment("2026-06-05T12:00:00Z")
        #expect(always.nextStart(atOrAfter: now, needing: .seconds(18)) == now)
        #expect(always.lastStart(from: now, needing: .seconds(18)) == now.advanced(by: WindowCalendar.horizon))
    }

    @Test func `through the changes of the clocks it is open in common when it is in each`() throws {
        let zones = ["America/Sao_Paulo", "Europe/Lisbon", "America/Santiago"]
        let each = try zones.map { try WindowCalendar(window("mon-fri", "09:00-20:00", $0)) }
        let all = CommonWindow(each)
        // Lisbon changes on 29 March, Santiago on 4 April.
        let begin = try moment("2026-03-23T00:00:00Z")
        for quarter in 0..<20 * 96 {
            let now = begin.advanced(by: .seconds(quarter * 900))
            let isOpen = each.allSatisfy { $0.nextStart(atOrAfter: now, needing: .seconds(18)) == now }
            #expect((all.nextStart(atOrAfter: now, needing: .seconds(18)) == now) == isOpen, "\(now)")
        }
    }
}
