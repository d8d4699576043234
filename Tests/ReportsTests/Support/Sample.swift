import CampaignCore
import Foundation
import Reports
import Testing

/// Rows and contexts for tests. Everything happens on 2026-11-23 between 9 and 10 o'clock in São Paulo.
enum Sample {
    /// 2026-11-23T09:00:00.000-03:00.
    static let nine = Timestamp(milliseconds: 1_795_435_200_000)

    static func phone(_ value: Int64 = 5_511_987_654_321) throws -> PhoneNumber {
        try #require(PhoneNumber(value: value))
    }

    static func context(
        own: [String] = ["nome", "cidade"],
        summary: CampaignSummary = CampaignSummary(campaign: "cobranca", counts: StateCounts()),
        isForExcel: Bool = false
    ) throws -> ReportContext {
        let zone = try #require(TimeZone(identifier: "America/Sao_Paulo"))
        return ReportContext(summary: summary, ownColumns: own, timeZone: zone, isForExcel: isForExcel)
    }

    /// An attempt that Z-API accepted, a quarter of a second after nine.
    static func acceptedAttempt() throws -> AttemptRow {
        var attempt = AttemptRow(
            phone: try phone(),
            number: 2,
            instance: "vendas",
            startedAt: nine.advanced(by: .milliseconds(250))
        )
        attempt.endedAt = nine.advanced(by: .milliseconds(431))
        attempt.outcome = .accepted
        attempt.httpStatus = 200
        attempt.receipt = CallReceipt(zaapId: "3999984263738042930CD6ECDE9VDWSA", messageId: "D241XXXX732339502B68")
        attempt.latencyMilliseconds = 181
        attempt.delivery = .delivered
        attempt.answer = .answered
        return attempt
    }

    /// An attempt with an intent but no result.
    static func openAttempt() throws -> AttemptRow {
        AttemptRow(phone: try phone(), number: 1, instance: "vendas", startedAt: nine)
    }

    static func acceptedCall(own: [String] = ["Ana", "São Paulo"]) throws -> ContactRow {
        var row = ContactRow(own: own, phone: try phone(), state: .accepted)
        row.attempts = 2
        row.last = try acceptedAttempt()
        row.firstAttemptAt = nine
        row.delivery = "delivered"
        row.answer = .answered
        row.answeredAt = nine.advanced(by: .seconds(5))
        row.repliedAt = nine.advanced(by: .seconds(60))
        return row
    }

    static func reject(own: [String] = ["Rui", "+55 11 9"], raw: [UInt8] = Array("Rui,+55 11 9".utf8)) -> RejectRow {
        RejectRow(
            file: "contatos.csv",
            line: 7,
            raw: raw,
            own: own,
            reason: "phone_too_short",
            suggestion: "Add the missing digits."
        )
    }

    /// The whole report.
    static func report<Row>(_ exporter: any ReportExporter<Row>, _ rows: [Row] = []) -> String {
        String(decoding: bytes(exporter, rows), as: UTF8.self)
    }

    /// The whole report.
    static func bytes<Row>(_ exporter: any ReportExporter<Row>, _ rows: [Row] = []) -> [UInt8] {
        var exporter = exporter
        var bytes: [UInt8] = []
        exporter.appendHeader(to: &bytes)
        for row in rows { exporter.append(row, to: &bytes) }
        exporter.appendFooter(to: &bytes)
        return bytes
    }

    /// What a reader of CSV sees in it.
    static func records(_ bytes: [UInt8], _ delimiter: CSVDialect.Delimiter = .comma) throws -> [[String]] {
        var parser = CSVParser(dialect: CSVDialect(delimiter: delimiter))
        parser.append(bytes)
        parser.finish()
        var records: [[String]] = []
        while let record = try parser.next() { records.append(record.strings) }
        return records
    }
}
