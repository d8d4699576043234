import Testing

@testable import CampaignCore

@Suite struct PhoneTableTests {
    @Test func `the table has at least 330 cases and none twice`() {
        let cells = PhoneCases.all.map { [$0.country, $0.text] }
        #expect(cells.count >= 330)
        #expect(Set(cells).count == cells.count)
    }

    @Test func `the table has numbers of at least 60 countries, and says of every case where it comes from`() {
        var codes: Set<Int64> = []
        for example in PhoneCases.all {
            #expect(!example.source.isEmpty)
            guard case .success(let text) = example.expected, !text.hasSuffix("@lid") else { continue }
            if let code = CallingCode.beginning(PhoneDigits(text[...])) { codes.insert(code.code) }
        }
        #expect(codes.count >= 60)
    }

    @Test func `every accepted number reads back as itself`() throws {
        for example in PhoneCases.all {
            let reader = try #require(PhoneReader(country: example.country))
            guard case .success(let number) = reader.read(example.text) else { continue }
            #expect(reader.read(number.isLid ? number.text : "+" + number.text) == .success(number))
            #expect(PhoneNumber(value: number.value) == number)
            #expect(PhoneNumber(text: number.text) == number)
        }
    }
}
