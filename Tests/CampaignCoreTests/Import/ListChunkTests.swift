import CampaignCore
import Testing

@Suite struct ListChunkTests {
    @Test(arguments: 1...12)
    func `every row is a contact, a reject or blank, and any pieces give the same rows`(_ seed: UInt64) throws {
        var random = FixedRandom(seed: seed)
        var lines = 0
        let bytes = list(rows: 60, &random, &lines)
        let whole = try ReadList(bytes, sample: 4096)
        #expect(whole.contacts.count + whole.rejects.count + whole.blankRows == whole.rows.count)
        #expect(whole.rows.count + whole.blankLines == lines)
        for piece in [1, 2, 3, 7, 64, 1 + random.below(300)] {
            #expect(try ReadList(bytes, sample: 4096, piece: piece) == whole)
        }
    }

    @Test func `a sample of any length is read as well`() throws {
        let bytes = Array("nome;telefone\r\nAna;11999990001\r\nBia;11999990002\r\n".utf8)
        let whole = try ReadList(bytes)
        for sample in 15...bytes.count { #expect(try ReadList(bytes, sample: sample, piece: 1) == whole) }
    }

    /// Rows as people write them; `lines` is set to how many there are after the header.
    private func list(rows: Int, _ random: inout FixedRandom, _ lines: inout Int) -> [UInt8] {
        let rowsOfPeople = [
            "Ana;11999990001;5", "Bia;(21) 98888-0002;", "\"Cá; filho\";+55 31 97777-0003;15", "Dé;abc;1",
            "Eva;11999990004;99", "Fá;11999990005;5;sobra", "Gil", ";;", "", "  ", "\"linha\r\ndupla\";11999990006;2",
            "Íris;5,51199E+12;", "\"com \"\"aspas\"\"\";0 15 11 98765-4321;", ";11999990007;",
        ]
        let end = ["\n", "\r\n", "\r"][random.below(3)]
        var text = "Nome;Telefone;Duração\r\n"
        for _ in 0..<rows {
            text += rowsOfPeople[random.below(rowsOfPeople.count)] + end
            lines += 1
        }
        let isLatin = random.below(2) == 0
        return isLatin ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
    }
}
