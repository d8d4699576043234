import CampaignCore
import Testing

@Suite struct CSVEncodingTests {
    static func wide(_ text: String, littleEndian: Bool, mark: Bool) -> [UInt8] {
        let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return littleEndian ? [low, high] : [high, low]
        }
    }

    @Test(arguments: [true, false], [true, false])
    func `UTF-16 is found and read, in any chunks`(_ littleEndian: Bool, _ mark: Bool) {
        let text = "nome;telefone\r\nJoão 📞;11 99999-0001\r\n\"a;\"\"b\";c\r\n"
        let bytes = CSVEncodingTests.wide(text, littleEndian: littleEndian, mark: mark)
        let dialect = CSVDialect.detect(sample: bytes)
        #expect(dialect.encoding == (littleEndian ? .utf16LittleEndian : .utf16BigEndian))
        #expect(dialect.delimiter == .semicolon)
        for size in [1, 2, 3, 5, 1000] {
            let parsed = Parsed(bytes, dialect, sizes: [size])
            #expect(parsed.rows == [["nome", "telefone"], ["João 📞", "11 99999-0001"], ["a;\"b", "c"]])
        }
    }

    @Test func `broken UTF-16 gives replacement characters, not a crash`() {
        let dialect = CSVDialect(encoding: .utf16LittleEndian)
        #expect(Parsed([0x61, 0x00, 0x3D, 0xD8, 0x62, 0x00], dialect).rows == [["a\u{FFFD}b"]])  // lone high
        #expect(Parsed([0x61, 0x00, 0x3D, 0xDC], dialect).rows == [["a\u{FFFD}"]])  // lone low
        #expect(Parsed([0x61, 0x00, 0x62], dialect).rows == [["a\u{FFFD}"]])  // half a unit
    }

    @Test func `Windows-1252 is detected if the bytes are not UTF-8`() {
        let bytes: [UInt8] =
            Array("nome;fone\nJo".utf8) + [0xE3] + Array("o ".utf8) + [0x80, 0x96] + Array(";1\n".utf8)
        let dialect = CSVDialect.detect(sample: bytes)
        #expect(dialect.encoding == .windows1252)
        #expect(Parsed(bytes, dialect).rows.last == ["João €–", "1"])
    }

    @Test func `every byte of Windows-1252 means something`() {
        let bytes = (UInt8(0x80)...0xFF).map { $0 }
        let text = Parsed(bytes, CSVDialect(encoding: .windows1252)).rows.first?.first
        #expect(text?.unicodeScalars.count == 128)
        #expect(text?.contains("\u{FFFD}") == false)
        #expect(text?.hasPrefix("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ") == true)
        #expect(text?.hasSuffix("öøùúûüýþÿ".replacing("ø", with: "÷ø")) == true)
    }

    @Test func `a sample in ASCII does not spoil what comes later`() {
        let sample = Array("nome,fone\nAna,1\n".utf8)
        let dialect = CSVDialect.detect(sample: sample)
        #expect(dialect.encoding == .utf8)
        let later = sample + Array("Gra".utf8) + [0xE7] + Array("a,2\nGraça,3\n".utf8)
        #expect(Parsed(later, dialect).rows.suffix(2) == [["Graça", "2"], ["Graça", "3"]])
    }

    @Test func `a named encoding is believed`() {
        #expect(Parsed([0x61, 0xE7], CSVDialect(encoding: .utf8)).rows == [["a\u{FFFD}"]])
        #expect(Parsed(Array("ç".utf8), CSVDialect(encoding: .windows1252)).rows == [["Ã§"]])
    }

    @Test func `a character cut by the end of the sample is still UTF-8`() {
        let bytes = Array("nome\nJoão 📞".utf8)
        for cut in 1...3 { #expect(CSVDialect.detect(sample: bytes.dropLast(cut)).encoding == .utf8) }
        #expect(CSVDialect.detect(sample: Array("Jo".utf8) + [0xE3] + Array("o\n".utf8)).encoding == .windows1252)
    }

    @Test(
        arguments: [
            ("nome,telefone\nAna,1\n", CSVDialect.Delimiter.comma),
            ("nome;telefone\nAna;1\n", .semicolon),
            ("nome\ttelefone\nAna\t1\n", .tab),
            ("nome|telefone\nAna|1\n", .pipe),
            ("nome;valor\nAna;1,50\nRui;2,75\n", .semicolon),  // decimal commas
            ("nome;valor;total, bruto\nAna;1,50;2\nRui;2;3\n", .semicolon),
            ("nome;rua, casa\nAna;Rua A, 5\nRui;Rua B, 7\n", .semicolon),  // both fit: a comma is rather text
            ("nome,obs\nAna,\"a;b;c\"\nRui,\"d;e;f\"\n", .comma),
            ("nome,obs\n\"Silva; Ana\",\"a\n;;;\nb\"\n", .comma),
            ("sep=|\r\na;b|c;d\r\n", .pipe),
            ("\u{FEFF}sep=;\na,b;c\n", .semicolon),
            ("telefone\n11 99999-0001\n", .comma),  // one column: nothing to divide
            ("telefone\n11 99999-0001, recado\n11 98888-0002\n", .semicolon),  // one column: what tears nothing apart
            ("a;b", .semicolon),
            ("", .comma),
            ("\n\n\n", .comma),
            ("\"a,b", .comma),
        ] as [(String, CSVDialect.Delimiter)])
    func `the delimiter is detected automatically`(_ text: String, _ delimiter: CSVDialect.Delimiter) {
        #expect(CSVDialect.detect(sample: text.utf8).delimiter == delimiter)
    }
}
