import CampaignCore
import Testing

/// The parser's result for some bytes.
struct Parsed: Hashable {
    var rows: [[String]] = []
    var lines: [Int] = []
    var raw: [[UInt8]] = []
    /// The lines of quotes that do not close where their field ends.
    var strayQuotes: [Int] = []
    var blankLines = 0
    var error: CSVError?

    /// Everything in chunks of `sizes`; the last size is repeated.
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
            if let line = parser.strayQuoteLine { strayQuotes.append(line) }
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
            ("\"a\" ,b\n", [["a ", "b"]]),  // blanks behind the closing quote
            ("\"a\nb\" \t,c\n", [["a\nb \t", "c"]]),
            ("a\u{0},b\n", [["a\u{0}", "b"]]),
            ("\u{FEFF}a,b\n", [["a", "b"]]),
            ("\u{FEFF}\"a,b\",c\n", [["a,b", "c"]]),
            ("\u{FEFF}", []),
            ("", []),
            ("\n", []),
            ("sep=,\na,b\n", [["a", "b"]]),  // Excel
            ("\u{FEFF}sep=,\r\na,b\n", [["a", "b"]]),
            ("a,b\nsep=,\n", [["a", "b"], ["sep=", ""]]),  // only as first line
            ("\"sep=,\"\na,b\n", [["a", "b"]]),
            ("SEP=,,,\na,b\n", [["a", "b"]]),
            ("sep=;\na,b\n", [["a", "b"]]),  // another delimiter was named
            ("sep=x\n", [["sep=x"]]),
            ("ç,é\n", [["ç", "é"]]),
            (",,\n", [["", "", ""]]),
        ] as [(String, [[String]])])
    func `what people write is read as they mean it, however it is cut`(_ text: String, _ rows: [[String]]) {
        for size in [1, 2, 3, 7, 1 << 20] {
            let parsed = Parsed(text, sizes: [size])
            #expect(parsed.rows == rows)
            #expect(parsed.error == nil)
            #expect(parsed.strayQuotes.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("\"a\"x,b\n", [["ax", "b"]], [1]),  // text behind the closing quote is kept
            ("\"a\"\"b\"c\"d,e\n", [["a\"bc\"d", "e"]], [1]),
            ("\"\"a\"\",b\n", [["a\"\"", "b"]], [1]),
            ("1,\"a\n2,b\n3,\"c\n4,d\n", [["1", "\"a"], ["2", "b"], ["3", "\"c"], ["4", "d"]], [1, 3]),
            ("1,\"a\r\n2,b\r\n", [["1", "\"a"], ["2", "b"]], [1]),
            ("1,\"a,x\n2,\"b\n\",y\n", [["1", "\"a", "x"], ["2", "b\n", "y"]], [1]),
            ("\"1\n1\",\"a\n2,\"b\n\",y\n", [["1\n1", "\"a"], ["2", "b\n", "y"]], [2]),
            ("a,b\n1,2\nx,\"never\nclosed\n", [["a", "b"], ["1", "2"], ["x", "\"never"], ["closed"]], [3]),
            ("\"", [["\""]], [1]), ("\"a\n\",\"", [["a\n", "\""]], [2]), ("\"a\"\"", [["\"a\"\""]], [1]),
        ] as [(String, [[String]], [Int])])
    func `a quote that is not closed where its field ends swallows no line and is reported`(
        _ text: String, _ rows: [[String]], _ quotes: [Int]
    ) {
        for size in [1, 2, 3, 7, 1 << 20] {
            let parsed = Parsed(text, sizes: [size])
            #expect(parsed.rows == rows)
            #expect(parsed.strayQuotes == quotes)
            #expect(parsed.error == nil)
        }
    }

    @Test func `lines at the top are skipped, whatever their content, and count as lines`() {
        let bytes = Array("\u{FEFF}Relatório \"\r\n\r\na,b\r\n1,2".utf8)
        for size in [1, 2, 5, 100] {
            var parser = CSVParser(dialect: CSVDialect(), skipLines: 2)
            var rows: [[String]] = []
            var lines: [Int] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                parser.append(bytes[start..<min(start + size, bytes.count)])
                while let record = try? parser.next() {
                    (rows, lines) = (rows + [record.strings], lines + [record.line])
                }
            }
            parser.finish()
            while let record = try? parser.next() { (rows, lines) = (rows + [record.strings], lines + [record.line]) }
            #expect(rows == [["a", "b"], ["1", "2"]])
            #expect(lines == [3, 4])
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

    @Test(arguments: [
        ("ok\n12345678901,b\n", CSVError.fieldTooLong(line: 2, limit: 10)),
        ("ok\n\"2345678901\n", CSVError.fieldTooLong(line: 2, limit: 10)),
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
        var parser = CSVParser(dialect: CSVDialect(), limits: CSVLimits(fieldBytes: 2))
        parser.append(Array("abc\n1\n".utf8))
        parser.finish()
        #expect(throws: CSVError.fieldTooLong(line: 1, limit: 2)) { try parser.next() }
        #expect(throws: CSVError.fieldTooLong(line: 1, limit: 2)) { try parser.next() }
    }

    @Test(arguments: [
        CSVError.strayQuote(line: 7), .fieldTooLong(line: 7, limit: 9), .recordTooLong(line: 7, limit: 9),
        .tooManyFields(line: 7, limit: 9),
    ])
    func `an error says where, in one sentence`(_ error: CSVError) {
        #expect(error.line == 7)
        #expect(error.description.contains("line 7"))
        #expect(error.description.hasSuffix("."))
    }
}
