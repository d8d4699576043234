import CampaignCore
import Testing

@Suite struct CSVDialectNameTests {
    @Test(
        arguments: [
            (",", .comma), ("comma", .comma), ("Vírgula", .comma), (";", .semicolon), ("semicolon", .semicolon),
            ("ponto-e-vírgula", .semicolon), ("ponto e virgula", .semicolon), ("\t", .tab), ("\\t", .tab),
            ("TAB", .tab), ("|", .pipe), ("pipe", .pipe), ("", nil), (":", nil), (",,", nil), ("\r\n", nil),
        ] as [(String, CSVDialect.Delimiter?)])
    func `a delimiter is named by its sign or its word`(_ text: String, _ delimiter: CSVDialect.Delimiter?) {
        #expect(CSVDialect.Delimiter(named: text) == delimiter)
    }

    @Test(
        arguments: [
            ("utf-8", .utf8), ("UTF8", .utf8), ("windows-1252", .windows1252), ("CP1252", .windows1252),
            ("ansi", .windows1252), ("ISO-8859-1", .windows1252), ("iso8859-1", .windows1252),
            ("latin1", .windows1252), ("utf-16", .utf16LittleEndian), ("UTF-16LE", .utf16LittleEndian),
            ("utf-16be", .utf16BigEndian), ("utf-32", .utf32LittleEndian), ("UTF-32BE", .utf32BigEndian),
            ("cp850", .cp850), ("CP850", .cp850), ("IBM850", .cp850), ("850", .cp850), ("macroman", .macRoman),
            ("MACINTOSH", .macRoman), ("mac-roman", .macRoman), ("x-mac-roman", .macRoman), ("cp437", nil), ("", nil),
            ("utf-7", nil), ("ebcdic", nil),
        ] as [(String, CSVDialect.Encoding?)])
    func `an encoding is named in any case, with or without dashes`(_ text: String, _ encoding: CSVDialect.Encoding?) {
        #expect(CSVDialect.Encoding(named: text) == encoding)
    }

    @Test func `every name that is shown or offered is understood`() {
        for delimiter in CSVDialect.Delimiter.allCases {
            #expect(CSVDialect.Delimiter(named: delimiter.name) == delimiter)
        }
        for encoding in CSVDialect.Encoding.allCases { #expect(CSVDialect.Encoding(named: encoding.name) == encoding) }
        #expect(CSVDialect.Delimiter.choices.allSatisfy { CSVDialect.Delimiter(named: $0) != nil })
        #expect(CSVDialect.Encoding.choices.allSatisfy { CSVDialect.Encoding(named: $0) != nil })
    }
}
