import CampaignCore
import Testing

@Suite struct ListFuzzTests {
    @Test(arguments: 1...16)
    func `any bytes, read in any way and in any pieces: no row is lost silently`(_ seed: UInt64) throws {
        var random = FixedRandom(seed: 7000 + seed)
        for round in 0..<60 {
            let bytes = list(&random, isNoise: round % 5 == 0)
            let options = options(&random)
            let whole = ReadList(all: bytes, options, sample: bytes.count)
            let sizes = (1 + random.below(40), 1 + random.below(20))
            #expect(ReadList(all: bytes, options, sample: sizes.0, piece: sizes.1) == whole)
            guard whole.error == nil else { continue }
            let records = try records(bytes, #require(whole.dialect))
            let rows = whole.contacts.count + whole.rejects.count + whole.blankRows - whole.extras
            #expect(rows + (options.hasHeader ? 1 : 0) + whole.blankLines == records)
            #expect(whole.rows.count == rows + whole.extras)
        }
    }

    @Test(arguments: 1...8)
    func `a rejected row of any UTF-16, also broken, is the bytes of the file`(_ seed: UInt64) {
        var random = FixedRandom(seed: 900 + seed)
        let encoding: CSVDialect.Encoding = seed % 2 == 0 ? .utf16LittleEndian : .utf16BigEndian
        let units: [UInt16] = [0x61, 0xE7, 0x20AC, 0xD83D, 0xDCDE, 0xDBFF, 0xDFFF, 0xFEFF, 0xFFFF, 0, 0x3B]
        for _ in 0..<60 {
            var bytes = encoded("telefone;a;b\n", as: encoding)
            var expected: [[UInt8]] = []
            for _ in 0..<(1 + random.below(4)) {
                let row: [UInt8] = (0..<random.below(12)).flatMap { _ in
                    let unit = units[random.below(units.count)]
                    let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                    return encoding == .utf16LittleEndian ? [low, high] : [high, low]
                }
                expected.append(encoded("x", as: encoding) + row)
                bytes += encoded("x", as: encoding) + row + encoded("\r", as: encoding)
            }
            // Half a unit at the end of the file.
            bytes += encoded("y", as: encoding) + [0x61]
            expected.append(encoded("y", as: encoding) + [0x61])
            let options = ListReader.Options.with { ($0.encoding, $0.delimiter) = (encoding, .semicolon) }
            let list = ReadList(all: bytes, options, sample: 1 + random.below(50), piece: 1 + random.below(9))
            #expect(list.rejects.map(\.raw) == expected)
            #expect(list.rejects.allSatisfy { $0.own.first?.hasPrefix("x") == true || $0.own == ["y\u{FFFD}"] })
        }
    }

    private func options(_ random: inout FixedRandom) -> ListReader.Options {
        var options = ListReader.Options(country: ["55", "351", "1", "0", "x"][random.below(5)])
        options.delimiter = random.below(2) == 0 ? nil : CSVDialect.Delimiter.allCases[random.below(4)]
        options.encoding = random.below(2) == 0 ? nil : CSVDialect.Encoding.allCases[random.below(4)]
        options.hasHeader = random.below(3) > 0
        options.splitsCells = random.below(2) == 0
        options.allowsLandlines = random.below(2) == 0
        if random.below(2) == 0 { options.columns.phone = ["1", "2", "telefone", "nada"][random.below(4)] }
        if random.below(4) == 0 { options.columns.ddd = ["1", "3", "ddd"][random.below(3)] }
        if random.below(4) == 0 { options.columns.ddi = ["3", "4", "ddi"][random.below(3)] }
        return options
    }

    /// Something like a list, torn up, or noise.
    private func list(_ random: inout FixedRandom, isNoise: Bool) -> [UInt8] {
        if isNoise { return (0..<random.below(160)).map { _ in UInt8(random.below(256)) } }
        let pieces = [
            "telefone", "nome", "ddd", "ddi", "duracao", "rejectedFile", "11999990001", "(21) 98888-0002", "99999-0001",
            "11999990001/11988880002", "11 99999-0001 ou 12", "55", "11", "x", "ç", "\"", "\"\"", ";", ";", ",", "\t",
            "|", "\n", "\n", "\r\n", "\r", " ", "\u{0}", "sep=;", "\u{FEFF}", ";;;", "5", "5,51199E+12",
        ]
        var text = ["", "\u{FEFF}", "\n", ";;\n", "sep=;\r\n"][random.below(5)]
        text += ["telefone;nome;ddd;ddi\n", "nome,telefone\r\n", "11999990001;Ana;11;55\r", ""][random.below(4)]
        for _ in 0..<random.below(60) { text += pieces[random.below(pieces.count)] }
        return encoded(text, as: CSVDialect.Encoding.allCases[random.below(4)])
    }

    /// What the file has: records and blank lines.
    private func records(_ bytes: [UInt8], _ dialect: CSVDialect) throws -> Int {
        var parser = CSVParser(dialect: dialect)
        parser.append(bytes)
        parser.finish()
        var count = 0
        while try parser.next() != nil { count += 1 }
        return count + parser.blankLines
    }
}
