import CampaignCore
import Testing

/// The content of a cell, the expected result, and where such a cell comes from.
struct PhoneCase: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: Result<String, PhoneProblem>
    let source: String
    /// The calling code of the list's country.
    let country: String

    init(_ text: String, _ number: String, _ source: String, in country: String = "55") {
        (self.text, expected, self.source, self.country) = (text, .success(number), source, country)
    }

    init(_ text: String, _ problem: PhoneProblem, _ source: String, in country: String = "55") {
        (self.text, expected, self.source, self.country) = (text, .failure(problem), source, country)
    }

    var testDescription: String { "\(text.debugDescription) (\(source))" }
}

/// Cells as they come, with their origin. All numbers are made up.
enum PhoneCases {
    /// The whole table.
    static let all =
        writings + lists + plan + refusals + abroad + argentina + americas + europe + far
        + slips + looks + links + neighbors + cuts + decimals + marked + dressed

    static let writings: [PhoneCase] = [
        PhoneCase("5511999999999", "5511999999999", "Z-API documentation, send-call"),
        PhoneCase("5511999990001", "5511999990001", "Z-API, digits only"),
        PhoneCase("+5511999990001", "5511999990001", "E.164"),
        PhoneCase("+55 11 99999-0001", "5511999990001", "a phone's address book"),
        PhoneCase("+55 (11) 99999-0001", "5511999990001", "web form mask"),
        PhoneCase("(11) 99999-0001", "5511999990001", "web form mask"),
        PhoneCase("(11)99999-0001", "5511999990001", "web form mask without space"),
        PhoneCase("(11) 9 9999-0001", "5511999990001", "ninth digit apart"),
        PhoneCase("11 9.9999.0001", "5511999990001", "dots"),
        PhoneCase("11.99999.0001", "5511999990001", "dots"),
        PhoneCase("11-99999-0001", "5511999990001", "dashes"),
        PhoneCase("11/99999-0001", "5511999990001", "slash after the DDD"),
        PhoneCase("55/11/99999/0001", "5511999990001", "slashes"),
        PhoneCase("11999990001", "5511999990001", "national digits"),
        PhoneCase(" 11999990001 ", "5511999990001", "spaces around"),
        PhoneCase("\t11999990001", "5511999990001", "tab in front"),
        PhoneCase("11 99999 0001\n", "5511999990001", "line end pasted into the cell"),
        PhoneCase("11\u{A0}99999\u{A0}0001", "5511999990001", "no-break spaces of a web page"),
        PhoneCase("11\u{202F}99999\u{2009}0001", "5511999990001", "narrow spaces of a word processor"),
        PhoneCase("\u{202A}+55 11 99999\u{2011}0001\u{202C}", "5511999990001", "copied from WhatsApp Web"),
        PhoneCase("11 99999–0001", "5511999990001", "en dash, autocorrection"),
        PhoneCase("11 99999—0001", "5511999990001", "em dash"),
        PhoneCase("11 99999\u{2212}0001", "5511999990001", "minus sign"),
        PhoneCase("\u{FEFF}11999990001", "5511999990001", "byte order mark in the cell"),
        PhoneCase("\u{200B}11999990001", "5511999990001", "zero-width space"),
        PhoneCase("[11] 99999-0001", "5511999990001", "brackets"),
        PhoneCase("(+55) 11 99999-0001", "5511999990001", "DDI in parentheses"),
        PhoneCase("+ 55 11 99999 0001", "5511999990001", "space after the plus"),
        PhoneCase("0055 11 99999-0001", "5511999990001", "international prefix 00"),
        PhoneCase("005511999990001", "5511999990001", "international prefix 00"),
        PhoneCase("011 99999-0001", "5511999990001", "trunk 0"),
        PhoneCase("(011) 99999-0001", "5511999990001", "trunk 0 in parentheses"),
        PhoneCase("0 15 11 99999-0001", "5511999990001", "carrier Vivo"),
        PhoneCase("0 21 11 99999-0001", "5511999990001", "carrier Embratel"),
        PhoneCase("0xx11 99999-0001", "5511999990001", "letterhead of the 2000s"),
        PhoneCase("(0XX11) 99999-0001", "5511999990001", "letterhead of the 2000s"),
        PhoneCase("(0xx)11 3333-4444", "551133334444", "letterhead of the 2000s"),
        PhoneCase("055 11 99999-0001", "5511999990001", "a 0 before the DDI"),
        PhoneCase("+55 0 11 99999-0001", "5511999990001", "trunk 0 behind the DDI"),
        PhoneCase("+55 (011) 99999-0001", "5511999990001", "trunk 0 behind the DDI"),
        PhoneCase("55 011 99999-0001", "5511999990001", "trunk 0 behind the DDI, no plus"),
        PhoneCase("+55 0 15 11 99999-0001", "5511999990001", "carrier behind the DDI"),
        PhoneCase("11999990001.0", "5511999990001", "pandas float"),
        PhoneCase("5511999990001.0", "5511999990001", "pandas float"),
        PhoneCase("5511999990001,00", "5511999990001", "currency format, Brazil"),
        PhoneCase("5.511999990001E+12", "5511999990001", "scientific with every digit"),
        PhoneCase("5,511999990001E+12", "5511999990001", "scientific with every digit, Brazil"),
        PhoneCase("1.1999990001E10", "5511999990001", "Java's Double.toString"),
        PhoneCase("'11999990001", "5511999990001", "Excel's text mark"),
        PhoneCase("'+5511999990001", "5511999990001", "a defused cell"),
        PhoneCase("=\"5511999990001\"", "5511999990001", "export that protects digits from Excel"),
        PhoneCase("5511999990001@c.us", "5511999990001", "WhatsApp Web id"),
        PhoneCase("5511999990001@s.whatsapp.net", "5511999990001", "WhatsApp id"),
        PhoneCase("999999999999999@lid", "999999999999999@lid", "Z-API documentation, @lid"),
        PhoneCase("123456789012345678@lid", "123456789012345678@lid", "@lid of 18 digits"),
        PhoneCase(" 999999999999999@LID ", "999999999999999@lid", "@lid in capitals"),
    ]
}
