import CampaignCore
import Foundation
import Reports
import Testing

struct TimesTests {
    @Test(arguments: [
        (0, "GMT", "1970-01-01T00:00:00.000Z"),
        (1, "GMT", "1970-01-01T00:00:00.001Z"),
        (-1, "GMT", "1969-12-31T23:59:59.999Z"),
        (-1000, "GMT", "1969-12-31T23:59:59.000Z"),
        (1_795_435_200_000, "America/Sao_Paulo", "2026-11-23T09:00:00.000-03:00"),
        (1_795_435_199_999, "America/Sao_Paulo", "2026-11-23T08:59:59.999-03:00"),
        (1_543_665_600_000, "America/Sao_Paulo", "2018-12-01T10:00:00.000-02:00"),
        (1_795_435_200_007, "Asia/Kathmandu", "2026-11-23T17:45:00.007+05:45"),
    ])
    func `a time is ISO 8601 with milliseconds and the offset that the zone has at that moment`(
        milliseconds: Int64,
        zone: String,
        text: String
    ) throws {
        var attempt = try Sample.openAttempt()
        attempt.startedAt = Timestamp(milliseconds: milliseconds)
        var context = try Sample.context()
        context.timeZone = try #require(TimeZone(identifier: zone))
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.attempts(context), [attempt]))
        #expect(records.last?[3] == text)
    }

    @Test func `times that follow each other have the offset of their own moment`() throws {
        // New York set its clocks back at 6:00 UTC.
        let change = Timestamp(milliseconds: 1_793_512_800_000)
        var context = try Sample.context()
        context.timeZone = try #require(TimeZone(identifier: "America/New_York"))
        let base = try Sample.openAttempt()
        let attempts = [-1, 0, -1, 1].map { milliseconds in
            var attempt = base
            attempt.startedAt = change.advanced(by: .milliseconds(milliseconds))
            return attempt
        }
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.attempts(context), attempts))
        #expect(
            records.dropFirst().map { $0[3] } == [
                "2026-11-01T01:59:59.999-04:00", "2026-11-01T01:00:00.000-05:00", "2026-11-01T01:59:59.999-04:00",
                "2026-11-01T01:00:00.001-05:00",
            ])
        let sheet = try SheetCells.read(Sample.bytes(ReportFormat.xlsx.attempts(context), attempts), sheet: 1)
        #expect(
            sheet.rows.dropFirst().map { $0[3] } == [
                "date 2026-11-01T01:59:59.999", "date 2026-11-01T01:00", "date 2026-11-01T01:59:59.999",
                "date 2026-11-01T01:00:00.001",
            ])
    }

    @Test func `no millisecond is lost to rounding`() throws {
        let base = try Sample.openAttempt()
        let attempts = (0..<1000).map { millisecond in
            var attempt = base
            attempt.startedAt = Sample.nine.advanced(by: .milliseconds(millisecond))
            return attempt
        }
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.attempts(try Sample.context()), attempts))
        #expect(records.count == 1001)
        for (millisecond, record) in records.dropFirst().enumerated() {
            #expect(record[3] == "2026-11-23T09:00:00.\(String(1000 + millisecond).dropFirst())-03:00")
        }
    }
}
