import Reports
import Testing

@testable import discador

@Suite struct `A table on a terminal` {
    private static let columns = [
        TextTable.Column("phone", isWhole: true), TextTable.Column("state"), TextTable.Column("calls", isRight: true),
        TextTable.Column("nome", isOptional: true), TextTable.Column("cidade", isOptional: true),
    ]
    private static let rows = [
        ["5511987654321", "excluded (do_not_call)", "12", "Maria José da Silva Xavier", "São Paulo"],
        ["5511987654322", "ready", "0", "Ana", ""],
    ]

    @Test func `is not cut where there is no terminal`() {
        let table = TextTable(Self.columns, sample: Self.rows, width: nil)
        #expect(table.header == "phone          state                   calls  nome                        cidade")
        #expect(
            table.line(Self.rows[0])
                == "5511987654321  excluded (do_not_call)     12  Maria José da Silva Xavier  São Paulo")
        #expect(table.line(Self.rows[1]) == "5511987654322  ready                       0  Ana")
        let long = ["5511987654323", String(repeating: "x", count: 90), "1", "", "y"]
        #expect(table.line(long).contains(long[1]))
    }

    @Test func `has no column wider than forty where that is asked for, however wide the terminal is`() {
        let row = ["5511987654323", "ready", "1", String(repeating: "x", count: 90), "y"]
        let table = TextTable(Self.columns, sample: [row], width: 300, narrows: true)
        #expect(table.line(row).hasSuffix("  \(String(repeating: "x", count: 39))…  y"), "\(table.line(row))")
        #expect(TextTable(Self.columns, sample: [row], width: 300).line(row).contains(row[3]))
        #expect(TextTable(Self.columns, sample: [row], width: nil, narrows: true).line(row).contains(row[3]))
    }

    @Test(arguments: [120, 80, 60, 40, 20])
    func `is no wider than it, shows numbers whole, and leaves out what has no room`(width: Int) {
        let table = TextTable(Self.columns, sample: Self.rows, width: width)
        let lines = [table.header] + Self.rows.map(table.line)
        if width >= 40 { for line in lines { #expect(TerminalText.width(line) <= width, "\(line)") } }
        #expect(lines[1].hasPrefix("5511987654321  ") && lines[1].contains("12"), "\(lines[1])")
        #expect(lines[0].contains("cidade") == (width >= 60), "\(lines[0])")
        #expect(lines[1].contains("…") == (width < 100), "\(lines[1])")
    }
}

@Suite struct `A sentence on a terminal` {
    private static let text =
        "  cobranca: 3 of 4 contacts to call; see `discador report cobranca --rows rejects` for the rest of them."

    @Test(arguments: [120, 80, 60, 40, 20])
    func `is broken between words, and commands stay whole`(width: Int) {
        let lines = TextFlow.paragraph(Self.text, width: width)
        #expect(lines.contains { $0.contains("`discador report cobranca --rows rejects`") }, "\(lines)")
        for line in lines where !line.contains("`") { #expect(TerminalText.width(line) <= width, "\(line)") }
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("    ") }, "\(lines)")
        #expect(lines.map { $0.drop { $0 == " " } }.joined(separator: " ") == Self.text.drop { $0 == " " })
    }
}
