import CampaignCore
import Testing

@Suite struct ListRoundTripTests {
    /// A way to write a list.
    struct Writing: CustomStringConvertible {
        var delimiter: CSVDialect.Delimiter
        var encoding: CSVDialect.Encoding
        var lineEnd: String
        var mark: Bool

        var description: String {
            "\(delimiter.name) \(encoding.name) \(Array(lineEnd.utf8)) \(mark ? "with" : "without") mark"
        }

        static var all: [Writing] {
            CSVDialect.Encoding.allCases.flatMap { encoding in
                CSVDialect.Delimiter.allCases.flatMap { delimiter in
                    ["\n", "\r\n", "\r"].flatMap { lineEnd in
                        // Encodings with one byte a character have no byte order mark.
                        ([.windows1252, .cp850, .macRoman].contains(encoding) ? [false] : [false, true]).map { mark in
                            Writing(delimiter: delimiter, encoding: encoding, lineEnd: lineEnd, mark: mark)
                        }
                    }
                }
            }
        }

        func bytes(_ rows: [[String]]) -> [UInt8] {
            let encoder = CSVEncoder(delimiter: delimiter, lineEnd: .lf)
            let lines = rows.map { String(decoding: encoder.row($0).dropLast(), as: UTF8.self) + lineEnd }
            return encoded(lines.joined(), as: encoding, mark: mark)
        }
    }

    @Test(arguments: Writing.all)
    func `what is written is read back, whether or not its form is named`(_ writing: Writing) {
        var random = FixedRandom(seed: 41)
        for round in 0..<8 {
            let rows = rows(&random, isLatin: [.windows1252, .cp850, .macRoman].contains(writing.encoding))
            let bytes = writing.bytes([["telefone", "nome", "observação"]] + rows)
            let options = ListReader.Options.with {
                guard round % 2 == 0 || !writing.encoding.isDetected else { return }
                $0.delimiter = writing.delimiter
                $0.encoding = writing.encoding
            }
            let list = ReadList(all: bytes, options, sample: 1 + random.below(90), piece: 1 + random.below(60))
            #expect(list.error == nil)
            #expect(list.columns == ["telefone", "nome", "observação"])
            #expect(list.contacts.map(\.own) == rows)
            #expect(list.rows.count == rows.count)
            #expect(list.dialect?.delimiter == writing.delimiter)
        }
    }

    @Test(arguments: Writing.all)
    func `a rejected row is kept byte for byte in every encoding`(_ writing: Writing) {
        let rows = [["1199999", "João; \"Zé\"", "uma\nduas"], ["x", "", "ç"], ["11999990001", "Ana", ""]]
        let list = ReadList(
            all: writing.bytes([["telefone", "nome", "observação"]] + rows),
            .with { $0.encoding = writing.encoding.isDetected ? nil : writing.encoding })
        let plain = Writing(
            delimiter: writing.delimiter, encoding: writing.encoding, lineEnd: "", mark: false)
        #expect(list.rejects.map(\.raw) == rows.prefix(2).map { plain.bytes([$0]) })
        #expect(list.rejects.map(\.own) == Array(rows.prefix(2)))
        #expect(list.contacts.count == 1)
    }

    private func rows(_ random: inout FixedRandom, isLatin: Bool) -> [[String]] {
        let alphabet: [Character] =
            ["a", "ç", "\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "'", "=", "\u{0}", "é"]
            + (isLatin ? [] : ["📞", "\u{FEFF}", "\u{FFFD}", "中"])
        return (0..<(4 + random.below(12))).map { row in
            let phone = "119\(10_000_000 + row * 7_919)"
            let cells = (0..<2).map { _ in
                String((0..<random.below(7)).map { _ in alphabet[random.below(alphabet.count)] })
            }
            // One plain row shows the form of the list.
            return row == 0 ? [phone, "Conceição", "é"] : [phone] + cells
        }
    }
}
