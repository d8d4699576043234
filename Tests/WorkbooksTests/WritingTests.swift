import Foundation
import TestWorkbook
import Testing

@testable import Workbooks

@Suite struct `A new workbook` {
    @Test func `is read back as it was written, cell by cell`() throws {
        let sheet = try Self.sheet([
            [.title("Título"), .heading("Cabeçalho"), .empty, .text("")],
            [.number(-12), .count(1_234_567), .share(thousandths: 995), .share(thousandths: 1000)],
            [],
            [.dateTime(milliseconds: 1_795_435_200_250), .dateTime(milliseconds: -2_203_891_200_000)],
        ])
        #expect(
            sheet.cells == [
                "A1 text Título", "B1 text Cabeçalho", "A2 number -12", "B2 number 1234567", "C2 number 0.995",
                "D2 number 1", "A4 date 2026-11-23T12:00:00.250", "B4 date 1900-03-01T00:00",
            ])
    }

    @Test(arguments: [
        "0012", "5511987654321", "=1+1", "+55", "-5", "@A1", "1/2", "TRUE", "#N/A", "'x", " spaces  ", "a\tb", "a\nb",
        "a\rb", "a\r\nb", "\n", "\t", "\u{0}", "\u{1}\u{1F}\u{7F}", "\u{FFFE}\u{FFFF}", "_x0041_", "_x0041_x0042_",
        "_X0041_", "__x00e9__", "_x005F_", "<&>\"'", "]]>", "João 📞 𝒜", "\u{FEFF}x", "\u{2028}", "ÿþ", "&#10;",
    ])
    func `keeps every text`(_ text: String) throws {
        let sheet = try Self.sheet([[.text(text), .heading("x")]])
        #expect(sheet.rows == [[text, "x"]])
        #expect(sheet.cells.first?.hasPrefix("A1 text ") == true)
    }

    @Test func `cuts a text that is longer than Excel's cells, and nothing in two`() throws {
        let longest = String(repeating: "é", count: 32_767)
        let phones = String(repeating: "📞", count: 16_384)
        let sheet = try Self.sheet([[.text(longest), .text(longest + "x"), .text(phones)]])
        #expect(sheet.rows[0][0] == longest)
        #expect(sheet.rows[0][1] == String(longest.dropLast()) + "…")
        #expect(sheet.rows[0][2] == String(repeating: "📞", count: 16_383) + "…")
    }

    @Test func `leaves out what Excel has no date for`() throws {
        let outside: [Int64] = [.min, -2_203_891_200_001, 253_402_300_800_000]
        let row = outside.map { CellValue.dateTime(milliseconds: $0) } + [.dateTime(milliseconds: 253_402_300_799_999)]
        #expect(try Self.sheet([row]).cells == ["D1 date 9999-12-31T23:59:59.999"])
    }

    @Test func `goes on in further sheets when one is full, each with the headings`() throws {
        var writer = WorkbookWriter(title: "t", createdAt: nil, dateFormat: "yyyy", maxRows: 3)
        var bytes: [UInt8] = []
        writer.begin(SheetLayout(name: "Ligações", headings: ["a"], widths: [9]), to: &bytes)
        for number in 1...5 { writer.append([.number(number)], to: &bytes) }
        writer.finish(to: &bytes)
        #expect(try Self.rows(bytes, "Ligações") == [["a"], ["1"], ["2"]])
        #expect(try Self.rows(bytes, "Ligações 2") == [["a"], ["3"], ["4"]])
        #expect(try Self.rows(bytes, "Ligações 3") == [["a"], ["5"]])
    }

    @Test func `goes on in further sheets before the XML of one is too long for its archive`() throws {
        var writer = WorkbookWriter(
            title: "t", createdAt: nil, dateFormat: "yyyy", maxRows: 100, maxPartBytes: 6000, at: 0)
        var bytes: [UInt8] = []
        writer.begin(SheetLayout(name: "s", headings: ["a"], widths: []), to: &bytes)
        let texts = (1...30).map { "\($0)" + String(repeating: "_x0001_", count: 40) }
        for text in texts { writer.append([.text(text)], to: &bytes) }
        writer.finish(to: &bytes)
        let names = try ReadSheet.read(bytes).sheets.map(\.name)
        #expect(names.count > 3)
        #expect(try names.flatMap { try Self.rows(bytes, $0).dropFirst().map { $0[0] } } == texts)
        // As the XML may be: each of these underscores is written as seven characters.
        var limits = WorkbookLimits()
        limits.sheetBytes = 6000
        for name in names { #expect(try !Self.rows(bytes, name, limits: limits).isEmpty) }
    }

    @Test func `has legal names of sheets, each once`() throws {
        let names = ["", "a/b[c]:*?\\", "History", "HISTORY", "'x'", String(repeating: "ç", count: 40), "  "]
        var writer = WorkbookWriter(title: "t", createdAt: nil, dateFormat: "yyyy")
        var bytes: [UInt8] = []
        for name in names + ["A B C"] + names.suffix(2) {
            writer.begin(SheetLayout(name: name, headings: [], widths: []), to: &bytes)
            writer.append([.number(1)], to: &bytes)
        }
        writer.finish(to: &bytes)
        let long = String(repeating: "ç", count: 31)
        #expect(
            try ReadSheet.read(bytes).sheets.map(\.name) == [
                "Sheet", "a b c", "Sheet 2", "Sheet 3", "x", long, "Sheet 4", "A B C 2", long.dropLast(2) + " 2",
                "Sheet 5",
            ])
    }

    @Test func `has the same bytes for the same content, but for the moment that it says`() throws {
        func bytes(_ moment: String) -> [UInt8] {
            var writer = WorkbookWriter(title: "t", createdAt: moment, dateFormat: "yyyy")
            var bytes: [UInt8] = []
            writer.begin(SheetLayout(name: "s", headings: ["a"], widths: [9]), to: &bytes)
            for number in 1...50_000 { writer.append([.number(number), .text("x\(number)")], to: &bytes) }
            writer.finish(to: &bytes)
            return bytes
        }
        #expect(bytes("2026-11-27T14:03:05Z") == bytes("2026-11-27T14:03:05Z"))
        #expect(bytes("2026-11-27T14:03:05Z") != bytes("2026-11-27T14:03:06Z"))
    }

    @Test func `freezes the headings, filters below them, repeats them on paper, and shows dates as asked`() throws {
        var writer = WorkbookWriter(title: "a<b", createdAt: "2026-11-27T14:03:05Z", dateFormat: "dd/mm/yyyy \"h\"")
        var bytes: [UInt8] = []
        writer.begin(SheetLayout(name: "Resumo", headings: [], widths: [44]), to: &bytes)
        writer.append([.title("x")], to: &bytes)
        writer.begin(SheetLayout(name: "L & M", headings: ["a", "b"], widths: [9, 300]), to: &bytes)
        for number in 1...6 { writer.append([.number(number)], to: &bytes) }
        writer.finish(to: &bytes)
        let summary = try Self.part("xl/worksheets/sheet1.xml", of: bytes)
        #expect(!summary.contains("<pane") && !summary.contains("<autoFilter"))
        let sheet = try Self.part("xl/worksheets/sheet2.xml", of: bytes)
        #expect(sheet.contains(#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#))
        #expect(sheet.contains(#"<autoFilter ref="A1:B7"/>"#))
        #expect(sheet.contains(#"<col min="2" max="2" width="255" customWidth="1"/>"#))
        let book = try Self.part("xl/workbook.xml", of: bytes)
        #expect(book.contains(#"localSheetId="1" hidden="1">'L &amp; M'!$A$1:$B$7</definedName>"#))
        #expect(book.contains("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">'L &amp; M'!$1:$1<"))
        let styles = try Self.part("xl/styles.xml", of: bytes)
        #expect(styles.contains(#"formatCode="dd/mm/yyyy &quot;h&quot;""#))
        let properties = try Self.part("docProps/core.xml", of: bytes)
        #expect(properties.contains("<dc:title>a&lt;b</dc:title>"))
        #expect(properties.contains(">2026-11-27T14:03:05Z</dcterms:created>"))
    }

    @Test func `bytes are packed whole also when zlib cannot pack them`() throws {
        let content = Array((0..<200_000).map { UInt8(truncatingIfNeeded: 0x20 + $0 % 90) })
        var entry = ZIPWriter.Entry("plain", content)
        var plain: [UInt8] = []
        DeflatedBlocks.appendPlain(content, to: &plain)
        entry.deflated = plain + DeflatedBlocks.end
        var writer = ZIPWriter()
        writer.entries = [entry]
        #expect(Array(try Self.part("plain", of: writer.bytes).utf8) == content)
    }

    @Test func `is whole beyond four gigabytes`() throws {
        let place = UInt64(5) << 30
        var writer = WorkbookWriter(
            title: "t", createdAt: nil, dateFormat: "yyyy", maxRows: 9, maxPartBytes: 1 << 20, at: place)
        var bytes: [UInt8] = []
        writer.begin(SheetLayout(name: "s", headings: ["a"], widths: [9]), to: &bytes)
        writer.append([.text("far")], to: &bytes)
        writer.finish(to: &bytes)
        let file = FileManager.default.temporaryDirectory.appending(path: "far-\(UUID().uuidString)")
        try Data(try Self.withPartInFront(&bytes)).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: place)
        try handle.seek(toOffset: place)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
        #expect(try ReadSheet.read(path: file.path).rows == [["a"], ["far"]])
    }

    /// Adds a part to a large archive's directory that is at the file's first byte, as that of a whole archive is.
    ///
    /// - Returns: the part.
    private static func withPartInFront(_ bytes: inout [UInt8]) throws -> [UInt8] {
        var writer = ZIPWriter()
        writer.entries = [.init("first", "")]
        let small = writer.bytes
        let entry = try #require(small.indices.first { small[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        let end = try #require(small.indices.first { small[$0...].starts(with: [0x50, 0x4B, 5, 6]) })
        let wide = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 6, 6]) })
        bytes.insert(contentsOf: small[entry..<end], at: wide)
        let size = end - entry
        // Entries, bytes of the directory, and where the wide fields are, which are behind it now.
        for (place, more) in [(24, 1), (32, 1), (40, size), (64, size), (84, 1), (86, 1), (88, size)] {
            var sum = more
            for index in wide + size + place..<bytes.count where sum > 0 {
                sum += Int(bytes[index])
                bytes[index] = UInt8(truncatingIfNeeded: sum)
                sum >>= 8
            }
        }
        return Array(small[..<entry])
    }

    private static func sheet(_ rows: [[CellValue]]) throws -> ReadSheet {
        var writer = WorkbookWriter(title: "<t>", createdAt: "2026-11-27T14:03:05Z", dateFormat: "dd/mm/yyyy hh:mm:ss")
        var bytes: [UInt8] = []
        writer.begin(SheetLayout(name: "s", headings: [], widths: [9, 9]), to: &bytes)
        for row in rows { writer.append(row, to: &bytes) }
        writer.finish(to: &bytes)
        return try ReadSheet.read(bytes)
    }

    private static func part(_ name: String, of bytes: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let archive = try Archive(file: InputFile(path: file.path), limits: WorkbookLimits())
        let stream = try archive.stream(name, limit: 1 << 24)
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try buffer.withUnsafeMutableBytes { room -> Int in
                guard let base = room.baseAddress else { return 0 }
                return try stream.read(into: base, capacity: room.count)
            }
            guard count > 0 else { return String(decoding: content, as: UTF8.self) }
            content += buffer.prefix(count)
        }
    }

    private static func rows(
        _ bytes: [UInt8], _ sheet: String, limits: WorkbookLimits = WorkbookLimits()
    ) throws -> [[String]] {
        let file = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try ReadSheet.read(path: file.path, sheet: sheet, limits: limits).rows
    }
}
