import CampaignCore
import Foundation
import Reports
import Testing
import Workbooks

struct XLSXExporterTests {
    @Test func `a call is typed: own cells, phones and ids are text, counts are numbers, times are dates`() throws {
        let context = try Sample.context(own: ["nome", "código"])
        let row = try Sample.acceptedCall(own: ["=1+1", "0012"])
        let cells = try SheetCells.read(Sample.bytes(ReportFormat.xlsx.calls(context), [row]), sheet: 1)
        #expect(
            cells.rows[0] == [
                "text nome", "text código", "text Phone", "text State", "text Reason", "text Attempts",
                "text Z-API id", "text WhatsApp id", "text HTTP status", "text Error", "text Instance",
                "text First attempt", "text Last attempt", "text Delivery", "text Delivery error", "text Answer",
                "text Answered at", "text Called back at", "text Replied at",
            ])
        #expect(
            cells.rows[1] == [
                "text =1+1", "text 0012", "text 5511987654321", "text accepted", "number 2",
                "text 3999984263738042930CD6ECDE9VDWSA", "text D241XXXX732339502B68", "number 200", "text vendas",
                "date 2026-11-23T09:00", "date 2026-11-23T09:00:00.250", "text delivered", "text answered",
                "date 2026-11-23T09:00:05", "date 2026-11-23T09:01",
            ])
    }

    @Test func `in Portuguese, headings, states, reasons and sheets are in Portuguese`() throws {
        var context = try Sample.context(own: ["nome"])
        context.words = Language.portuguese.reportWords
        var row = ContactRow(own: ["Ana"], phone: try Sample.phone(), state: .excluded)
        row.reason = "do_not_call"
        let cells = try SheetCells.read(Sample.bytes(ReportFormat.xlsx.calls(context), [row]), sheet: 1)
        #expect(cells.sheets == ["Resumo", "Ligações"])
        #expect(cells.rows[0].prefix(4) == ["text nome", "text Telefone", "text Situação", "text Motivo"])
        #expect(
            cells.rows[1] == [
                "text Ana", "text 5511987654321", "text excluída", "text na lista de não ligar", "number 0",
            ])
    }

    @Test func `the first sheet has the figures, with their sum`() throws {
        var counts = StateCounts()
        counts[.accepted] = 3
        counts[.failed] = 1
        var summary = CampaignSummary(campaign: "cobranca", counts: counts)
        summary.reasons = [ReasonCount(state: .failed, reason: "refused", contacts: 1)]
        summary.outcomes = [.accepted: 3, .refused: 1]
        summary.errors = [ErrorCount(error: "bad phone", attempts: 1)]
        summary.happened.delivered = 2
        summary.firstAttemptAt = Sample.nine
        summary.lastAttemptAt = Sample.nine.advanced(by: .seconds(90))
        var context = try Sample.context(summary: summary)
        context.words = Language.portuguese.reportWords
        context.generatedAt = Sample.nine
        let rows = try SheetCells.read(Sample.bytes(ReportFormat.xlsx.calls(context)), sheet: 0).rows
        func row(_ label: String) -> [String]? { rows.first { $0.first == "text " + label } }
        #expect(rows.first == ["text cobranca"])
        #expect(row("Gerado em") == ["text Gerado em", "date 2026-11-23T09:00"])
        #expect(row("Horários de")?.last == "text America/Sao_Paulo")
        #expect(row("falhou")?.suffix(2) == ["number 1", "number 0.25"])
        #expect(row("total") == ["text total", "number 4", "number 1"])
        #expect(row("recusada pela Z-API")?.prefix(3).suffix(2) == ["number 1", "text falhou"])
        #expect(row("bad phone")?.last == "number 1")
        #expect(row("entregues")?.last == "number 2")
        #expect(row("tempo entre elas")?.last == "text 1 min 30 s")
    }

    @Test func `attempts, rejected rows and duplicates have a sheet each`() throws {
        let context = try Sample.context(own: ["nome", "telefone"])
        let attempts = try SheetCells.read(
            Sample.bytes(ReportFormat.xlsx.attempts(context), [try Sample.acceptedAttempt()]), sheet: 1)
        #expect(attempts.sheets == ["Summary", "Attempts"])
        #expect(attempts.rows[1].contains("number 181"))
        let rejects = try SheetCells.read(
            Sample.bytes(ReportFormat.xlsx.rejects(context), [Sample.reject(own: ["Rui", "+55 11 9"])]), sheet: 1)
        // The corrected sheet is imported again, so the names of its columns stay.
        #expect(rejects.rows[0].suffix(4).map { String($0.dropFirst(5)) } == RejectColumns.names)
        #expect(rejects.rows[1].prefix(4) == ["text Rui", "text +55 11 9", "text contatos.csv", "number 7"])
        var row = DuplicateRow(file: "a.csv", line: 3, phone: try Sample.phone(), reason: .repeated)
        row.firstLine = 2
        let duplicates = try SheetCells.read(Sample.bytes(ReportFormat.xlsx.duplicates(context), [row]), sheet: 1)
        #expect(duplicates.rows[1].suffix(2) == ["text earlier in the same list", "number 2"])
    }

    @Test func `more rows than are looked at for the widths are all there, in order`() throws {
        let rows = try (0..<500).map { try Sample.acceptedCall(own: ["n\($0)", ""]) }
        let cells = try SheetCells.read(
            Sample.bytes(ReportFormat.xlsx.calls(try Sample.context()), rows), sheet: 1)
        #expect(cells.rows.dropFirst().map { $0[0] } == (0..<500).map { "text n\($0)" })
    }
}

/// The sheets of a workbook, and the cells of one, each as `number 12`.
struct SheetCells {
    var sheets: [String] = []
    var rows: [[String]] = []

    static func read(_ bytes: [UInt8], sheet: Int) throws -> SheetCells {
        let file = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let workbook = try Workbook(path: file.path, temporaryFolder: NSTemporaryDirectory())
        var result = SheetCells(sheets: workbook.sheets.map(\.name))
        let reader = try workbook.rows(of: workbook.sheets[sheet])
        while try reader.next() {
            result.rows.append(try reader.cells.map { "\($0.kind) \(try reader.string(of: $0))" })
        }
        return result
    }
}
