import CampaignCore
import Testing

/// Lists in encodings that few programs write any more.
@Suite struct ListEncodingTests {
    private static let text = "telefone;nome\n11999990001;Conceição\n1199;José\n11999990002;Antônio\n"

    @Test(arguments: [CSVDialect.Encoding.utf32LittleEndian, .utf32BigEndian], [true, false])
    func `UTF-32 is found and read, in any pieces`(_ encoding: CSVDialect.Encoding, _ mark: Bool) {
        let bytes = encoded(Self.text + "11999990003;📞\n", as: encoding, mark: mark)
        for piece in [1, 3, 4, 7, 500] {
            let list = ReadList(all: bytes, sample: piece, piece: piece)
            #expect(list.dialect?.encoding == encoding)
            #expect(list.contacts.map { $0.own[1] } == ["Conceição", "Antônio", "📞"])
            #expect(list.rejects.map(\.raw) == [encoded("1199;José", as: encoding)])
        }
    }

    @Test func `what is no character of UTF-32 is kept byte for byte, and shown as a replacement`() {
        var bytes = encoded("telefone;nome\n1199;", as: .utf32LittleEndian)
        let bad: [UInt8] = [0x01, 0x02, 0x03, 0x7F, 0x00, 0xD8, 0x00, 0x00, 0x61, 0x00]
        bytes += bad
        let list = ReadList(all: bytes, .with { $0.encoding = .utf32LittleEndian })
        #expect(list.rejects.map(\.raw) == [encoded("1199;", as: .utf32LittleEndian) + bad])
        #expect(list.rejects.map { $0.own[1].contains("\u{FFFD}") } == [true])
    }

    @Test(arguments: [CSVDialect.Encoding.cp850, .macRoman])
    func `a code page is read when it is named, and only then`(_ encoding: CSVDialect.Encoding) {
        let bytes = encoded(Self.text, as: encoding)
        let named = ReadList(all: bytes, .with { $0.encoding = encoding })
        #expect(named.contacts.map { $0.own[1] } == ["Conceição", "Antônio"])
        #expect(named.rejects.map(\.raw) == [encoded("1199;José", as: encoding)])
        #expect(named.format?.likelierEncoding == nil)
        let guessed = ReadList(all: bytes)
        #expect(guessed.dialect?.encoding == .windows1252)
        #expect(guessed.format?.likelierEncoding == encoding)
        #expect(guessed.contacts.map(\.phone.text) == ["5511999990001", "5511999990002"])
    }

    @Test(arguments: ["Conceição", "José", "D\u{2019}Ávila", "Ana \u{2013} Zé", "Müller", "Peña"])
    func `a list in Windows-1252 is not taken for anything else`(_ name: String) {
        let bytes =
            encoded("telefone;nome\n11999990001;", as: .utf8)
            + name.unicodeScalars.map { $0 == "\u{2019}" ? 0x92 : $0 == "\u{2013}" ? 0x96 : UInt8($0.value) }
        let list = ReadList(all: bytes + [0x0A])
        #expect(list.dialect?.encoding == .windows1252)
        #expect(list.format?.likelierEncoding == nil)
    }

    @Test func `every byte of a code page means something`() {
        let bytes = Array("telefone;x\n1199;".utf8) + (UInt8(0x80)...0xFF) + [0x0A]
        for (encoding, end) in [(CSVDialect.Encoding.cp850, "²■\u{A0}"), (.macRoman, "˝˛ˇ")] {
            let list = ReadList(all: bytes, .with { ($0.encoding, $0.delimiter) = (encoding, .semicolon) })
            #expect(list.rejects.first?.own[1].unicodeScalars.count == 128)
            #expect(list.rejects.first?.own[1].hasSuffix(end) == true)
            #expect(list.rejects.first.map { Array($0.raw) } == Array(bytes[11...].dropLast()))
        }
    }

    @Test(arguments: ["", "\r\n"], [1, 2, 5, 1000])
    func `Ctrl-Z at the end of a DOS file is the end`(_ lineEnd: String, _ piece: Int) {
        let text = "telefone;nome\r\n11999990001;Ana\r\n11999990002;Bia" + lineEnd
        for count in [1, 2, 3, 128] {
            let bytes = Array(text.utf8) + Array(repeating: 0x1A, count: count)
            #expect(ReadList(all: bytes, sample: piece, piece: piece) == ReadList(all: Array(text.utf8)))
        }
        let list = ReadList(all: Array(text.utf8))
        #expect(list.contacts.map(\.own) == [["11999990001", "Ana"], ["11999990002", "Bia"]])
        let wide = ReadList(all: encoded(text + "\u{1A}", as: .utf16LittleEndian), sample: piece, piece: piece)
        #expect(wide.rows.count == 2 && wide.contacts.map(\.own) == list.contacts.map(\.own))
    }

    @Test(arguments: [1, 2, 5, 1000])
    func `Ctrl-Z anywhere else is text`(_ piece: Int) {
        let text = "telefone;nome\n11999990001;A\u{1A}na\n\u{1A}\u{1A}\n11999990002;Bia\n"
        let list = ReadList(all: Array(text.utf8), sample: piece, piece: piece)
        #expect(list.contacts.map(\.own) == [["11999990001", "A\u{1A}na"], ["11999990002", "Bia"]])
        #expect(list.rejects.map(\.own) == [["\u{1A}\u{1A}"]])
        // Far more than fill a sector.
        let long = ReadList(all: Array(text.utf8) + Array(repeating: 0x1A, count: 1000), sample: piece, piece: piece)
        #expect(long.rejects.map { $0.own[0].utf8.count } == [2, 872])
    }
}
