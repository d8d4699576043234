import Foundation
import TestWorkbook
import Testing
import Workbooks

@Suite struct ArchiveTests {
    static let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>7</v></c></row>"
    static let book = TestWorkbook(rows, formats: ["000"], texts: "<si><t>Ana</t></si>")
    static let expected = [["Ana", "007"]]
    static let sheetPart = "xl/worksheets/sheet1.xml"

    @Test func `sizes may stand behind the content, and the directory may be large`() throws {
        for isWide in [false, true] {
            var book = ArchiveTests.book
            book.archive.isWide = isWide
            for index in book.archive.entries.indices { book.archive.entries[index].hasDescriptor = true }
            #expect(try book.read().rows == ArchiveTests.expected)
        }
    }

    @Test(arguments: [false, true])
    func `a file in which two archives can be found is refused, in whatever order`(_ isWide: Bool) throws {
        var first = ArchiveTests.book
        var second = TestWorkbook(SheetTests.row(1))
        (first.archive.isWide, second.archive.isWide) = (isWide, isWide)
        let small = TestWorkbook("")
        func expectRefusal(_ bytes: [UInt8]) {
            let error = workbookError { _ = try ReadSheet.read(bytes) }
            switch error {
            case .damagedArchive?, .limit(.archiveEntries)?: break
            default: Issue.record("\(String(describing: error))")
            }
        }
        for (one, other) in [(first, second), (second, first), (first, small), (small, first), (first, first)] {
            expectRefusal(one.archive.bytes + other.archive.bytes)
        }
        guard !isWide else { return }
        // The second's places count from the first byte of the file, as those of self-extracting archives do.
        var moved = second.archive.bytes
        for place in moved.indices.dropLast(3) {
            let mark = Array(moved[place..<place + 4])
            guard let field = mark == [0x50, 0x4B, 1, 2] ? 42 : mark == [0x50, 0x4B, 5, 6] ? 16 : nil else { continue }
            let offset = (0..<4).reduce(0) { $0 | Int(moved[place + field + $1]) << (8 * $1) }
            let sum = offset + first.archive.bytes.count
            for index in 0..<4 { moved[place + field + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
        }
        expectRefusal(first.archive.bytes + moved)
        // The first's directory is not looked at when it is far from the end.
        expectRefusal(first.archive.bytes.dropLast(22) + moved)
        expectRefusal(Array("PK\u{3}\u{4}".utf8) + moved)
    }

    @Test func `what is behind an archive is refused, unless it is its comment or blank`() throws {
        var bytes = ArchiveTests.book.archive.bytes
        for blank in ["\r\n", " ", String(repeating: "\0", count: 512)] {
            #expect(try ReadSheet.read(bytes + Array(blank.utf8)).rows == ArchiveTests.expected)
        }
        for junk in ["\nx", "trailing"] {
            let error = workbookError { _ = try ReadSheet.read(bytes + Array(junk.utf8)) }
            #expect(error == .damagedArchive(reason: "something is behind its end"))
        }
        bytes[bytes.count - 2] = 7
        #expect(try ReadSheet.read(bytes + Array("comment".utf8)).rows == ArchiveTests.expected)
    }

    @Test func `a part may be an archive itself`() throws {
        var book = ArchiveTests.book
        book.archive.entries.append(.init("xl/embeddings/a.xlsx", TestWorkbook(SheetTests.row(1)).archive.bytes))
        #expect(try book.read().rows == ArchiveTests.expected)
    }

    @Test(arguments: [
        ("xl/worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "\\xl\\worksheets\\sheet1.xml"),
        ("XL/Worksheets/Sheet1.XML", "worksheets/sheet1.xml"),
        ("xl\\worksheets\\sheet1.xml", "worksheets/sheet1.xml"), ("lists/a.xml", "../lists/a.xml"),
        ("lists/a.xml", "./x/.././../lists/a.xml"), ("lists/a.xml", "../../../lists/a.xml"),
        ("xl/worksheets/minha lista.xml", "worksheets/minha%20lista.xml"),
    ])
    func `a part is found by whatever path leads to it`(_ name: String, _ target: String) throws {
        var book = ArchiveTests.book
        let sheet = try #require(book[ArchiveTests.sheetPart])
        book[ArchiveTests.sheetPart] = nil
        book[name] = sheet
        let relations = "xl/_rels/workbook.xml.rels"
        book[relations] = book[relations]?.replacing("worksheets/sheet1.xml", with: target)
        #expect(try book.read().rows == ArchiveTests.expected)
    }

    @Test func `the workbook is where the package says, or where it usually is`() throws {
        var book = ArchiveTests.book
        book["_rels/.rels"] = nil
        #expect(try book.read().rows == ArchiveTests.expected)
        let moved = ["xl/workbook.xml": "data/list.xml", "xl/_rels/workbook.xml.rels": "data/_rels/list.xml.rels"]
        for index in book.archive.entries.indices {
            let name = book.archive.entries[index].name
            book.archive.entries[index].name = moved[name] ?? name.replacing("xl/", with: "data/")
        }
        book["_rels/.rels"] = TestWorkbook.relation([("officeDocument", "/data/list.xml")])
        #expect(try book.read().rows == ArchiveTests.expected)
    }

    @Test func `a workbook needs neither styles nor shared texts`() throws {
        #expect(try TestWorkbook("<row><c s=\"9\"><v>7</v></c></row>").read().rows == [["7"]])
    }

    @Test(arguments: [sheetPart, "xl/sharedStrings.xml", "xl/styles.xml"])
    func `a part that is missing, doubled, encrypted or damaged is named`(_ part: String) throws {
        func error(_ change: (inout ZIPWriter.Entry) -> Void) -> WorkbookError? {
            var book = ArchiveTests.book
            for index in book.archive.entries.indices where book.archive.entries[index].name == part {
                change(&book.archive.entries[index])
            }
            return workbookError { _ = try book.read() }
        }
        #expect(error { $0.name = "x" } == .missingPart(part: part))
        #expect(error { $0.isEncrypted = true } == .encryptedPart(part: part))
        #expect(error { $0.checksum = 1 } == .damagedPart(part: part, reason: "its checksum is wrong"))
        #expect(
            error { $0.method = 97 } == .damagedPart(part: part, reason: "its compression method is not supported"))
        #expect(
            error { $0.deflated = [0xFF, 0xFF, 0xFF] }
                == .damagedPart(part: part, reason: "its compressed data is broken"))
        var book = ArchiveTests.book
        book.archive.entries.append(.init(part.uppercased(), "<x/>"))
        #expect(workbookError { _ = try book.read() } == .ambiguousPart(part: part))
    }

    @Test(arguments: [
        ("<worksheet>\n<sheetData>\n<row></sheetData>", 3), ("<worksheet>\n\n<sheetData><row r=\"1\" r=\"1\"/>", 3),
        ("", 1),
        ("<worksheet>\n<sheetData><row r=\"1\"><c r=\"A1\"><v>&#0;</v></c></row>", 2),
        ("<worksheet>\n<sheetData><row r=\"1\"><c r=\"A1\"><v>&#xD83D;</v></c></row>", 2),
        ("<worksheet>\n<sheetData><row r=\"1\"><c r=\"A1\"><v>&#65535;</v></c></row>", 2),
        ("<worksheet>\n<sheetData><row r=\"1\"><c r=\"A1\"><v>&amp</v></c></row>", 2),
        ("<worksheet>\n<sheetData><row r=\"1\"><c r=\"A1\"><v>&nada;</v>", 2), ("<worksheet>", 1),
        ("<worksheet><sheetData>\n\n<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\n<row r=\"2\"><c><v>\u{1}</v>", 4),
        ("<worksheet/>\n<worksheet/>", 2),
    ])
    func `damaged XML is named with its line`(_ xml: String, _ line: Int) {
        var book = ArchiveTests.book
        book[ArchiveTests.sheetPart] = xml
        guard case .damagedXML(ArchiveTests.sheetPart, line, let reason)? = workbookError({ _ = try book.read() })
        else {
            Issue.record("\(String(describing: workbookError { _ = try book.read() }))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `invalid UTF-8 is damaged XML`() {
        for comment in ["", "<!-- -->"] {
            var book = ArchiveTests.book
            let xml = TestWorkbook.sheet("<row>\(comment)<c t=\"inlineStr\"><is><t>Jo~o</t></is></c></row>").utf8
            book[ArchiveTests.sheetPart] = nil
            book.archive.entries.append(.init(ArchiveTests.sheetPart, xml.map { $0 == 0x7E ? 0xE3 : $0 }))
            guard case .damagedXML? = workbookError({ _ = try book.read() }) else {
                Issue.record("it was read")
                continue
            }
        }
    }

    @Test(arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "encrypted.xlsx"])
    func `a file that is cut off anywhere is refused`(_ name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: ReadSheet.file(name))))
        for count in stride(from: 1, to: bytes.count - 1, by: 211) {
            let error = workbookError { _ = try ReadSheet.read(Array(bytes[..<count])) }
            #expect(error != nil, "\(count)")
            if count > 600, name != "encrypted.xlsx" { #expect(error == .cut, "\(count)") }
        }
    }

