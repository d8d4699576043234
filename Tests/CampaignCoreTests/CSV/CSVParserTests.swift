import CampaignCore
import Testing

/// What a parser made of some bytes.
struct Parsed: Hashable {
    var rows: [[String]] = []
    var lines: [Int] = []
    var raw: [[UInt8]] = []
    var blankLines = 0
    var error: CSVError?

    /// Everything in chunks of `sizes`, the last size again and again.
    init(_ bytes: [UInt8], _ dialect: CSVDialect, limits: CSVLimits = CSVLimits(), sizes: [Int] = [1 << 20]) {
        var parser = CSVParser(dialect: dialect, limits: limits)
        var rest = bytes[...]
        var chunk = 0
        do throws(CSVError) {
            while !rest.isEmpty {
                let size = max(1, sizes[min(chunk, sizes.count - 1)])
                parser.append(rest.prefix(size))
                rest = rest.dropFirst(size)
                chunk += 1
                try drain(&parser)
            }
            parser.finish()
            try drain(&parser)
        } catch {
            self.error = error
        }
        blankLines = parser.blankLines
    }

    init(_ text: String, delimiter: CSVDialect.Delimiter = .comma, sizes: [Int] = [1 << 20]) {
        self.init(Array(text.utf8), CSVDialect(delimiter: delimiter), sizes: sizes)
    }

    private mutating func drain(_ parser: inout CSVParser) throws(CSVError) {
        while let record = try parser.next() {
            rows.append(record.strings)
            lines.append(record.line)
            raw.append(Array(record.raw))
        }
    }
}

