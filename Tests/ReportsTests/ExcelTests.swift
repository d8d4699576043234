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
                D241XXXX732339502B68;200;;vendas;2026-11-23T09:00:00.000-03:00;2026-11-23T09:00:00.250-03:00;delivered;\#
                ;answered;2026-11-23T09:00:05.000-03:00;;2026-11-23T09:01:00.000-03:00\#r\#n
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
        "5511987654321", "+5511987654321", "+55 (11) 98765-4321", "+1-800-555-0100", "01310100", "00", "123456789012",
        "12E5", "3e10",
    ])
    func `what Excel would show differently is written as text for Excel`(cell: String) throws {
        #expect(try shown(cell) == "=\"\(cell)\"")
    }

    @Test(arguments: [
        "", "0", "7", "12345678901", "01310-100", "1,5", "12.50", "2026-11-30", "(11) 98765-4321", "E5", "1E", "1E2E3",
        "Ana", "5511987654321x", "+5", "-5",
    ])
    func `what Excel shows unchanged is left alone`(cell: String) throws {
        #expect(try shown(cell) == cell)
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
