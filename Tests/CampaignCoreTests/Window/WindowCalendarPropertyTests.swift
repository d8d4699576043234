import CampaignCore
import Foundation
import Testing

/// Random windows, compared with a walk from minute to minute.
@Suite struct WindowCalendarPropertyTests {
    /// Zones, and a day near which each changes its clocks; the third changes them in no season.
    static let zones = [
        ("America/Sao_Paulo", "2018-11-04T00:00:00Z"), ("America/Sao_Paulo", "2019-02-17T00:00:00Z"),
        ("Asia/Kolkata", "2026-06-01T00:00:00Z"), ("America/New_York", "2026-03-08T00:00:00Z"),
        ("America/New_York", "2026-11-01T00:00:00Z"), ("Europe/Lisbon", "2026-03-29T00:00:00Z"),
        ("Europe/Lisbon", "2026-10-25T00:00:00Z"), ("Australia/Lord_Howe", "2026-04-05T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T00:00:00Z"), ("America/St_Johns", "2010-11-07T00:00:00Z"),
        ("Pacific/Apia", "2011-12-30T00:00:00Z"),
    ]

    @Test(arguments: zones)
    func `spans are those of a walk from minute to minute`(_ zone: String, _ change: String) throws {
        let (middle, offset) = (try moment(change), try utcOffset(in: zone))
        let clock = MinuteClock(from: middle.advanced(by: .seconds(-86_400 * 4)), days: 8, offset: offset)
        var random = FixedRandom(seed: 11)
        for _ in 0..<8 {
            let window = Self.window(&random, zone: zone, near: middle)
            let calendar = WindowCalendar(window: window, utcOffset: offset)
            var found: [WindowCalendar.Span] = []
            var from = clock.first
            while let span = calendar.nextSpan(endingAfter: from), span.opens < clock.last {
                found.append(span)
                guard let closes = span.closes, closes < clock.last else { break }
                from = closes
            }
            let expected = clock.spans(of: window)
            #expect(found.map(\.opens) == expected.map(\.opens), "\(window)")
            #expect(found.dropLast().map(\.closes) == expected.dropLast().map(\.closes), "\(window)")
        }
    }

    @Test(arguments: zones)
    func `an opening is open, and nothing before it is`(_ zone: String, _ change: String) throws {
        let (middle, offset) = (try moment(change), try utcOffset(in: zone))
        var random = FixedRandom(seed: 12)
        for _ in 0..<40 {
            let window = Self.window(&random, zone: zone, near: middle)
            let calendar = WindowCalendar(window: window, utcOffset: offset)
            let at = middle.advanced(by: .milliseconds(random.below(20 * 86_400_000) - 10 * 86_400_000))
            let opening = try #require(calendar.nextOpening(atOrAfter: at), "\(window)")
            #expect(opening >= at)
            #expect(calendar.isOpen(at: opening))
            #expect(calendar.isOpen(at: at) == (opening == at))
            if opening > at {
                #expect(!calendar.isOpen(at: max(at, opening.advanced(by: .seconds(-60)))))
                #expect(!calendar.isOpen(at: opening.advanced(by: .milliseconds(-1))))
                #expect(calendar.closing(ofOpenAt: at) == nil)
            }
            guard let closing = calendar.closing(ofOpenAt: opening) else {
                #expect(window.holidays.isEmpty && calendar.openPerWeek == .seconds(168 * 3600))
                continue
            }
            #expect(closing > opening)
            #expect(!calendar.isOpen(at: closing))
            #expect(calendar.isOpen(at: closing.advanced(by: .milliseconds(-1))))
            let inside = opening.advanced(
                by: .milliseconds(random.below(Int(closing.milliseconds - opening.milliseconds))))
            #expect(calendar.closing(ofOpenAt: inside) == closing)
        }
    }

    /// Hours that touch, cross midnight and lie in the hours of a change more often than by chance.
    static func window(_ random: inout FixedRandom, zone: String, near middle: Timestamp) -> CallingWindow {
        func minute(_ random: inout FixedRandom) -> Int {
            switch random.below(4) {
            case 0: [0, 0, 1440, 1439, 30, 60][random.below(6)]
            case 1: random.below(8) * 30
            default: random.below(1441)
            }
        }
        var days = Set(CallingWindow.Day.allCases.filter { _ in random.below(3) > 0 })
        if days.isEmpty || random.below(4) == 0 { days = Set(CallingWindow.Day.allCases) }
        let utc = WindowCalendar(window: nil, utcOffset: { _ in 0 })
        let holidays = (0..<random.below(3)).map { _ in
            utc.day(of: middle.advanced(by: .seconds(86_400 * (random.below(9) - 4))))
        }
        return CallingWindow(
            timeZone: zone,
            days: days,
            fromMinute: minute(&random) % 1440,
            toMinute: max(1, minute(&random)),
            holidays: Set(holidays)
        )
    }
}

/// The times that a wall clock shows which is never set back, minute by minute.
private struct MinuteClock {
    private struct Minute {
        var moment: Timestamp
        var minute: Int
        var days: [(day: CallingWindow.Day, date: CallingWindow.Date)]
    }

    private var minutes: [Minute] = []
    let first: Timestamp
    let last: Timestamp

    init(from first: Timestamp, days: Int, offset: (Timestamp) -> Int) {
        self.first = first
        last = first.advanced(by: .seconds(86_400 * days))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var known: [Int: (day: CallingWindow.Day, date: CallingWindow.Date)] = [:]
        func day(_ number: Int) -> (day: CallingWindow.Day, date: CallingWindow.Date) {
            if let day = known[number] { return day }
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let date = CallingWindow.Date(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
            let day = (CallingWindow.Day.allCases[((parts.weekday ?? 0) + 5) % 7], date)
            known[number] = day
            return day
        }
        var shown = Int.min
        // It begins earlier, for the latest time that the clock has shown.
        for minute in -2880..<days * 1440 {
            let moment = first.advanced(by: .seconds(minute * 60))
            shown = max(shown, Int(moment.milliseconds / 60_000) + offset(moment) / 60)
            guard minute >= 0 else { continue }
            let number = shown / 1440
            minutes.append(Minute(moment: moment, minute: shown % 1440, days: [day(number), day(number - 1)]))
        }
    }

    /// The spans in which the clock shows a time in the window; the last may go on.
    func spans(of window: CallingWindow) -> [WindowCalendar.Span] {
        let length = (window.toMinute - window.fromMinute + 1439) % 1440 + 1
        var spans: [WindowCalendar.Span] = []
        var isOpen = false
        for minute in minutes {
            let opens = minute.days.enumerated().contains { past, day in
                let since = minute.minute + past * 1440 - window.fromMinute
                return (0..<length).contains(since) && window.days.contains(day.day)
                    && !window.holidays.contains(day.date)
            }
            if opens, !isOpen { spans.append(WindowCalendar.Span(opens: minute.moment, closes: nil)) }
            if !opens, isOpen { spans[spans.count - 1].closes = minute.moment }
            isOpen = opens
        }
        return spans
    }
}