@Suite struct CSVParserTests {
    @Test(
        arguments: [
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),  // RFC 4180, 2.1
            ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),  // 2.2: no line end at the end
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("a\nb\rc\r\nd", [["a"], ["b"], ["c"], ["d"]]),
            ("\"a\",\"b\"\n", [["a", "b"]]),  // 2.5
            ("\"a\nb\",c\n", [["a\nb", "c"]]),  // 2.6
            ("\"a\r\nb\",c\n", [["a\r\nb", "c"]]),
            ("\"a,b\",c\n", [["a,b", "c"]]),
            ("\"a\"\"b\",c\n", [["a\"b", "c"]]),  // 2.7
            ("\"\"\"\"\n", [["\""]]),
            ("\"\",\"\"\n", [["", ""]]),
            ("\"\"", [[""]]),
            (",\n", [["", ""]]),
            ("a,\n", [["a", ""]]),
            ("a,", [["a", ""]]),
            ("a,b,c\n1\n1,2,3,4\n", [["a", "b", "c"], ["1"], ["1", "2", "3", "4"]]),  // ragged: as they are
            ("5\" disc,b\n", [["5\" disc", "b"]]),  // a quote inside is text
            (" \"a\",b\n", [[" \"a\"", "b"]]),
            ("\"a\"x,b\n", [["ax", "b"]]),  // text behind the closing quote is kept
            ("\"a\" ,b\n", [["a ", "b"]]),
            ("\"a\"\"b\"c\"d,e\n", [["a\"bc\"d", "e"]]),
            ("a\u{0},b\n", [["a\u{0}", "b"]]),
            ("\u{FEFF}a,b\n", [["a", "b"]]),
            ("\u{FEFF}\"a,b\",c\n", [["a,b", "c"]]),
            ("\u{FEFF}", []),
            ("", []),
            ("\n", []),
            ("sep=,\na,b\n", [["a", "b"]]),  // Excel
            ("\u{FEFF}sep=,\r\na,b\n", [["a", "b"]]),
            ("a,b\nsep=,\n", [["a", "b"], ["sep=", ""]]),  // only as first line
            ("sep=;\n", [["sep=;"]]),  // not this file's delimiter
            ("ç,é\n", [["ç", "é"]]),
            (",,\n", [["", "", ""]]),
        ] as [(String, [[String]])])
    func `what people write is read as they mean it, however it is cut`(_ text: String, _ rows: [[String]]) {
        for size in [1, 2, 3, 7, 1 << 20] {
            let parsed = Parsed(text, sizes: [size])
            #expect(parsed.rows == rows)
            #expect(parsed.error == nil)
        }
    }

    @Test func `every record knows its line, its bytes, and blank lines are counted`() {
        let text = "a,b\r\n\r\n  \n\"1\n\r\n\r2\",\"x\"\"y\"\r\n,\rlast"
        for size in [1, 2, 5, 100] {
            let parsed = Parsed(text, sizes: [size])
            #expect(parsed.rows == [["a", "b"], ["1\n\r\n\r2", "x\"y"], ["", ""], ["last"]])
            #expect(parsed.lines == [1, 4, 8, 9])
            #expect(
                parsed.raw.map { String(decoding: $0, as: UTF8.self) } == [
                    "a,b", "\"1\n\r\n\r2\",\"x\"\"y\"", ",", "last",
                ])
            #expect(parsed.blankLines == 2)
        }
    }

    @Test(arguments: [CSVDialect.Delimiter.comma, .semicolon, .tab, .pipe])
    func `each delimiter divides, the others do not`(_ delimiter: CSVDialect.Delimiter) {
        let others = CSVDialect.Delimiter.allCases.filter { $0 != delimiter }.map { UInt8($0.rawValue) }
        let text =
            "a" + String(decoding: others, as: UTF8.self) + String(decoding: [delimiter.rawValue], as: UTF8.self) + "b"
        #expect(Parsed(text, delimiter: delimiter).rows.first?.count == 2)
    }

    @Test func `a row of empty fields says so`() throws {
        var parser = CSVParser(dialect: CSVDialect(delimiter: .semicolon))
        parser.append(Array(";;;\n;\"\";\n; ;\n".utf8))
        parser.finish()
        #expect(try parser.next()?.isEmpty == true)
        #expect(try parser.next()?.isEmpty == true)
        #expect(try parser.next()?.isEmpty == false)
        #expect(try parser.next() == nil)
        #expect(parser.records == 3)
    }

    @Test func `a record that is kept stays as it was`() throws {
        var parser = CSVParser(dialect: CSVDialect())
        parser.append(Array("a,b\nc".utf8))
        let first = try #require(try parser.next())
        #expect(try parser.next() == nil)
        parser.append(Array(",d\n".utf8))
        let second = try #require(try parser.next())
        #expect(first.strings == ["a", "b"])
        #expect(second.strings == ["c", "d"])
        #expect(second.line == 2)
    }

    @Test func `a quote that never closes is reported with the line where it opened`() {
        for size in [1, 3, 100] {
            let parsed = Parsed("a,b\n1,2\nx,\"never\nclosed\n", sizes: [size])
            #expect(parsed.rows == [["a", "b"], ["1", "2"]])
            #expect(parsed.error == .unclosedQuote(line: 3))
        }
        #expect(Parsed("\"").error == .unclosedQuote(line: 1))
        #expect(Parsed("\"a\n\",\"").error == .unclosedQuote(line: 2))
        #expect(Parsed("\"a\"\"").error == .unclosedQuote(line: 1))
    }

    @Test(arguments: [
        ("ok\n12345678901,b\n", CSVError.fieldTooLong(line: 2, limit: 10)),
        ("ok\n\"234567890\n", CSVError.fieldTooLong(line: 2, limit: 10)),
        ("ok\n123456789,123456789,1234\n", CSVError.recordTooLong(line: 2, limit: 20)),
        ("ok\n,,,,,\n", CSVError.tooManyFields(line: 2, limit: 4)),
    ])
    func `what is too large is an error with its line, the same in any chunks`(_ text: String, _ error: CSVError) {
        let limits = CSVLimits(fieldBytes: 10, recordBytes: 20, fields: 4)
        for size in [1, 2, 3, 8, 100] {
            let parsed = Parsed(Array(text.utf8), CSVDialect(), limits: limits, sizes: [size])
            #expect(parsed.error == error)
            #expect(parsed.rows == [["ok"]])
        }
        let exact = Parsed(Array("1234567890,123456789\n".utf8), CSVDialect(), limits: limits)
        #expect(exact.error == nil)
    }

    @Test func `a parser stays at its error`() throws {
        var parser = CSVParser(dialect: CSVDialect())
        parser.append(Array("\"a".utf8))
        parser.finish()
        #expect(throws: CSVError.unclosedQuote(line: 1)) { try parser.next() }
        #expect(throws: CSVError.unclosedQuote(line: 1)) { try parser.next() }
    }

    @Test(arguments: [
        CSVError.unclosedQuote(line: 7), .fieldTooLong(line: 7, limit: 9), .recordTooLong(line: 7, limit: 9),
        .tooManyFields(line: 7, limit: 9),
    ])
    func `an error says where, in one sentence`(_ error: CSVError) {
        #expect(error.line == 7)
        #expect(error.description.contains("line 7"))
        #expect(error.description.hasSuffix("."))
    }
}
