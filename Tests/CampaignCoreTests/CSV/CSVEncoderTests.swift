import CampaignCore
import Testing

@Suite struct CSVEncoderTests {
    static func text(_ encoder: CSVEncoder, _ fields: [String]) -> String {
        String(decoding: encoder.row(fields), as: UTF8.self)
    }

    @Test(
        arguments: [
            (["a", "b"], "a,b\r\n"), (["a,b", "c"], "\"a,b\",c\r\n"), (["a\"b"], "\"a\"\"b\"\r\n"),
            (["a\nb", "c\rd", "e\r\nf"], "\"a\nb\",\"c\rd\",\"e\r\nf\"\r\n"), ([" a", "b "], "\" a\",\"b \"\r\n"),
            ([""], "\"\"\r\n"), (["", ""], ",\r\n"), ([], "\"\"\r\n"), ([" "], "\" \"\r\n"),
            (["a;b", "c"], "a;b,c\r\n"),
            (["sep=", ""], "\"sep=\",\r\n"), (["\u{FEFF}a"], "\"\u{FEFF}a\"\r\n"),
        ] as [([String], String)])
    func `quotes are only where a reader needs them`(_ fields: [String], _ expected: String) {
        #expect(CSVEncoderTests.text(CSVEncoder(), fields) == expected)
    }

    @Test func `delimiter, line end and byte order mark are a choice`() {
        let excel = CSVEncoder(delimiter: .semicolon, lineEnd: .lf, writesByteOrderMark: true)
        #expect(CSVEncoderTests.text(excel, ["a;b", "1,5"]) == "\"a;b\";1,5\n")
        #expect(excel.head == [0xEF, 0xBB, 0xBF])
        #expect(CSVEncoder().head.isEmpty)
    }

    @Test(arguments: [
        ("=1+1", true), ("=HYPERLINK(\"http://x\")", true), ("@SUM(A1)", true), ("+1+1", true), ("-1-1", true),
        ("\t=1", true), ("\r=1", true), ("\n=1", true), ("\u{FF1D}1", true), ("+cmd|' /C calc'!A0", true), ("-", true),
        ("+", true),
        ("+55 11 99999-0001", true), ("-1.2.3", true), ("+5511999990001", false), ("-5", false), ("-5,20", false),
        ("-5.20", false),
        ("5511999990001", false), ("Ana", false), ("", false), ("a=b", false), ("'=1", false),
    ])
    func `a cell that a spreadsheet would run gets an apostrophe`(_ cell: String, _ isDefused: Bool) {
        var defusing = CSVEncoder()
        defusing.defusesFormulas = true
        let rows = Parsed(defusing.row(["x", cell]), CSVDialect()).rows
        #expect(rows == [["x", isDefused ? "'" + cell : cell]])
        #expect(Parsed(defusing.row([cell]), CSVDialect()).rows == [[isDefused ? "'" + cell : cell]])
        #expect(Parsed(CSVEncoder().row(["x", cell]), CSVDialect()).rows == [["x", cell]])
    }

    @Test(arguments: CSVDialect.Delimiter.allCases, [CSVEncoder.LineEnd.crlf, .lf])
    func `what is written is read back`(_ delimiter: CSVDialect.Delimiter, _ lineEnd: CSVEncoder.LineEnd) {
        var random = FixedRandom(seed: 11)
        let alphabet: [Character] = [
            "a", "ç", "📞", "\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "\u{FEFF}", "'", "=", "\u{0}",
        ]
        let encoder = CSVEncoder(delimiter: delimiter, lineEnd: lineEnd)
        for _ in 0..<60 {
            let rows = (0..<(1 + random.below(6))).map { _ in
                (0..<(1 + random.below(4))).map { _ in
                    let letters = (0..<random.below(6)).map { _ in alphabet[random.below(alphabet.count)] }
                    return random.below(30) == 0 ? "sep=" : String(letters)
                }
            }
            var bytes = encoder.head
            for row in rows { encoder.append(row, to: &bytes) }
            let parsed = Parsed(bytes, CSVDialect(delimiter: delimiter), sizes: [1 + random.below(20)])
            #expect(parsed.rows == rows)
            #expect(parsed.error == nil)
        }
    }
}
