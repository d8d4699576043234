import CampaignCore
import Testing

@Suite struct CSVFuzzTests {
    @Test(arguments: 1...12)
    func `any bytes in any chunks give the same records`(_ seed: UInt64) {
        var random = FixedRandom(seed: seed)
        let alphabet = Array("ab\"\"\",;\t|\r\n\r\n \u{0}=sep".utf8) + [0xE7, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0xD8]
        let limits = CSVLimits(fieldBytes: 40, recordBytes: 90, fields: 12)
        for round in 0..<120 {
            let bytes = (0..<random.below(200)).map { _ in
                round % 4 == 0 ? UInt8(random.below(256)) : alphabet[random.below(alphabet.count)]
            }
            var dialect = CSVDialect.detect(sample: bytes)
            if round % 3 == 0 {
                let encodings = CSVDialect.Encoding.allCases
                dialect = CSVDialect(delimiter: .semicolon, encoding: encodings[random.below(encodings.count)])
            }
            let whole = Parsed(bytes, dialect, limits: limits)
            let cut = (0..<40).map { _ in 1 + random.below(9) }
            #expect(Parsed(bytes, dialect, limits: limits, sizes: [1]) == whole)
            #expect(Parsed(bytes, dialect, limits: limits, sizes: cut) == whole)
        }
    }

    @Test(arguments: 1...6)
    func `reading the raw bytes again gives the same fields`(_ seed: UInt64) {
        var random = FixedRandom(seed: 100 + seed)
        let alphabet = Array("abc\"\"\",,\r\n ".utf8)
        for _ in 0..<150 {
            let bytes = (0..<random.below(120)).map { _ in alphabet[random.below(alphabet.count)] }
            let parsed = Parsed(bytes, CSVDialect())
            for (raw, row) in zip(parsed.raw, parsed.rows) {
                #expect(Parsed(raw, CSVDialect()).rows == [row])
            }
        }
    }

    @Test func `memory is a chunk and a record: an endless quote ends at the limit`() {
        let limits = CSVLimits(fieldBytes: 1000, recordBytes: 5000)
        var parser = CSVParser(dialect: CSVDialect(), limits: limits)
        parser.append(Array("a\n\"".utf8))
        var error: CSVError?
        var chunks = 0
        while error == nil, chunks < 100 {
            do throws(CSVError) {
                while try parser.next() != nil {}
            } catch let found {
                error = found
            }
            parser.append([UInt8](repeating: 0x61, count: 100))
            chunks += 1
        }
        #expect(error == .fieldTooLong(line: 2, limit: 1000))
        #expect(chunks <= 12)
    }
}
