import CampaignCore
import Reports
import Testing

struct ExcelTests {
    @Test func `a file for Excel has a byte order mark, semicolons, and phones that stay digits`() throws {
        let context = try Sample.context(own: ["nome", "telefone"], isForExcel: true)
        let row = try Sample.acceptedCall(own: ["Ana; Rui", "5511987654321"])
        let bytes = Sample.bytes(ReportFormat.csv.calls(context), [row])
        #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
        #expect(
            String(decoding: bytes.dropFirst(3), as: UTF8.self) == #"""
                nome;telefone;phone;state;reason;attempts;zaapId;messageId;httpStatus;error;instance;\#
                firstAttemptAt;lastAttemptAt;delivery;deliveryError;answer;answeredAt;calledBackAt;repliedAt\#r
                "Ana; Rui";"=""5511987654321""";"=""5511987654321""";accepted;;2;3999984263738042930CD6ECDE9VDWSA;\#
                D241XXXX732339502B68;200;;vendas;2026-11-23 09:00:00;2026-11-23 09:00:00;delivered;\#
                ;answered;2026-11-23 09:00:05;;2026-11-23 09:01:00\#r\#n
                """#
        )
    }

    @Test func `a file for programs has no byte order mark and plain phones`() throws {
        let row = try Sample.acceptedCall(own: ["+5511987654321", "01310-100"])
        let report = Sample.report(ReportFormat.csv.calls(try Sample.context()), [row])
        #expect(report.hasPrefix("nome,"))
        #expect(report.contains("\r\n+5511987654321,01310-100,5511987654321,"))
    }

    @Test(arguments: [
        // Digits that it shows as `5,51E+12`, or cuts.
        "5511987654321", "+5511987654321", "+55 (11) 98765-4321", "+1-800-555-0100", "01310100", "00", "123456789012",
        "-123456789012", "12345678901,5", "123.456.789.012", "007,5", " 0012 ", "-01", "+01",
        // Powers of ten.
        "12E5", "3e10", "1e5", "1,5e3", "1.5E-3", "2E+4",
        // Dates.
        "1/2", "10-11", "3-4", "10/11/12", "30/11/2026", "2026-11-30", "2026-11", "12-2026", "1.5", "12.50", "1.2.3",
        "10.11.2026", "1 1/2", " 1/2", "mar/26", "mar-26", "26mar", "5 de março de 2026", "Mar 5, 2026", "jan 01",
        "30/nov/2026", "set 10", "5MAR26", "MARÇO 26", "5–mar", "5 do mar",
        // Times.
        "12:30", "1:2", "12:30:45", "12:30,5", "9 a", "9 am", "9:30 PM", "9p", "30/11/2026 09:00", "16:9",
        // Amounts below zero.
        "(11)", "(1,5)", "5-", "31+",
        // Words.
        "TRUE", "false", "Verdadeiro", "FALSO", "#N/D", "#REF!", "#Núm!",
    ])
    func `what Excel would show differently is written as text for Excel`(cell: String) throws {
        #expect(try shown(cell) == "=\"\(cell)\"")
    }

    @Test(arguments: [
        // Quantities, which can be added up.
        "", "0", "7", "12345678901", "1,5", "1,50", "0,5", "1.234", "1.234.567,89", "+5", "-5", "-5,20", "10%", "R$ 5",
        // Text.
        "01310-100", "(11) 98765-4321", "98765-4321", "123.456.789-00", "12.345.678/0001-90", "E5", "1E", "1E2E3",
        "Ana",
        "5511987654321x", "João 5", "São 10", "Dr. 12", "março x 26", "maio", "Maria 26", "marte 5", "Rua 1/2", "10 11",
        "verdade", "#1", "5 a 10", "a 9",
        "1.234,5.6",
        "5 de maio de 2026 às 9", "\"1/2\"", "falsos",
    ])
    func `what Excel shows unchanged is left alone`(cell: String) throws {
        #expect(try shown(cell) == cell)
    }

    @Test func `a heading that Excel would take for a date stays text`() throws {
        let context = try Sample.context(own: ["2026-11", "nome"], isForExcel: true)
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.calls(context)), .semicolon)
        #expect(records.first?.prefix(2) == ["=\"2026-11\"", "nome"])
    }

    @Test func `in Portuguese a file for Excel has words, and a file for programs has codes`() throws {
        var context = try Sample.context(own: [], isForExcel: true)
        context.words = Language.portuguese.reportWords
        let row = try Sample.acceptedCall(own: [])
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.calls(context), [row]), .semicolon)
        #expect(records[0].prefix(4) == ["Telefone", "Situação", "Motivo", "Tentativas"])
        #expect(records[1].prefix(2) == ["=\"5511987654321\"", "aceita"])
        #expect(records[1].contains("entregue") && records[1].contains("atendida"))
        context.isForExcel = false
        let plain = try Sample.records(Sample.bytes(ReportFormat.csv.calls(context), [row]))
        #expect(plain[0].prefix(2) == ["phone", "state"] && plain[1].prefix(2) == ["5511987654321", "accepted"])
    }

    @Test(arguments: ["+1+1", "+55+5511987654321", "+", "-5511987654321-1", "+5*5511987654321"])
    func `an amount is not a phone and is made harmless for Excel`(cell: String) throws {
        #expect(try shown(cell) == "'" + cell)
    }

    @Test func `too many digits for a formula are left alone`() throws {
        let digits = String(repeating: "1", count: 256)
        #expect(try shown(digits) == digits)
        #expect(try shown(String(digits.dropFirst())) == "=\"\(digits.dropFirst())\"")
    }

    @Test func `a rejected row for Excel is defused too, and its phone can still be read at the next import`() throws {
        let context = try Sample.context(own: ["nome", "telefone"], isForExcel: true)
        let reject = Sample.reject(own: ["=1+1", "+55 11 98765-4321"])
        let records = try Sample.records(Sample.bytes(ReportFormat.csv.rejects(context), [reject]), .semicolon)
        let record = try #require(records.last)
        #expect(record[0] == "'=1+1")
        #expect(record[1] == "=\"+55 11 98765-4321\"")
        #expect(try PhoneReader().read(record[1]).get() == Sample.phone())
    }

    /// What a reader finds in an own cell of a file for Excel.
    private func shown(_ cell: String) throws -> String {
        let context = try Sample.context(own: ["a", "b"], isForExcel: true)
        let bytes = Sample.bytes(ReportFormat.csv.calls(context), [try Sample.acceptedCall(own: ["x", cell])])
        let record = try #require(try Sample.records(bytes, .semicolon).last)
        #expect(record.count == 19)
        return record[1]
    }
}
