import CampaignCore
import Testing

@Suite struct PhoneReaderTests {
    @Test(arguments: PhoneCases.writings + PhoneCases.lists)
    func `a Brazilian number is read however people and programs write it`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.plan)
    func `ANATEL's plan decides what is a Brazilian number`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.refusals)
    func `what would have to be guessed is refused with its reason`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.abroad + PhoneCases.argentina)
    func `a number of another country needs its calling code and a length that exists there`(
        _ example: PhoneCase
    ) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.americas + PhoneCases.europe + PhoneCases.far)
    func `every country's own way of writing is read`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.slips + PhoneCases.neighbors)
    func `a slip never becomes someone else's number`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.looks)
    func `documents, dates, amounts and fillers are told apart from phones`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.links)
    func `a link is read for the number in it`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.cuts + PhoneCases.decimals + PhoneCases.marked)
    func `a digit missing or too many shows in the way a number is cut`(_ example: PhoneCase) throws {
        try check(example)
    }

    @Test(arguments: PhoneCases.dressed)
    func `what can mean only one number is taken, whatever is around it`(_ example: PhoneCase) throws {
        try check(example)
    }

    private func check(_ example: PhoneCase) throws {
        let reader = try #require(PhoneReader(country: example.country))
        #expect(reader.read(example.text).map(\.text) == example.expected)
    }

    @Test(arguments: [
        ("11 3333-4444", Result<String, PhoneProblem>.failure(.landline)),
        ("+55 11 3333-4444", .failure(.landline)),
        ("011 2222-3333", .failure(.landline)),
        ("11 99999-0001", .success("5511999990001")),
        ("11 9999-0001", .success("5511999990001")),
        ("+351 21 234 5678", .success("351212345678")),  // Portugal: nine digits both, nobody can tell
        ("+351 912 345 678", .success("351912345678")),
        ("+51 1 234 5678", .failure(.landline)),  // Peru: mobile numbers have nine digits
        ("+51 912 345 678", .success("51912345678")),
        ("+81 3 1234 5678", .failure(.landline)),  // Japan: ten
        ("+61 2 1234 5678", .success("61212345678")),
        ("+54 11 5555-2001", .success("541155552001")),
        ("+883 5100 0123 456", .success("88351000123456")),  // an internet number, neither mobile nor fixed
    ])
    func `fixed lines are refused where only mobiles are wanted`(
        _ text: String, _ expected: Result<String, PhoneProblem>
    ) {
        #expect(PhoneReader(allowsLandlines: false).read(text).map(\.text) == expected)
    }

    @Test(arguments: [
        ("351", "912 345 678", "351912345678"), ("+351", "351912345678", "351912345678"),
        ("1", "(415) 555-2671", "14155552671"), ("1", "1 415 555 2671", "14155552671"),
        ("44", "020 7946 0958", "442079460958"), ("44", "07911 123456", "447911123456"),
        ("0049", "0151 12345678", "4915112345678"), ("49", "4915112345678", "4915112345678"),
        ("39", "06 1234 5678", "390612345678"), ("39", "393 123 4567", "393931234567"),
        ("54", "11 5555-1234", "541155551234"), ("54", "5491155551234", "5491155551234"),
        ("36", "06 30 123 4567", "36301234567"), ("7", "8 912 345 67 89", "79123456789"),
        ("91", "9876543210", "919876543210"), ("91", "919876543210", "919876543210"),
        ("351", "+55 11 99999-0001", "5511999990001"), ("351", "5511999990001", "5511999990001"),
        ("52", "55 1234 5678", "525512345678"), ("52", "5215512345678", "5215512345678"),
    ])
    func `a number without calling code belongs to the campaign's country`(
        _ country: String, _ text: String, _ expected: String
    ) throws {
        let reader = try #require(PhoneReader(country: country))
        #expect(reader.read(text).map(\.text) == .success(expected))
    }

    @Test(arguments: ["", "0", "999", "210", "BR", "5511", "+"])
    func `a calling code that does not exist gives no reader`(_ country: String) {
        #expect(PhoneReader(country: country) == nil)
    }

    @Test func `a cell of a Windows-1252 file is read with its no-break spaces and dashes`() {
        let cell: [UInt8] = Array("11".utf8) + [0xA0] + Array("99999".utf8) + [0x96] + Array("0001".utf8)
        #expect(PhoneReader().read(cell[...]).map(\.text) == .success("5511999990001"))
    }
}
