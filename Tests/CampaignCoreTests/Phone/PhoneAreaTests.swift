import CampaignCore
import Testing

/// A phone's cell and an area code's cell in one row, and the expected result.
struct PhoneAreaCase: Sendable {
    let phone: String
    let area: String
    let expected: Result<String, PhoneProblem>

    init(_ phone: String, _ area: String, _ number: String) {
        (self.phone, self.area, expected) = (phone, area, .success(number))
    }

    init(_ phone: String, _ area: String, _ problem: PhoneProblem) {
        (self.phone, self.area, expected) = (phone, area, .failure(problem))
    }
}

@Suite struct PhoneAreaTests {
    private func read(_ phone: String, _ area: String, in country: String = "55") throws -> Result<String, PhoneProblem>
    {
        let reader = try #require(PhoneReader(country: country))
        return reader.read(Array(phone.utf8)[...], area: Array(area.utf8)[...]).map(\.text)
    }

    @Test(arguments: [
        "11", "011", "0011", "(11)", "(011)", " 11 ", "11.0", "11,00", "011.0", "'11", "=\"11\"", "0xx11", "(0XX11)",
        "5511",
        "+55 11", "11-", "1,1E+01", "\u{A0}11", "[11]",
    ])
    func `an area code goes in front of a local number however its cell is written`(_ area: String) throws {
        #expect(try read("99999-0001", area) == .success("5511999990001"))
        #expect(try read("3333-4444", area) == .success("551133334444"))
    }

    @Test(arguments: [
        PhoneAreaCase("999990001", "11", "5511999990001"),
        PhoneAreaCase("9 9999-0001", "11", "5511999990001"),
        PhoneAreaCase("9999-0001", "11", "5511999990001"),  // the ninth digit is completed as ever
        PhoneAreaCase("999990001.0", "11", "5511999990001"),
        PhoneAreaCase("0 99999-0001", "11", "5511999990001"),
        PhoneAreaCase("000000999990001", "11", "5511999990001"),  // a field filled with zeros
        PhoneAreaCase("99999-0001", "55", "5555999990001"),
        PhoneAreaCase("(11) 99999-0001", "11", "5511999990001"),  // whole already
        PhoneAreaCase("5511999990001", "011", "5511999990001"),
        PhoneAreaCase("(11) 99999-0001", "0", "5511999990001"),
        PhoneAreaCase("+55 99999-0001", "11", "5511999990001"),
        PhoneAreaCase("9090 3333-4444", "11", "551133334444"),
        PhoneAreaCase("55 98765-0001", "55", "5555987650001"),
        PhoneAreaCase("+351 912 345 678", "11", "351912345678"),
        PhoneAreaCase("(11) 99999-0001", "Campinas", "5511999990001"),
        PhoneAreaCase("123456789012345@lid", "11", "123456789012345@lid"),
        PhoneAreaCase("99999-0001", "", .noDDD),
        PhoneAreaCase("99999-0001", " - ", .noDDD),
        PhoneAreaCase("99999-0001", "Campinas", .unknownDDD),
        PhoneAreaCase("99999-0001", "20", .unknownDDD),
        PhoneAreaCase("99999-0001", "00", .unknownDDD),
        PhoneAreaCase("99999-0001", "1", .unknownDDD),
        PhoneAreaCase("99999-0001", "111", .unknownDDD),
        PhoneAreaCase("99999-0001", "1E+01", .unknownDDD),
        PhoneAreaCase("99999-0001", "11999990001", .unknownDDD),
        PhoneAreaCase("(11) 99999-0001", "21", .contradiction),
        PhoneAreaCase("5511999990001", "21", .contradiction),
        PhoneAreaCase("11 3333-4444", "20", .contradiction),
        PhoneAreaCase("55 98765-0001", "11", .contradiction),  // 55 is the area, or the country
        PhoneAreaCase("559876 5003", "31", .contradiction),
        PhoneAreaCase("4915112345678", "11", .contradiction),
        PhoneAreaCase("0055 99999-0001", "11", .ambiguous),
        PhoneAreaCase("2024-05-12", "11", .date),
        PhoneAreaCase("20240512", "11", .date),
        PhoneAreaCase("26101990", "11", .date),
        PhoneAreaCase("2024-0512", "11", "551120240512"),
        PhoneAreaCase("2610-1990", "11", "551126101990"),
        PhoneAreaCase("22041-001", "21", .document),
        PhoneAreaCase("92.345.678-9", "11", .document),
        PhoneAreaCase("98765-432", "11", .tooShort),
        PhoneAreaCase("9 8765-432", "11", .tooShort),
        PhoneAreaCase("(11) 9876-543", "11", .tooShort),
        PhoneAreaCase("99999-9999", "11", .filler),
        PhoneAreaCase("123456789", "11", .filler),
        PhoneAreaCase("00 99999-0001", "11", .unknownDDD),
        PhoneAreaCase("55 0 99999-0001", "11", .noDDD),
        PhoneAreaCase("4004-0001", "11", .serviceNumber),
        PhoneAreaCase("89999-0001", "11", .unknownLine),
        PhoneAreaCase("999-0001", "11", .tooShort),
        PhoneAreaCase("9876-5432 1", "11", .tooLong),
        PhoneAreaCase("3333-44 4 4", "11", .tooShort),
        PhoneAreaCase("98765432.0", "11", "5511998765432"),
        PhoneAreaCase("9 8765432.0", "11", .tooShort),
        PhoneAreaCase("-23.550520", "11", .decimals),
        PhoneAreaCase("wa.me/987654370", "11", .ambiguous),
        PhoneAreaCase("99999-0001 ::: 99999-0001", "11", "5511999990001"),
        PhoneAreaCase("99999-0001 ::: 98888-0002", "11", .twoNumbers),
        PhoneAreaCase("(11) 99999-0001 / 11999990001", "21", .twoNumbers),
        PhoneAreaCase("Tel: 99999-0001", "11", "5511999990001"),
        PhoneAreaCase("", "11", .empty),
        PhoneAreaCase("99999-0001 (mãe)", "11", .letters),
    ])
    func `only a local number takes the area code of the other cell`(_ example: PhoneAreaCase) throws {
        #expect(try read(example.phone, example.area) == example.expected)
    }

