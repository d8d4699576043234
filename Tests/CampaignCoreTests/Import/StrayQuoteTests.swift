import CampaignCore
import Testing

@Suite struct StrayQuoteTests {
    /// A list, the last four digits of the phones that are imported, and the lines of the rows that are not.
    struct Case: CustomStringConvertible {
        var description: String
        var list: String
        var taken: [String]
        var rejected: [Int]
        /// Why, by line, if not because of the quote.
        var otherReasons: [Int: String] = [:]
        var options = ListReader.Options()

        init(
            _ description: String, _ list: String, taken: [String], rejected: [Int] = [],
            _ otherReasons: [Int: String] = [:], _ change: (inout ListReader.Options) -> Void = { _ in }
        ) {
            (self.description, self.list, self.taken, self.rejected) = (description, list, taken, rejected)
            self.otherReasons = otherReasons
            change(&options)
        }
    }

    static let honest = [
        Case(
            "an address of several lines",
            "nome;telefone\n\"Ana\nRua A; 5\nCentro\";11 98765-0001\nBia;11 98765-0002\n",
            taken: ["0001", "0002"]),
        Case(
            "a note of several lines with a phone in it",
            "telefone;nome;nota\n11 98765-0001;Ana;\"Esposa:\n11 98888-7777\nligar à noite\"\n11 98765-0002;Bia;\n",
            taken: ["0001", "0002"]),
        Case(
            "CRLF in a cell", "telefone;nota\r\n11 98765-0001;\"a\r\nb\"\r\n11 98765-0002;c\r\n",
            taken: ["0001", "0002"]),
        Case(
            "inches in a cell without quotes", "telefone;nota\n11 98765-0001;12\" TV\n11 98765-0002;c\n",
            taken: ["0001", "0002"]),
        Case(
            "doubled quotes", "telefone;nota\n11 98765-0001;\"TV 12\"\" \n\"\"nova\"\"\"\n11 98765-0002;c\n",
            taken: ["0001", "0002"]),
        Case(
            "every cell in quotes", "\"telefone\",\"nome\"\n\"11 98765-0001\",\"Ana\nMaria\"\n\"11 98765-0002\",\"\"\n",
            taken: ["0001", "0002"]),
        Case(
            "blanks behind a closing quote", "telefone;nome\n11 98765-0001;\"Ana\" \n11 98765-0002;Bia\n",
            taken: ["0001", "0002"]),
        Case(
            "two phones of a cell on lines of their own", "telefone;nome\n\"11 98765-0001\n11 98765-0002\";Ana\n",
            taken: ["0001", "0002"]
        ) { $0.splitsCells = true },
        Case(
            "a list of phones alone", "telefone\n\"11 98765-0001\n11 98765-0002\n11 98765-0003\"\n",
            taken: ["0001", "0002", "0003"]
        ) {
            $0.splitsCells = true
        },
    ]

