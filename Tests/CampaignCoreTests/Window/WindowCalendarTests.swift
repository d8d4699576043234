import CampaignCore
import Foundation
import Testing

@Suite struct WindowCalendarTests {
    @Test(arguments: WindowCase.plain + WindowCase.midnight + WindowCase.forward + WindowCase.back)
    func `a window opens and shuts as its rule says`(_ example: WindowCase) throws {
        let calendar = try WindowCalendar(
            window(example.days, example.hours, example.zone, except: example.holidays))
        let (at, opens, closes) = (try moment(example.at), try moment(example.opens), try moment(example.closes))
        #expect(calendar.nextSpan(endingAfter: at) == WindowCalendar.Span(opens: opens, closes: closes))
        #expect(calendar.nextOpening(atOrAfter: at) == opens)
        #expect(calendar.isOpen(at: at) == (at == opens))
        #expect(calendar.closing(ofOpenAt: at) == (at == opens ? closes : nil))
        #expect(calendar.isOpen(at: closes.advanced(by: .milliseconds(-1))))
        #expect(!calendar.isOpen(at: closes))
    }

    @Test func `without a window it is always open`() throws {
        let calendar = WindowCalendar(window: nil, utcOffset: try utcOffset(in: "America/Sao_Paulo"))
        let now = try moment("2026-06-03T03:00:00-03:00")
        #expect(calendar.isOpen(at: now))
        #expect(calendar.nextOpening(atOrAfter: now) == now)
        #expect(calendar.nextStart(atOrAfter: now, needing: .seconds(1_000_000_000)) == now)
        #expect(calendar.nextSpan(endingAfter: now) == WindowCalendar.Span(opens: now, closes: nil))
        #expect(calendar.openPerWeek == .seconds(168 * 3600))
    }

    @Test func `a window without days never opens, and one without a gap never shuts`() throws {
        let now = try moment("2026-06-03T03:00:00-03:00")
        let never = try WindowCalendar(window("", "09:00-18:00"))
        #expect(!never.isOpen(at: now))
        #expect(never.nextOpening(atOrAfter: now) == nil)
        #expect(never.nextSpan(endingAfter: now) == nil)
        let always = try WindowCalendar(window("mon-sun", "00:00-24:00"))
        #expect(always.isOpen(at: now))
        #expect(always.closing(ofOpenAt: now) == nil)
        #expect(always.nextStart(atOrAfter: now, needing: .seconds(86_400 * 30)) == now)
    }

    @Test(
        arguments: [
            ("2026-06-05T17:59:52-03:00", 8, "2026-06-05T17:59:52-03:00"),
            ("2026-06-05T17:59:53-03:00", 8, "2026-06-08T09:00:00-03:00"),
            ("2026-06-05T17:59:53-03:00", 0, "2026-06-05T17:59:53-03:00"),
            ("2026-06-05T09:00:00-03:00", 9 * 3600, "2026-06-05T09:00:00-03:00"),
            ("2026-06-05T09:00:00-03:00", 9 * 3600 + 1, nil), ("2026-06-05T03:00:00-03:00", 86_400, nil),
        ] as [(String, Int, String?)])
    func `a start leaves the time that it needs before the window shuts`(
        _ at: String, _ seconds: Int, _ start: String?
    ) throws {
        let calendar = try WindowCalendar(window("mon-fri", "09:00-18:00"))
        let found = calendar.nextStart(atOrAfter: try moment(at), needing: .seconds(seconds))
        #expect(try found == start.map(moment))
    }

    @Test func `a start may need time on both sides of a midnight that the window is open over`() throws {
        let calendar = try WindowCalendar(window("mon-wed", "00:00-24:00"))
        let late = try moment("2026-06-01T23:59:59-03:00")
        #expect(calendar.nextStart(atOrAfter: late, needing: .seconds(60)) == late)
        let last = try moment("2026-06-03T23:59:59-03:00")
        #expect(try calendar.nextStart(atOrAfter: last, needing: .seconds(60)) == moment("2026-06-08T00:00:00-03:00"))
    }

    @Test(
        arguments: [
            ("mon-fri", "09:00-18:00", 45 * 60), ("fri", "22:00-02:00", 240), ("mon-sun", "00:00-24:00", 168 * 60),
            ("mon-sun", "09:00-09:00", 168 * 60), ("", "09:00-18:00", 0), ("sat", "08:15-08:16", 1),
        ] as [(String, String, Int)])
    func `a usual week has its open hours`(_ days: String, _ hours: String, _ minutes: Int) throws {
        #expect(try WindowCalendar(window(days, hours)).openPerWeek == .seconds(minutes * 60))
    }

    @Test(
        arguments: [
            ("1969-12-31T23:00:00-03:00", 1969, 12, 31), ("1970-01-01T00:00:00-03:00", 1970, 1, 1),
            ("2000-02-29T23:59:59-03:00", 2000, 2, 29), ("2018-11-03T23:59:59-03:00", 2018, 11, 3),
            ("2018-11-04T01:00:00-02:00", 2018, 11, 4), ("2019-02-16T23:30:00-02:00", 2019, 2, 16),
            ("2019-02-16T23:30:00-03:00", 2019, 2, 16), ("2100-03-01T00:00:00-03:00", 2100, 3, 1),
        ] as [(String, Int, Int, Int)])
    func `a moment belongs to the day on the zone's calendar`(
        _ text: String, _ year: Int, _ month: Int, _ day: Int
    ) throws {
        let calendar = WindowCalendar(window: nil, utcOffset: try utcOffset(in: "America/Sao_Paulo"))
        let date = CallingWindow.Date(year: year, month: month, day: day)
        #expect(try calendar.day(of: moment(text)) == date)
        #expect(try calendar.start(of: date) <= moment(text))
    }

    @Test func `a day begins once, though a clock that is set back over midnight shows the day before again`() throws {
        // In St. John's clocks went from 00:01 back to 23:01 until 2011.
        let calendar = WindowCalendar(window: nil, utcOffset: try utcOffset(in: "America/St_Johns"))
        let sunday = CallingWindow.Date(year: 2010, month: 11, day: 7)
        #expect(try calendar.start(of: sunday) == moment("2010-11-07T00:00:00-02:30"))
        #expect(try calendar.day(of: moment("2010-11-06T23:59:59-02:30")).day == 6)
        #expect(try calendar.day(of: moment("2010-11-06T23:30:00-03:30")) == sunday)
        #expect(try calendar.day(of: moment("2010-11-07T00:30:00-03:30")) == sunday)
    }

    @Test func `every day of two centuries is the one of Foundation's calendar`() throws {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = try #require(TimeZone(identifier: "UTC"))
        let calendar = WindowCalendar(window: nil, utcOffset: { _ in 0 })
        for number in stride(from: -20_000, through: 60_000, by: 7) {
            let noon = Timestamp(milliseconds: Int64(number) * 86_400_000 + 43_200_000)
            let parts = gregorian.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(noon.milliseconds) / 1000))
            let date = calendar.day(of: noon)
            #expect(parts.year == date.year && parts.month == date.month && parts.day == date.day)
            #expect(calendar.start(of: date).milliseconds == Int64(number) * 86_400_000)
        }
    }
}
