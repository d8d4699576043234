import CampaignCore
import Testing

@Suite struct ListHostileTests {
    @Test func `NULs and names of any length are kept with the contact`() throws {
        let name = String(repeating: "é\u{0}", count: 100_000)
        let list = try ReadList("telefone;nome\n11999990001;\(name)\n\u{0}11999990002;\u{0}\n")
        #expect(list.contacts.map(\.phone.text) == ["5511999990001", "5511999990002"])
        #expect(list.contacts.map(\.own.last) == [name, "\u{0}"])
    }

    @Test func `a lone CR ends a row, also between rows that end in LF`() throws {
        let list = try ReadList("telefone;nome\r11999990001;Ana\n11999990002;Bia\r11999990003;Cá\r\n\r")
        #expect(list.contacts.map(\.own.last) == ["Ana", "Bia", "Cá"])
        #expect(list.contacts.map(\.line) == [2, 3, 4])
        #expect(list.blankLines == 1)
    }

    @Test func `a quote that never closes costs its own row alone`() {
        let rows = (0..<20_000).map { "119\(90_000_000 + $0);Ana\n" }.joined()
        let text = "telefone;nome\n11999990001;Ana\n11999990002;\"Bia\n" + rows
        let list = ReadList(all: Array(text.utf8), sample: 4096)
        #expect(list.error == nil)
        #expect(list.rejects.map(\.line) == [3])
        #expect(list.rejects.map(\.reason) == ["stray_quote"])
        #expect(list.contacts.count == 20_001)
    }

    @Test func `a field of two megabytes is an error with its line`() {
        let text = "telefone;nome\n11999990001;" + String(repeating: "x", count: 2_000_000) + "\n"
        let list = ReadList(all: Array(text.utf8))
        #expect(list.error == .csv(file: "contatos.csv", .fieldTooLong(line: 2, limit: 1 << 20)))
    }

    @Test func `twenty thousand columns are an error, sixteen thousand are not`() throws {
        let wide = Array(repeating: "c", count: 20_000).joined(separator: ";")
        let list = ReadList(all: Array("telefone;\(wide)\n".utf8))
        #expect(list.error == .csv(file: "contatos.csv", .tooManyFields(line: 1, limit: 16384)))
        let many = Array(repeating: "c", count: 16_000).joined(separator: ";")
        #expect(try ReadList("telefone;\(many)\n11999990001;\(many)\n").contacts.first?.own.count == 16_001)
    }

    @Test(arguments: [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF], []] as [[UInt8]])
    func `a byte order mark alone, or less, is an empty list or no list`(_ bytes: [UInt8]) {
        let list = ReadList(all: bytes)
        #expect(list.error != nil)
        #expect(list.rows.isEmpty)
        if bytes != [0xFF] { #expect(list.error == .empty(file: "contatos.csv")) }
    }

    @Test(arguments: [CSVDialect.Encoding.utf16LittleEndian, .utf16BigEndian])
    func `an odd number of bytes in UTF-16 loses no row`(_ encoding: CSVDialect.Encoding) {
        let text = "telefone;nome\r\n11999990001;Ana\r\n11999990002;Bia"
        let list = ReadList(all: encoded(text, as: encoding, mark: true) + [0x43])
        #expect(list.contacts.map(\.own.last) == ["Ana", "Bia\u{FFFD}"])
    }

    @Test func `a cell with a hundred thousand numbers is as many contacts, in a moment`() throws {
        let numbers = (0..<60_000).map { "119\(10_000_000 + $0)" }.joined(separator: "/")
        let list = try ReadList("telefone;nome\n\(numbers);Ana\n", .with { $0.splitsCells = true })
        #expect(list.rows.count == 60_000)
        #expect(list.extras == 59_999)
    }
}