    static let stray = [
        Case(
            "two quotes, rows apart",
            "telefone;nome\n11 98765-0001;\"Ana\n11 98765-0002;Bia\n11 98765-0003;\"Caio\n11 98765-0004;Duda\n",
            taken: ["0002", "0004"], rejected: [2, 4]),
        Case(
            "the second one at the end of a row",
            "telefone;nome\n11 98765-0001;\"Ana\n11 98765-0002;Bia\n11 98765-0003;Caio\"\n",
            taken: ["0002"], rejected: [2, 4]),
        Case(
            "in two rows that follow each other",
            "telefone;nome\n11 98765-0001;\"Ana\n11 98765-0002;Bia\"\n11 98765-0003;Caio\n",
            taken: ["0003"], rejected: [2, 3]),
        Case(
            "in the first cell of both",
            "nome;telefone\n\"Ana;11 98765-0001\nBia\";11 98765-0002\nCaio;11 98765-0003\n",
            taken: ["0003"], rejected: [2, 3]),
        Case(
            "in rows that are shorter than the header",
            "telefone;nome;nota\n11 98765-0001;\"Ana\n11 98765-0002;Bia\n11 98765-0003;Caio\"\n", taken: [],
            rejected: [2, 3, 4], [3: "too_few_cells"]),
        Case(
            "in rows with an empty cell more than the header",
            "telefone;nome\n11 98765-0001;\"Ana;\n11 98765-0002;Bia;\n11 98765-0003;Caio\";\n11 98765-0004;Duda;\n",
            taken: ["0002", "0004"], rejected: [2, 4]),
        Case(
            "text behind the closing quote", "telefone;nome\n11 98765-0001;\"Zeca\" Silva\n11 98765-0002;Bia\n",
            taken: ["0002"], rejected: [2]),
        Case("never closed", "telefone;nome\n11 98765-0001;\"Ana\n11 98765-0002;Bia\n", taken: ["0002"], rejected: [2]),
        Case(
            "never closed in the last row", "telefone;nome\n11 98765-0002;Bia\n11 98765-0001;\"Ana", taken: ["0002"],
            rejected: [3]),
        Case(
            "tabs", "telefone\tnome\n11 98765-0001\t\"Ana\n11 98765-0002\tBia\n11 98765-0003\t\"Caio\n",
            taken: ["0002"],
            rejected: [2, 4]),
        Case(
            "phones alone", "telefone\n\"11 98765-0001\n11 98765-0002\n11 98765-0003\"\n11 98765-0004\n",
            taken: ["0002", "0004"],
            rejected: [2, 4]),
        Case(
            "an area code in a column of its own",
            "ddd;telefone;nome\n11;98765-0001;\"Ana\n11;98765-0002;Bia\n11;98765-0003;Caio\"\n", taken: ["0002"],
            rejected: [2, 4]),
        Case(
            "CRLF", "telefone;nome\r\n11 98765-0001;\"Ana\r\n11 98765-0002;Bia\r\n11 98765-0003;\"Caio\r\n",
            taken: ["0002"],
            rejected: [2, 4]),
        Case(
            "no header", "11 98765-0001;Ana\n11 98765-0002;\"Bia\n11 98765-0003;Caio\n11 98765-0004;\"Duda\n",
            taken: ["0001", "0003"], rejected: [2, 4]
        ) { $0.hasHeader = false },
        // It is unclear whether the second line is a row or a part of the note: neither number is called.
        Case(
            "a note with a line that looks like a row",
            "telefone;nota\n11 98765-0001;\"Esposa:\n11 98888-7777; Maria\nligar à noite\"\n11 98765-0002;x\n",
            taken: ["0002"],
            rejected: [2]),
        Case(
            "before a note of several lines",
            "telefone;nota;x\n\"\"11 98765-0001;\"a\n11 98888-7777\nb\";y\n11 98765-0002;c;y\n",
            taken: ["0002"], rejected: [2]),
        // The note's own lines are read as rows then: a phone among them is not called.
        Case(
            "in a note of several lines",
            "telefone;nota;x\n11 98765-0001;\"a\"b\n11 98888-7777\nc\";y\n11 98765-0002;c;y\n11 98765-0003\n",
            taken: ["0002", "0003"], rejected: [2, 3, 4], [3: "too_few_cells", 4: "too_few_cells"]),
        Case(
            "a line of the note looks like a whole row without a phone",
            "telefone;nota\n11 98765-0001;\"a\"b\nveja;x\n11 98888-7777\n11 98765-0002;c\n11 98765-0003\n",
            taken: ["0002", "0003"], rejected: [2, 3, 4], [3: "phone_letters", 4: "too_few_cells"]),
        Case(
            "cut rows right below text behind a closing quote",
            "telefone;nome;nota\n11 98765-0001;\"Zeca\" Silva;x\n11 98765-0002;Bia\n11 98765-0003;Caio;x;y\n"
                + "11 98765-0004;Duda;x\n11 98765-0005;Edu\n11 98765-0006;Fabi;x;y\n",
            taken: ["0004", "0005"], rejected: [2, 3, 4, 7],
            [3: "too_few_cells", 4: "too_many_cells", 7: "too_many_cells"]),
        Case(
            "cut rows far below a quote that is never closed",
            "telefone;nome;nota\n11 98765-0001;\"Ana;x\n11 98765-0002;Bia;x\n11 98765-0003;Caio\n"
                + "11 98765-0004;Duda;x;y\n11 9876;Edu;x\n",
            taken: ["0002", "0003"], rejected: [2, 5, 6], [5: "too_many_cells", 6: "phone_too_short"]),
    ]

    @Test(arguments: honest + stray)
    func `rows after a stray quote are rows, and regular cells of several lines are cells`(_ entry: Case) {
        for piece in [1, 7, 1 << 20] {
            let list = ReadList(all: Array(entry.list.utf8), entry.options, sample: piece, piece: piece)
            #expect(list.error == nil)
            #expect(list.contacts.map { String($0.phone.text.suffix(4)) } == entry.taken)
            #expect(list.rejects.map(\.line) == entry.rejected)
            #expect(list.rejects.map(\.reason) == entry.rejected.map { entry.otherReasons[$0] ?? "stray_quote" })
        }
    }

