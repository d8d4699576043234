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

/// Brazil's numbering plan.
extension PhoneCases {
    static let plan: [PhoneCase] = [
        PhoneCase("1199990001", "5511999990001", "eight digits of before 2012, ninth digit completed"),
        PhoneCase("551199990001", "5511999990001", "the same with DDI, as WhatsApp knows it"),
        PhoneCase("+55 11 8888-0002", "5511988880002", "mobile beginning with 8"),
        PhoneCase("11 7777-0002", "5511977770002", "mobile beginning with 7"),
        PhoneCase("11 6666-0002", "5511966660002", "mobile beginning with 6"),
        PhoneCase("1133334444", "551133334444", "fixed line"),
        PhoneCase("+55 11 2222-3333", "551122223333", "fixed line beginning with 2"),
        PhoneCase("(21) 5555-3333", "552155553333", "fixed line beginning with 5"),
        PhoneCase("55999990001", "5555999990001", "eleven digits: DDD 55, Santa Maria"),
        PhoneCase("55 99999-0001", "5555999990001", "DDD 55 with mask"),
        PhoneCase("5532223333", "555532223333", "ten digits: fixed line in DDD 55"),
        PhoneCase("5599990001", "5555999990001", "ten digits: DDD 55, ninth digit completed"),
        PhoneCase("555532223333", "555532223333", "twelve digits: country 55, DDD 55"),
        PhoneCase("5555999990001", "5555999990001", "thirteen digits: country 55, DDD 55"),
        PhoneCase("+55 55 99999-0001", "5555999990001", "plus and DDD 55"),
        PhoneCase("+55 99999-0001", .noDDD, "plus: 55 is the country, so the DDD is missing"),
        PhoneCase("0 55 99999-0001", "5555999990001", "trunk 0 and DDD 55"),
        PhoneCase("11 91234-5678", "5511912345678", "new mobile series of São Paulo"),
        PhoneCase("68 99999-0001", "5568999990001", "Acre"),
        PhoneCase("99 99999-0001", "5599999990001", "Maranhão"),
        PhoneCase("99999-0001", .noDDD, "DDD left out"),
        PhoneCase("999990001", .noDDD, "DDD left out"),
        PhoneCase("3333-4444", .noDDD, "DDD left out, fixed line"),
        PhoneCase("0 99999-0001", .noDDD, "trunk 0 without DDD"),
        PhoneCase("20 99999-0001", .unknownDDD, "no area 20"),
        PhoneCase("+55 23 99999-0001", .unknownDDD, "no area 23"),
        PhoneCase("10 3333-4444", .unknownDDD, "no area 10"),
        PhoneCase("5552999990001", .unknownDDD, "no area 52"),
        PhoneCase("00 99999-0001", .unknownDDD, "DDD 00 in a form filled for its own sake"),
        PhoneCase("11 89999-0001", .unknownLine, "nine digits not beginning with 9"),
        PhoneCase("11 39999-0001", .unknownLine, "fixed line with a digit too many"),
        PhoneCase("11 1234-5678", .unknownLine, "no line begins with 1"),
        PhoneCase("11 0234-5678", .unknownLine, "no line begins with 0"),
        PhoneCase("12345678909", .document, "a CPF"),
        PhoneCase("0800 123 4567", .serviceNumber, "toll-free"),
        PhoneCase("0800-123456", .serviceNumber, "toll-free, old form"),
        PhoneCase("+55 800 123 4567", .serviceNumber, "toll-free with DDI"),
        PhoneCase("0300 123 4567", .serviceNumber, "shared cost"),
        PhoneCase("4004-0001", .serviceNumber, "a bank's number"),
        PhoneCase("3003 0001", .serviceNumber, "a bank's number"),
    ]
}

/// Numbers of other countries in Brazilian lists, and the other way round.
extension PhoneCases {
    static let abroad: [PhoneCase] = [
        PhoneCase("+1 415 555 2671", "14155552671", "United States"),
        PhoneCase("+1 (115) 555-2671", .unknownDDD, "no area code begins with 1 there"),
        PhoneCase("00 11 99999-0001", .ambiguous, "00 for 0 before a DDD must not become the United States"),
        PhoneCase("14155552671", .unknownLine, "United States without plus: eleven digits are Brazilian"),
        PhoneCase("+351 912 345 678", "351912345678", "Portugal"),
        PhoneCase("351912345678", .tooLong, "Portugal without plus, or a digit too many before 51 91234-5678"),
        PhoneCase("4915112345678", "4915112345678", "Germany without plus: nothing in it is Brazilian"),
        PhoneCase("5215512345678", "5215512345678", "Mexico without plus: nothing in it is Brazilian"),
        PhoneCase("00351912345678", "351912345678", "Portugal with 00"),
        PhoneCase("+44 (0)20 7946 0958", "442079460958", "London with its trunk 0"),
        PhoneCase("447911123456", .tooLong, "British mobile without plus, or two digits too many in area 44"),
        PhoneCase("+49 151 12345678", "4915112345678", "Germany"),
        PhoneCase("+49 (0) 151 12345678", "4915112345678", "Germany with its trunk 0"),
        PhoneCase("+39 06 1234 5678", "390612345678", "Rome keeps its 0"),
        PhoneCase("+54 9 11 5555-1234", "5491155551234", "Argentina, mobile"),
        PhoneCase("+52 1 55 1234 5678", "5215512345678", "Mexico, as dialed until 2019"),
        PhoneCase("+52 55 1234 5678", "525512345678", "Mexico, as dialed now"),
        PhoneCase("+595 981 123456", "595981123456", "Paraguay"),
        PhoneCase("+598 94 123 456", "59894123456", "Uruguay"),
        PhoneCase("+34 612 34 56 78", "34612345678", "Spain"),
        PhoneCase("+81 90-1234-5678", "819012345678", "Japan"),
        PhoneCase("+244 923 123 456", "244923123456", "Angola"),
        PhoneCase("+258 84 123 4567", "258841234567", "Mozambique"),
        PhoneCase("+238 991 12 34", "2389911234", "Cape Verde"),
        PhoneCase("919876543210", .tooLong, "India without plus looks like DDD 91 and a digit too many"),
        PhoneCase("+91 98765 43210", "919876543210", "India"),
        PhoneCase("+351 912 345 67", .tooShort, "Portugal, a digit missing"),
        PhoneCase("+351 912 345 6789", .tooLong, "Portugal, a digit too many"),
        PhoneCase("+999 123 456 789", .unknownCountry, "no country 999"),
        PhoneCase("+210 123 456 789", .unknownCountry, "no country 210"),
        PhoneCase("+0 11 99999-0001", .unknownCountry, "plus and 0"),
        PhoneCase("+44 00 7946 0958", .unknownDDD, "trunk 0 twice: no number begins with it"),
        PhoneCase(
            "551199990001", "5511999990001", "a Brazilian in a Portuguese list, ninth digit completed", in: "351"),
        PhoneCase("5520999990001", .tooLong, "no Brazilian area 20, in a Portuguese list", in: "351"),
        PhoneCase("8 29 490-00-01", "375294900001", "Belarus, trunk 8 without its 0", in: "375"),
        PhoneCase("+1 415", .tooShort, "a beginning"),
    ]
}
