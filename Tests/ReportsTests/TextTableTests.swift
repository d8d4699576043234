import CampaignCore
import Reports
import Testing

struct TextTableTests {
    @Test func `attempts are aligned in columns, numbers to the right`() throws {
        var refused = try Sample.openAttempt()
        refused.outcome = .refused
        refused.httpStatus = 400
        refused.latencyMilliseconds = 12
        refused.error = "Phone number\ndoes not exist"
        refused.instance = "um-nome-muito-longo"
        let rows = [try Sample.acceptedAttempt(), refused, try Sample.openAttempt()]
        #expect(
            Sample.report(ReportFormat.text.attempts(try Sample.context()), rows) == """
                phone                   attempt  startedAt                      outcome          httpStatus  latencyMs  instance      error
                5511987654321                 2  2026-11-23T09:00:00.250-03:00  accepted                200        181  vendas
                5511987654321                 1  2026-11-23T09:00:00.000-03:00  refused                 400         12  um-nome-mui…  Phone number does not exist
                5511987654321                 1  2026-11-23T09:00:00.000-03:00                                          vendas
                3 attempts

                """
        )
    }

    @Test func `rejected rows are aligned in columns, with what to do about them`() throws {
        let rows = [Sample.reject(), Sample.reject(raw: [0x41, 0xFF, 0x1B, 0x5B, 0x32, 0x4A])]
        #expect(
            Sample.report(ReportFormat.text.rejects(try Sample.context()), rows) == """
                rejectedFile          rejectedLine  rejectedReason      raw                             rejectedSuggestion
                contatos.csv                     7  phone_too_short     Rui,+55 11 9                    Add the missing digits.
                contatos.csv                     7  phone_too_short     Aÿ [2J                          Add the missing digits.
                2 rejects

                """
        )
    }

    @Test func `duplicates say where they are and where the number came from`() throws {
        let phone = try #require(PhoneNumber(text: "5511987654321"))
        var again = DuplicateRow(file: "b.csv", line: 7, phone: phone, reason: .alreadyInCampaign)
        again.firstFile = "a.csv"
        again.firstLine = 2
        let called = DuplicateRow(file: "b.csv", line: 8, phone: phone, reason: .calledRecently)
        #expect(
            Sample.report(ReportFormat.csv.duplicates(try Sample.context()), [again, called]) == """
                file,line,phone,reason,firstFile,firstLine\r
                b.csv,7,5511987654321,already_in_campaign,a.csv,2\r
                b.csv,8,5511987654321,called_recently,,\r

                """)
        let text = Sample.report(ReportFormat.text.duplicates(try Sample.context()), [again, called])
        #expect(text.hasSuffix("\n2 duplicates\n"))
    }

    @Test func `a table without rows says so`() throws {
        let report = Sample.report(ReportFormat.text.rejects(try Sample.context()))
        #expect(report.hasSuffix("\n0 rejects\n"))
    }

    @Test func `the rows are counted in the language of the report`() throws {
        var context = try Sample.context()
        context.words = Language.portuguese.reportWords
        let report = Sample.report(ReportFormat.text.rejects(context), [Sample.reject()])
        #expect(report.hasSuffix("\n1 linha rejeitada\n"), "\(report)")
        #expect(Sample.report(ReportFormat.text.duplicates(context)).hasSuffix("\n0 linhas repetidas\n"))
        #expect(Sample.report(ReportFormat.text.attempts(context)).hasSuffix("\n0 tentativas\n"))
    }

    @Test func `no two rows differ in width, whatever the letters`() throws {
        let names = ["vendas", "ação", "名前", "e\u{301}e\u{301}", "📞📞📞📞📞📞📞📞", "", "\t\t"]
        let rows = try names.map { name in
            var row = try Sample.openAttempt()
            row.instance = name
            row.error = "|"
            return row
        }
        let report = Sample.report(ReportFormat.text.attempts(try Sample.context()), rows)
        for (line, name) in zip(report.split(separator: "\n").dropFirst(), names) {
            let wide = name.contains("📞") ? 5 : name == "名前" ? 2 : 0
            #expect(line.count + wide == 119)
        }
    }
}