    @Test(arguments: [
        (PhoneAreaCase("5555-2001", "11", "541155552001"), "54"),
        (PhoneAreaCase("5555-2001", "011", "541155552001"), "54"),
        (PhoneAreaCase("15 5555-2001", "011", "5491155552001"), "54"),
        (PhoneAreaCase("15 555-2001", "0341", "5493415552001"), "54"),
        (PhoneAreaCase("555-2671", "415", "14155552671"), "1"),
        (PhoneAreaCase("555-2671", "115", .unknownDDD), "1"),
        (PhoneAreaCase("555-2671", "LA", .unknownDDD), "1"),
        (PhoneAreaCase("7946 0958", "020", "442079460958"), "44"),
        (PhoneAreaCase("340-00-01", "812", "78123400001"), "7"),
        (PhoneAreaCase("(415) 555-2671", "415", "14155552671"), "1"),
        (PhoneAreaCase("(415) 555-2671", "212", .contradiction), "1"),
        (PhoneAreaCase("55 1234 5678", "55", "525512345678"), "52"),
        (PhoneAreaCase("55 1234 5678", "33", .contradiction), "52"),
        (PhoneAreaCase("9 341 555 2001", "0341", "5493415552001"), "54"),
        (PhoneAreaCase("+44 20 7946", "212", .tooShort), "1"),
        (PhoneAreaCase("0044 20 7946", "212", .tooShort), "1"),
        (PhoneAreaCase("912 345 678", "21", "351912345678"), "351"),
        (PhoneAreaCase("912 345", "", .tooShort), "351"),
        (PhoneAreaCase("555267.0", "415", .tooShort), "1"),
        (PhoneAreaCase("555-267 1", "415", .tooLong), "1"),
    ])
    func `elsewhere the area code goes in front of what is too short without it`(
        _ example: PhoneAreaCase, _ country: String
    ) throws {
        #expect(try read(example.phone, example.area, in: country) == example.expected)
    }

    @Test func `a fixed line put together from two cells is refused where only mobiles are wanted`() {
        let reader = PhoneReader(allowsLandlines: false)
        let area = Array("11".utf8)[...]
        #expect(reader.read(Array("3333-4444".utf8)[...], area: area) == .failure(.landline))
        #expect(reader.read(Array("99999-0001".utf8)[...], area: area).map(\.text) == .success("5511999990001"))
    }

    @Test(arguments: [
        ("55", "11 99999-0001", "5511999990001"), ("+351", "912 345 678", "351912345678"),
        ("0055", "11999990001", "5511999990001"), ("1.0", "(415) 555-2671", "14155552671"),
        ("(44)", "020 7946 0958", "442079460958"), (" 54 ", "11 15 5555-2001", "5491155552001"),
        ("55,00", "11999990001", "5511999990001"), ("'+34", "612 34 56 78", "34612345678"),
        ("055", "11999990001", "5511999990001"),
    ])
    func `a DDI cell gives the reader of its country`(_ ddi: String, _ text: String, _ expected: String) throws {
        let reader = try #require(PhoneReader(ddi: Array(ddi.utf8)[...]))
        #expect(reader.read(text).map(\.text) == .success(expected))
    }

    @Test(arguments: ["", " ", "+", "0", "999", "210", "BR", "Brasil", "5511", "1-242", "5,5E+05", "55 / 351", "1.55"])
    func `a DDI cell that names no country gives no reader`(_ ddi: String) {
        #expect(PhoneReader(ddi: Array(ddi.utf8)[...]) == nil)
    }

    @Test func `a reader made from a DDI cell refuses fixed lines when told so`() throws {
        let reader = try #require(PhoneReader(ddi: Array("55".utf8)[...], allowsLandlines: false))
        #expect(reader.read("11 3333-4444") == .failure(.landline))
    }
}
