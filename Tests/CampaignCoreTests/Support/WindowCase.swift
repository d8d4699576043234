import Testing

/// A window, a time, and what is left of the span then, or the next span.
struct WindowCase: Sendable, CustomTestStringConvertible {
    var what: String
    var days = "mon-fri"
    var hours = "09:00-18:00"
    var zone = "America/Sao_Paulo"
    var holidays: [String] = []
    var at: String
    var opens: String
    var closes: String

    var testDescription: String { "\(what): \(days) \(hours) \(zone) at \(at)" }

    /// 2026-06-03 is a Wednesday.
    static let plain = [
        WindowCase(
            what: "before the hours", at: "2026-06-03T08:59:59-03:00", opens: "2026-06-03T09:00:00-03:00",
            closes: "2026-06-03T18:00:00-03:00"),
        WindowCase(
            what: "within the hours", at: "2026-06-03T12:34:56-03:00", opens: "2026-06-03T12:34:56-03:00",
            closes: "2026-06-03T18:00:00-03:00"),
        WindowCase(
            what: "at the end", at: "2026-06-03T18:00:00-03:00", opens: "2026-06-04T09:00:00-03:00",
            closes: "2026-06-04T18:00:00-03:00"),
        WindowCase(
            what: "on Friday evening", at: "2026-06-05T18:00:01-03:00", opens: "2026-06-08T09:00:00-03:00",
            closes: "2026-06-08T18:00:00-03:00"),
        WindowCase(
            what: "before a holiday and a weekend", holidays: ["2026-06-04", "2026-06-05"],
            at: "2026-06-03T20:00:00-03:00", opens: "2026-06-08T09:00:00-03:00", closes: "2026-06-08T18:00:00-03:00"),
        WindowCase(
            what: "on the leap day", days: "mon-sun", at: "2028-02-28T18:00:00-03:00",
            opens: "2028-02-29T09:00:00-03:00", closes: "2028-02-29T18:00:00-03:00"),
        WindowCase(
            what: "half an hour off", zone: "Asia/Kolkata", at: "2026-06-03T00:00:00Z",
            opens: "2026-06-03T09:00:00+05:30", closes: "2026-06-03T18:00:00+05:30"),
        WindowCase(
            what: "a day ahead of UTC", zone: "Pacific/Kiritimati", at: "2026-06-02T12:00:00Z",
            opens: "2026-06-03T09:00:00+14:00", closes: "2026-06-03T18:00:00+14:00"),
        WindowCase(
            what: "before 1970", zone: "UTC", at: "1969-12-30T20:00:00Z", opens: "1969-12-31T09:00:00Z",
            closes: "1969-12-31T18:00:00Z"),
    ]

    static let midnight = [
        WindowCase(
            what: "past midnight", days: "fri", hours: "22:00-02:00", at: "2026-06-06T01:59:59-03:00",
            opens: "2026-06-06T01:59:59-03:00", closes: "2026-06-06T02:00:00-03:00"),
        WindowCase(
            what: "the day after has none", days: "fri", hours: "22:00-02:00", at: "2026-06-06T02:00:00-03:00",
            opens: "2026-06-12T22:00:00-03:00", closes: "2026-06-13T02:00:00-03:00"),
        WindowCase(
            what: "the end falls on a holiday", days: "fri", hours: "22:00-02:00", holidays: ["2026-06-06"],
            at: "2026-06-05T12:00:00-03:00", opens: "2026-06-05T22:00:00-03:00", closes: "2026-06-06T02:00:00-03:00"),
        WindowCase(
            what: "the beginning falls on a holiday", days: "fri", hours: "22:00-02:00", holidays: ["2026-06-05"],
            at: "2026-06-06T01:00:00-03:00", opens: "2026-06-12T22:00:00-03:00", closes: "2026-06-13T02:00:00-03:00"),
        WindowCase(
            what: "whole days touch", days: "mon-wed", hours: "00:00-24:00", at: "2026-06-01T05:00:00-03:00",
            opens: "2026-06-01T05:00:00-03:00", closes: "2026-06-04T00:00:00-03:00"),
        WindowCase(
            what: "from one morning to the next", days: "mon-wed", hours: "09:00-09:00",
            at: "2026-05-31T05:00:00-03:00", opens: "2026-06-01T09:00:00-03:00", closes: "2026-06-04T09:00:00-03:00"),
        WindowCase(
            what: "a holiday in whole days", days: "mon-sun", hours: "00:00-24:00", holidays: ["2026-06-07"],
            at: "2026-05-20T05:00:00-03:00", opens: "2026-05-20T05:00:00-03:00", closes: "2026-06-07T00:00:00-03:00"),
        WindowCase(
            what: "the last minute of the day", days: "mon-sun", hours: "23:59-24:00", at: "2026-06-01T05:00:00-03:00",
            opens: "2026-06-01T23:59:00-03:00", closes: "2026-06-02T00:00:00-03:00"),
    ]

