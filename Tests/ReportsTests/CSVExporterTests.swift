import CampaignCore
import Reports
import Testing

struct CSVExporterTests {
    @Test func `a report of calls has the own columns first and then exactly the columns of the contract`() throws {
        let report = Sample.report(ReportFormat.csv.calls(try Sample.context()), [try Sample.acceptedCall()])
        #expect(
            report == """
                nome,cidade,phone,state,reason,attempts,zaapId,messageId,httpStatus,error,instance,\
                firstAttemptAt,lastAttemptAt,delivery,deliveryError,answer,answeredAt,calledBackAt,repliedAt\r
                Ana,São Paulo,5511987654321,accepted,,2,3999984263738042930CD6ECDE9VDWSA,D241XXXX732339502B68,200,,\
                vendas,2026-11-23T09:00:00.000-03:00,2026-11-23T09:00:00.250-03:00,delivered,,answered,\
                2026-11-23T09:00:05.000-03:00,,2026-11-23T09:01:00.000-03:00\r\n
                """
        )
    }

    @Test func `a report of attempts has exactly the columns of the contract and no own ones`() throws {
        let attempts = [try Sample.openAttempt(), try Sample.acceptedAttempt()]
        let report = Sample.report(ReportFormat.csv.attempts(try Sample.context()), attempts)
        #expect(
            report == """
                phone,attempt,instance,startedAt,endedAt,outcome,httpStatus,error,zaapId,messageId,latencyMs,\
                delivery,answer\r
                5511987654321,1,vendas,2026-11-23T09:00:00.000-03:00,,,,,,,,,\r
                5511987654321,2,vendas,2026-11-23T09:00:00.250-03:00,2026-11-23T09:00:00.431-03:00,accepted,200,,\
                3999984263738042930CD6ECDE9VDWSA,D241XXXX732339502B68,181,delivered,answered\r\n
                """
        )
    }

    @Test func `a report of rejected rows has the own columns first and then what is wrong`() throws {
        let context = try Sample.context(own: ["nome", "telefone"])
        let report = Sample.report(ReportFormat.csv.rejects(context), [Sample.reject()])
        #expect(
            report == """
                nome,telefone,rejectedFile,rejectedLine,rejectedReason,rejectedSuggestion\r
                Rui,+55 11 9,contatos.csv,7,phone_too_short,Add the missing digits.\r\n
                """
        )
    }

    @Test func `an empty campaign is a header and nothing else`() throws {
        let report = Sample.report(ReportFormat.csv.attempts(try Sample.context(own: [])))
        #expect(report.hasPrefix("phone,attempt,") && report.hasSuffix(",latencyMs,delivery,answer\r\n"))
        #expect(try Sample.records(Array(report.utf8)).count == 1)
    }

    @Test(arguments: [
        "", " ", "a,b", "a;b", "\"", "she said \"sim\"", "two\nlines", "two\r\nlines", "\t", "ação 📞 名前", "'", "sep=,",
        " both ends ", "\u{2028}", "0",
    ])
    func `a cell is read back from CSV as it was`(cell: String) throws {
        for isForExcel in [false, true] {
            let context = try Sample.context(isForExcel: isForExcel)
            var row = try Sample.acceptedCall(own: [cell, "x" + cell])
            row.reason = "x" + cell
            let bytes = Sample.bytes(ReportFormat.csv.calls(context), [row])
            let records = try Sample.records(bytes, isForExcel ? .semicolon : .comma)
            let record = try #require(records.last)
            #expect(records.count == 2)
            #expect(record.count == 19)
            #expect(record[0] == (cell == "\t" ? "'\t" : cell))
            #expect(record[1] == "x" + cell)
            #expect(record[4] == "x" + cell)
        }
    }

    @Test(arguments: [
        "=1+1", "=HYPERLINK(\"http://x\";\"y\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1",
        "-cmd|' /C calc'!A0",
    ])
    func `a cell that a spreadsheet would run is defused wherever it is`(cell: String) throws {
        for isForExcel in [false, true] {
            let context = try Sample.context(own: [cell, "cidade"], isForExcel: isForExcel)
            var row = try Sample.acceptedCall(own: [cell, "x"])
            row.last?.error = cell
            row.deliveryError = cell
            let bytes = Sample.bytes(ReportFormat.csv.calls(context), [row])
            let records = try Sample.records(bytes, isForExcel ? .semicolon : .comma)
            let (header, record) = (try #require(records.first), try #require(records.last))
            for found in [header[0], record[0], record[9], record[14]] { #expect(found == "'" + cell) }
        }
    }

    @Test func `the cells of a rejected row are written as they were, and what we say about it is defused`() throws {
        var reject = Sample.reject(own: ["=1+1", "@x"])
        reject.file = "-a.csv"
        reject.suggestion = "=1+1 is no phone."
        let context = try Sample.context(own: ["=nome", "telefone"])
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.rejects(context), [reject]))
        #expect(records.first?.prefix(2) == ["=nome", "telefone"])
        #expect(records.last == ["=1+1", "@x", "'-a.csv", "7", "phone_too_short", "'=1+1 is no phone."])
    }

    @Test func `a row with fewer or more cells than columns does not shift the others`() throws {
        let context = try Sample.context()
        for own in [[], ["Ana"], ["Ana", "SP", "surplus"]] {
            let bytes = Sample.bytes(ReportFormat.csv.calls(context), [try Sample.acceptedCall(own: own)])
            let record = try #require(try Sample.records(bytes).last)
            #expect(record.count == 19)
            #expect(record[2] == "5511987654321")
        }
    }

    @Test func `own columns keep their names, even where two are the same or the same as ours`() throws {
        let context = try Sample.context(own: ["phone", "Nome", "Nome", ""])
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.calls(context)))
        #expect(records.first?.prefix(5) == ["phone", "Nome", "Nome", "", "phone"])
    }
}
