import CampaignCore
import Reports
import Testing

struct `A report without personal data` {
    @Test func `has a pseudonym for each person, and nothing of the list or of Z-API's ids`() throws {
        var row = try Sample.acceptedCall(own: ["Ana", "São Paulo"])
        row.last?.error = "5511987654321 is not on WhatsApp"
        let report = Sample.report(ReportFormat.csv.calls(try Self.context()), [row])
        #expect(
            report == """
                phone,state,reason,attempts,zaapId,messageId,httpStatus,error,instance,firstAttemptAt,lastAttemptAt,\
                delivery,deliveryError,answer,answeredAt,calledBackAt,repliedAt\r
                <person>,accepted,,2,,,200,••• is not on WhatsApp,vendas,2026-11-23T09:00:00.000-03:00,\
                2026-11-23T09:00:00.250-03:00,delivered,,answered,2026-11-23T09:00:05.000-03:00,,\
                2026-11-23T09:01:00.000-03:00\r

                """)
    }

    @Test func `has the same pseudonym for all numbers of one telephone`() throws {
        let anonymizer = Anonymizer { "p\($0 % 1000)" }
        var context = try Sample.context()
        context.anonymizer = anonymizer
        let rows = try [5_511_987_654_321, 551_187_654_321, 5_511_987_654_322].map {
            AttemptRow(phone: try Sample.phone($0), number: 1, instance: "vendas", startedAt: Sample.nine)
        }
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.attempts(context), rows))
        #expect(records.dropFirst().map { $0[0] } == ["p321", "p321", "p322"])
    }

    @Test(arguments: ReportFormat.allCases)
    func `has no cell and no number of a list, whatever the rows and the format`(format: ReportFormat) throws {
        let own = ["Ana Maria", "+55 11 98765-4321"]
        var summary = CampaignSummary(campaign: "cobranca", counts: StateCounts())
        summary.errors = [
            ErrorCount(error: "phone 5511987654321 is wrong", attempts: 1),
            ErrorCount(error: "phone 5511987654399 is wrong", attempts: 2),
        ]
        let context = try Self.context(summary: summary)
        var call = try Sample.acceptedCall(own: own)
        call.deliveryError = "(11) 98765-4321: Ana@example.com https://example.com/5511987654321"
        var attempt = try Sample.acceptedAttempt()
        attempt.error = "11987654321"
        let reject = Sample.reject(own: own, raw: Array("Ana Maria;+55 11 98765-4321".utf8))
        var duplicate = DuplicateRow(
            file: "/home/ana/lista.csv", line: 3, phone: try Sample.phone(), reason: .repeated)
        duplicate.firstFile = "/home/ana/5511987654321.csv"
        for text in [
            try Self.text(format, Sample.bytes(format.calls(context), [call])),
            try Self.text(format, Sample.bytes(format.attempts(context), [attempt])),
            try Self.text(format, Sample.bytes(format.rejects(context), [reject])),
            try Self.text(format, Sample.bytes(format.duplicates(context), [duplicate])),
        ] {
            for secret in [
                "Ana", "nome", "cidade", "98765", "4321", "87654", "example", "/home", "3999984", "D241", "missing",
            ] {
                #expect(!text.contains(secret), "\(format): \(secret) in \(text)")
            }
        }
    }

    @Test func `counts errors together that differ only in what is masked`() throws {
        var summary = CampaignSummary(campaign: "cobranca", counts: StateCounts())
        summary.errors = [
            ErrorCount(error: "other", attempts: 4), ErrorCount(error: "phone 5511987654321 is wrong", attempts: 3),
            ErrorCount(error: "phone 5511987654399 is wrong", attempts: 2),
        ]
        let text = Sample.report(ReportFormat.text.calls(try Self.context(summary: summary)))
        #expect(text.contains("5  phone ••• is wrong\n  4  other"), "\(text)")
    }

    @Test func `suggests no commands, which name the path of the database`() throws {
        var summary = CampaignSummary(campaign: "cobranca", counts: StateCounts())
        summary.counts.inDoubt = 1
        summary.rejectedRows = 2
        var context = try Self.context(summary: summary)
        context.suggested = SuggestedCommands(database: "/home/ana/d.db", environmentFile: "/home/ana/.env")
        let anonymous = Sample.report(ReportFormat.text.calls(context))
        #expect(!anonymous.contains("/home/ana") && !anonymous.contains("\nNext\n"), "\(anonymous)")
        context.anonymizer = nil
        let named = Sample.report(ReportFormat.text.calls(context))
        #expect(named.contains("\nNext\n") && named.contains("--db /home/ana/d.db"), "\(named)")
    }

    @Test(
        arguments: [
            ("HTTP 422: refused", "HTTP 422: refused"), ("1234", "1234"), ("12345", "•••"), ("a12345b", "a•••b"),
            ("+55 (11) 98765-4321.", "+•••."), ("55.11.98.76", "•••"), ("call 1 of 2, 3 left", "call 1 of 2, 3 left"),
            ("１１９８７", "•••"), ("55\u{200B}119\u{2011}87654", "•••"), ("ana@x.br wrote", "••• wrote"),
            ("see https://x.br/a", "see •••"), ("", ""), ("  two  spaces ", "  two  spaces "),
            ("id D241XXXX732339502B68 unknown", "id ••• unknown"), ("3EB0C767D26A1D8B", "•••"), ("abcdef12", "•••"),
            ("(550e8400-e29b-41d4-a716-446655440000)", "(•••)"), ("abcde12", "abcde12"), ("no_whatsapp", "no_whatsapp"),
            ("HTTP2 stream", "HTTP2 stream"), ("55|11|98765|4321", "•••"), ("55:11:98765", "•••"), ("55,119.87", "•••"),
            ("1; 2; 3; 4; 5", "1; 2; 3; 4; 5"), ("in /home/ana/x.csv: no", "in ••• no"), ("(/home/ana)", "•••"),
            ("/home/Ana Maria Silva/x y", "••• y"), ("C:\\Users\\ana\\x", "•••"), ("a/b/c d", "••• d"),
            ("n ⁵⁵¹¹⁹", "n •••"), ("①①⑨⑧⑦", "•••"), ("五五一一九", "•••"), ("n &#53;&#53;&#49;&#49; no", "n &#•••; no"),
            ("n &#x35;&#x35;&#x31;&#x31; no", "n &#x•••; no"), ("\\u0035\\u0035", "•••"), ("%35%35%31%31", "%•••"),
            ("number 8724 . . . 1122 invalid", "number ••• invalid"),
            ("8724\u{200B}\u{200B}\u{200B}\u{200B}1122", "•••"),
            ("phone ddd 11 number 8714 ---- 0122 bad", "phone ddd ••• bad"), ("number 8727 and 1422", "number •••"),
            ("Phone 11, 8713, 0022 does not work", "Phone ••• does not work"),
            (#"{"ddi":"55","ddd":"11","p1":"8713","p2":"0022"}"#, #"{"ddi":"•••"}"#), ("11 / 8724 | 1122", "•••"),
            ("HTTP 422: number 8727 and 1422", "HTTP 422: number •••"), ("HTTP 4225551", "HTTP •••"),
            ("HTTP 429: 20 calls in 60 s, at most 10", "HTTP 429: 20 calls in 60 s, at most 10"),
            ("1234 and then, after more text than any number would have inside, 5678", nil),
            ("and/or", "and/or"), ("text/html", "text/html"), ("/", "/"), ("1 / 2", "1 / 2"),
        ] as [(String, String?)])
    func `masks what may be a phone or an address`(text: String, masked: String?) {
        #expect(Anonymizer.masked(text) == masked ?? text)
    }

    private static func context(
        summary: CampaignSummary = CampaignSummary(campaign: "cobranca", counts: StateCounts())
    ) throws -> ReportContext {
        var context = try Sample.context(summary: summary)
        context.anonymizer = Anonymizer { _ in "<person>" }
        return context
    }

    /// All that can be read in a report.
    private static func text(_ format: ReportFormat, _ bytes: [UInt8]) throws -> String {
        guard format == .xlsx else { return String(decoding: bytes, as: UTF8.self) }
        return try [0, 1].flatMap { try SheetCells.read(bytes, sheet: $0).rows.joined() }.joined(separator: "\n")
    }
}