    static let forward = [
        WindowCase(
            what: "midnight is skipped", days: "sun", hours: "00:00-12:00", at: "2018-11-03T12:00:00-03:00",
            opens: "2018-11-04T01:00:00-02:00", closes: "2018-11-04T12:00:00-02:00"),
        WindowCase(
            what: "the end is skipped", days: "sat", hours: "22:00-00:30", at: "2018-11-03T12:00:00-03:00",
            opens: "2018-11-03T22:00:00-03:00", closes: "2018-11-04T01:00:00-02:00"),
        WindowCase(
            what: "whole days touch over it", days: "sat sun", hours: "00:00-24:00", at: "2018-11-03T12:00:00-03:00",
            opens: "2018-11-03T12:00:00-03:00", closes: "2018-11-05T00:00:00-02:00"),
        WindowCase(
            what: "hours that do not exist", days: "sun", hours: "00:10-00:50", at: "2018-11-03T12:00:00-03:00",
            opens: "2018-11-11T00:10:00-02:00", closes: "2018-11-11T00:50:00-02:00"),
        WindowCase(
            what: "no summer time since 2019", days: "sun", hours: "00:00-12:00", at: "2019-11-02T12:00:00-03:00",
            opens: "2019-11-03T00:00:00-03:00", closes: "2019-11-03T12:00:00-03:00"),
        WindowCase(
            what: "an hour less", days: "sun", zone: "America/New_York", at: "2026-03-07T12:00:00-05:00",
            opens: "2026-03-08T09:00:00-04:00", closes: "2026-03-08T18:00:00-04:00"),
        WindowCase(
            what: "the beginning is skipped", days: "sun", hours: "02:30-06:00", zone: "America/New_York",
            at: "2026-03-07T12:00:00-05:00", opens: "2026-03-08T03:00:00-04:00", closes: "2026-03-08T06:00:00-04:00"),
        WindowCase(
            what: "one in the morning", days: "sat", hours: "20:00-01:30", zone: "Europe/Lisbon",
            at: "2026-03-28T12:00:00Z", opens: "2026-03-28T20:00:00Z", closes: "2026-03-29T01:00:00Z"),
        WindowCase(
            what: "half an hour", days: "sun", hours: "02:15-03:00", zone: "Australia/Lord_Howe",
            at: "2026-10-03T12:00:00+10:30", opens: "2026-10-04T02:30:00+11:00", closes: "2026-10-04T03:00:00+11:00"),
        WindowCase(
            what: "a whole day is skipped", days: "fri", zone: "Pacific/Apia", at: "2011-12-29T12:00:00-10:00",
            opens: "2012-01-06T09:00:00+14:00", closes: "2012-01-06T18:00:00+14:00"),
    ]

    static let back = [
        WindowCase(
            what: "the end is the first of two", days: "sat", hours: "20:00-23:30", at: "2019-02-16T12:00:00-02:00",
            opens: "2019-02-16T20:00:00-02:00", closes: "2019-02-16T23:30:00-02:00"),
        WindowCase(
            what: "midnight comes after both", days: "sat", hours: "20:00-24:00", at: "2019-02-16T12:00:00-02:00",
            opens: "2019-02-16T20:00:00-02:00", closes: "2019-02-17T00:00:00-03:00"),
        WindowCase(
            what: "the beginning is the first of two", days: "sat", hours: "23:30-00:30",
            at: "2019-02-16T12:00:00-02:00", opens: "2019-02-16T23:30:00-02:00", closes: "2019-02-17T00:30:00-03:00"),
        WindowCase(
            what: "in the second hour", days: "sat", hours: "20:00-23:30", at: "2019-02-16T23:10:00-03:00",
            opens: "2019-02-23T20:00:00-03:00", closes: "2019-02-23T23:30:00-03:00"),
        WindowCase(
            what: "whole days touch over it", days: "sat sun", hours: "00:00-24:00", at: "2019-02-16T23:10:00-03:00",
            opens: "2019-02-16T23:10:00-03:00", closes: "2019-02-18T00:00:00-03:00"),
        WindowCase(
            what: "both in the hour", days: "sun", hours: "01:10-01:40", zone: "America/New_York",
            at: "2026-10-31T12:00:00-04:00", opens: "2026-11-01T01:10:00-04:00", closes: "2026-11-01T01:40:00-04:00"),
        WindowCase(
            what: "one in the morning", days: "sat", hours: "20:00-01:30", zone: "Europe/Lisbon",
            at: "2026-10-24T12:00:00+01:00", opens: "2026-10-24T20:00:00+01:00", closes: "2026-10-25T01:30:00+01:00"),
        WindowCase(
            what: "half an hour", days: "sun", hours: "01:45-03:00", zone: "Australia/Lord_Howe",
            at: "2026-04-04T12:00:00+11:00", opens: "2026-04-05T01:45:00+11:00", closes: "2026-04-05T03:00:00+10:30"),
    ]
}