    @Test(arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "hidden.xlsx", "encrypted.xlsx", "old.xls"])
    func `a file with wrong bytes is read or refused, and nothing else`(_ name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: ReadSheet.file(name))))
        var state: UInt64 = 20_261_127
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<100 {
            var changed = bytes
            for _ in 0...random(below: 4) { changed[random(below: changed.count)] = UInt8(random(below: 256)) }
            // Any other error than ours would not be caught here.
            do { _ = try ReadSheet.read(changed) } catch is WorkbookError {}
        }
    }

    @Test func `a sheet's XML with wrong bytes is the same to both ways of reading it`() throws {
        let rows = (1...20).map {
            "<row r=\"\($0)\" spans=\"1:3\"><c r=\"A\($0)\"><v>55119\($0)</v></c>"
                + "<c r=\"B\($0)\" t=\"inlineStr\"><is><t>João \($0)</t></is></c><c r=\"C\($0)\" t=\"b\"><v>1</v></c></row>"
        }
        let bytes = Array(rows.joined().utf8)
        var state: UInt64 = 7
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let letters = Array("<>/\"&= 0123rcvtis\u{1}'".utf8)
        for _ in 0..<800 {
            var changed = bytes
            changed[random(below: changed.count)] = letters[random(below: letters.count)]
            guard let text = String(validating: changed, as: UTF8.self) else { continue }
            func outcome(_ bytes: [UInt8]) -> String {
                var book = TestWorkbook()
                book[ArchiveTests.sheetPart] = nil
                book.archive.entries.append(.init(ArchiveTests.sheetPart, bytes))
                do { return try book.read().cells.joined(separator: "\n") } catch { return "\(error)" }
            }
            let xml = TestWorkbook.sheet(text)
            let plain = outcome(Array(xml.utf8))
            // In UTF-16 all is left to the XML parser.
            let parsed = outcome(
                ([0xFEFF] + Array(xml.utf16)).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
            let lines = zip(plain.split(separator: "\n"), parsed.split(separator: "\n")).first { $0 != $1 }
            #expect(plain == parsed, "\(lines.map { "\($0) | \($1)" } ?? "")")
        }
    }

    @Test func `an error is one sentence, on one line, whatever the file says`() {
        let errors: [WorkbookError] = [
            .noRows(sheet: "a\u{1B}[31m\nb\u{202E}" + String(repeating: "x", count: 500)),
            .missingPart(part: "xl/\u{7}"), .damagedSheet(sheet: "a\r\n", place: "cell\n", reason: "named “\u{0}”"),
            .cut, .noSheets, .otherFormat(.encrypted), .limit(.rows(sheet: "a\n", row: "1", limit: 2)),
        ]
        for error in errors {
            let text = error.description
            #expect(text.hasSuffix("."))
            #expect(text.count < 400)
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E })
        }
    }

    @Test func `a temporary folder that is not there is named`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID().uuidString)")
        try Data(ArchiveTests.book.archive.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var limits = WorkbookLimits()
        limits.sharedTextMemory = 1
        let workbook = try Workbook(path: file.path, limits: limits, temporaryFolder: "/no/such/folder")
        guard
            case .temporaryFile("/no/such/folder", _)? = workbookError({ _ = try workbook.rows(of: workbook.sheets[0]) }
            )
        else {
            Issue.record("there was room")
            return
        }
    }
}
