import Foundation
import TestWorkbook
import Testing
import Workbooks

@Suite struct FileTests {
    @Test(arguments: [
        "openpyxl.xlsx", "openpyxl-1904.xlsx", "openpyxl-iso.xlsx", "libreoffice.xlsx", "libreoffice-1904.xlsx",
    ])
    func `every program's workbook gives the same values`(_ name: String) throws {
        let sheet = try ReadSheet.read(path: ReadSheet.file(name))
        #expect(sheet.sheets.map(\.name) == ["Contatos"])
        #expect(sheet.numbers == [1, 2, 3])
        #expect(
            sheet.rows[0].joined(separator: ",")
                == "telefone,nome,cpf,nascimento,retorno,hora,ativo,valor,erro,duração,vírgula")
        #expect(
            sheet.rows[1] == [
                "5512940468989", "João  da Conceição", "01234567890", "1980-02-29", "2026-11-30T09:00", "09:00", "TRUE",
                "0.3", "#N/A", "36:00", "Ana Maria Souza",
            ])
        // LibreOffice makes a line end of the escaped one.
        let end = name.hasPrefix("libre") ? "\n" : "\r"
        #expect(
            sheet.rows[2] == [
                "11 94046-8989", " espaço ", "98765432100", "2026-11-30", "2026-11-30T09:00:30", "23:59:59", "FALSE",
                "-12.5", "#REF!", "00:05", "linha 1\nlinha 2 📞 <&> " + end,
            ])
        // LibreOffice makes a formula of some values.
        let kinds = sheet.cells.dropFirst(11).prefix(11).compactMap {
            $0.split(separator: " ").dropFirst().first?.replacing("!", with: "")
        }
        #expect(
            kinds == ["number", "text", "number", "date", "date", "date", "boolean", "number", "error", "date", "text"])
    }

    @Test(arguments: ["hidden.xlsx", "libreoffice-hidden.xlsx"])
    func `what is hidden is told`(_ name: String) throws {
        let sheet = try ReadSheet.read(path: ReadSheet.file(name))
        #expect(sheet.sheets.prefix(3).map(\.name) == ["Lista", "Oculta", "Muito oculta"])
        // LibreOffice knows one way of hiding a sheet.
        #expect(
            sheet.sheets.prefix(3).map(\.visibility) == [
                .visible, .hidden, name == "hidden.xlsx" ? .veryHidden : .hidden,
            ])
        #expect(sheet.hiddenColumns.contains { $0.contains(1) })
        #expect(sheet.hiddenCells.contains("B1"))
        // The merge has taken B2's value.
        #expect(sheet.rows[1] == ["A2", "C2", "D2", "E2"])
        #expect(sheet.merges == 1)
        #expect(sheet.firstMerge == "A2:B2")
        #expect(sheet.isFiltered)
        #expect(!sheet.hasUnappliedFilter)
        #expect(sheet.numbers == [1, 2, 3, 4, 5, 6])
        #expect(sheet.hidden == [false, false, true, false, true, false])
        #expect(sheet.firstHiddenRow == 3)
        #expect(sheet.hiddenRows == 2)
        #expect(sheet.hiddenColumns == [1...1])
    }

    @Test func `a chart is no sheet with rows`() throws {
        let workbook = try Workbook(path: ReadSheet.file("hidden.xlsx"))
        let chart = try #require(workbook.sheets.last)
        #expect(chart.name == "Gráfico")
        #expect(!chart.hasRows)
        #expect(workbookError { _ = try workbook.rows(of: chart) } == .noRows(sheet: "Gráfico"))
    }

    @Test func `a formula gives its result, by its type`() throws {
        let sheet = try ReadSheet.read(path: ReadSheet.file("formulas-computed.xlsx"))
        #expect(
            sheet.cells == [
                "A1 number! 2", "B1 text! ab", "C1 error! #DIV/0!", "D1 boolean! TRUE", "E1 date! 2026-11-30",
            ])
    }

    @Test func `a formula that nobody has computed is told apart`() throws {
        let sheet = try ReadSheet.read(path: ReadSheet.file("formulas-uncomputed.xlsx"))
        #expect(sheet.cells == "ABCDEF".map { "\($0)1 emptyFormula! " })
    }

    @Test(
        arguments: [
            ("encrypted.xlsx", .encrypted), ("old.xls", .oldExcel), ("list.ods", .openDocument),
            ("page.html.xlsx", .html),
        ] as [(String, FileFormat)])
    func `a file of another program is named`(_ name: String, _ format: FileFormat) {
        #expect(workbookError { _ = try Workbook(path: ReadSheet.file(name)) } == .otherFormat(format))
    }

    @Test(
        arguments: [
            ("", .empty), ("%PDF-1.7\n", .pdf), ("nome;telefone\nAna;11", .text),
            ("<!DOCTYPE html><p>x", .html), ("\u{FEFF} <HTML><table>", .html), ("<table><tr><td>1", .html),
            ("<?xml version=\"1.0\"?><a/>", .xml),
            ("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", .excelXML),
            ("\u{1}\u{2}\u{3}", .unknown), ("\t\u{8}\u{10}\u{0}\u{0}\u{6}", .oldExcel),
        ] as [(String, FileFormat)])
    func `a file that is no archive is named by its first bytes`(_ content: String, _ format: FileFormat) {
        #expect(workbookError { _ = try ReadSheet.read(Array(content.utf8)) } == .otherFormat(format))
    }

    @Test(
        arguments: [
            (["a.txt"], .otherArchive), (["word/document.xml"], .word), (["xl/workbook.bin"], .binaryExcel),
            (["Index/Document.iwa"], .numbers), ([], .otherArchive),
        ] as [([String], FileFormat)])
    func `an archive without a workbook is named`(_ parts: [String], _ format: FileFormat) {
        var archive = ZIPWriter()
        archive.entries = parts.map { .init($0, "<document/>") }
        if let part = parts.first, part.contains("/"), !part.hasPrefix("Index") {
            archive.entries.append(.init("_rels/.rels", TestWorkbook.relation([("officeDocument", part)])))
        }
        #expect(workbookError { _ = try ReadSheet.read(archive.bytes) } == .otherFormat(format))
    }

    @Test func `a container with something else in it is no workbook`() {
        let container = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 2000)
        #expect(workbookError { _ = try ReadSheet.read(container) } == .otherFormat(.otherContainer))
    }

    @Test(arguments: ["", "/no/such/file", "/tmp", "/dev/null"])
    func `what cannot be opened says why`(_ path: String) {
        guard case .unreadable(let reason)? = workbookError({ _ = try Workbook(path: path) }) else {
            Issue.record("it was opened")
            return
        }
        #expect(!reason.isEmpty)
    }
}