    @Test func `a reject names the line where the quote opens, not the one where its row begins`() throws {
        let list = try ReadList("telefone;a;b\n11 98765-0001;\"x\ny\";\"Ana\n11 98765-0002;Bia;z\n")
        #expect(list.rejects.map(\.line) == [2])
        #expect(list.rejects.first?.suggestion.hasPrefix("The quote that opens on line 3 is not closed") == true)
        #expect(list.contacts.map(\.line) == [4])
    }

    @Test(arguments: [
        "nome;\"telefone\nAna;11 98765-0001\nBia;11 98765-0002\n",
        "\"nome;telefone\nAna;11 98765-0001\nBia\";11 98765-0002\n",
        "nome;telefone\"x\n\"nome\" x;telefone\nAna;11 98765-0001\n".split(separator: "\n").dropFirst().joined(
            separator: "\n"),
    ])
    func `a stray quote in the header is an error with its line`(_ text: String) {
        let list = ReadList(all: Array(text.utf8))
        #expect(list.error == .csv(file: "contatos.csv", .strayQuote(line: 1)))
        #expect(list.rows.isEmpty)
    }

    @Test func `a quote that closes further away than a cell may reach swallows nothing either`() throws {
        let rows = (0..<60_000).map { "119\(80_000_000 + $0);Ana\n" }.joined()
        let list = try ReadList("telefone;nome\n11999990001;\"x\n" + rows + "11999990002;\"y\n11999990003;z\n")
        #expect(list.contacts.count == 60_001)
        #expect(list.rejects.map(\.line) == [2, 60_003])
    }

    /// A list of some hundred rows in one of many shapes, its phones as they stand in it.
    private func list(_ random: inout FixedRandom) -> (text: String, phones: [String]) {
        let delimiter = [";", ",", "\t"][random.below(3)]
        let end = ["\n", "\r\n"][random.below(2)]
        let quoting = random.below(4)
        let phonePlace = random.below(3)
        let isNarrow = random.below(8) == 0
        func cell(_ text: String) -> String {
            let needsQuotes = quoting == 0 || text.contains { "\n\",;\t".contains($0) }
            return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
        }
        let notes = [
            "", "x", "Rua A, 5", "Rua A\nCasa 2", "12\" TV", "diz \"oi\"\ne vai", "fim;", "a\n\nb", "CEP 01234-567",
        ]
        var phones: [String] = []
        var text = ""
        for row in -1..<(100 + random.below(200)) {
            let phone = row < 0 ? "telefone" : "119\(80_000_000 + random.below(9_000_000) * 2 + row % 2)"
            if row >= 0 { phones.append(phone) }
            // Quotes are everywhere, nowhere, or where they are needed.
            let note = quoting == 1 ? "x" : notes[random.below(notes.count)]
            var cells = row < 0 ? ["nome", "nota"] : [["Ana", "Bia", ""][random.below(3)], note]
            cells.insert(phone, at: phonePlace)
            text += (isNarrow ? [phone] : cells).map(cell).joined(separator: delimiter) + end
        }
        return (text, phones)
    }

    @Test(arguments: 1...24)
    func `stray quotes anywhere: every phone is taken, rejected or within an error`(_ seed: UInt64) {
        var random = FixedRandom(seed: 31_000 + seed)
        for _ in 0..<9 {
            let (text, phones) = list(&random)
            #expect(Self.taken(ReadList(all: Array(text.utf8))) == phones)
            for draw in 0..<12 {
                var bytes = Array(text.utf8)
                let quotes = draw < 8 ? 1 : 2
                let places = (0..<quotes).map { _ in random.below(bytes.count) }
                for place in places { bytes.insert(0x22, at: place) }
                let list = ReadList(all: bytes, sample: 1 + random.below(90_000), piece: 1 + random.below(5000))
                guard list.error == nil else { continue }
                let taken = Set(Self.taken(list))
                let refused = list.rejects.map { String(decoding: $0.raw, as: UTF8.self).filter { $0 != "\"" } }
                    .joined(separator: "\n")
                let lost = phones.filter { !taken.contains($0) && !refused.contains($0) }
                #expect(lost.isEmpty, "quotes at bytes \(places)")
                #expect(taken.isSubset(of: phones), "quotes at bytes \(places)")
                // A quote costs its own row, and at most the one before or after it.
                #expect(taken.count >= phones.count - 2 * quotes, "quotes at bytes \(places)")
            }
        }
    }

    private static func taken(_ list: ReadList) -> [String] {
        list.contacts.map { String($0.phone.text.dropFirst(2)) }
    }
}
