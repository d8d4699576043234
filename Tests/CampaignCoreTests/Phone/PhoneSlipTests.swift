import CampaignCore
import Testing

/// Both directions, with random numbers for all 67 area codes of Brazil and for some of three other countries.
@Suite struct PhoneSlipTests {
    private static let countries = ["55", "1", "52", "54"]

    private static func numbers(_ country: String, _ random: inout FixedRandom) -> [DrawnNumber] {
        country == "55" ? DrawnNumber.brazilian(each: 4, &random) : DrawnNumber.other(country, each: 8, &random)
    }

    @Test(arguments: countries)
    func `every correct way of writing a number is read as that number`(_ country: String) throws {
        var random = FixedRandom(seed: 55)
        let reader = try #require(PhoneReader(country: country))
        for number in Self.numbers(country, &random) {
            let meant = try #require(PhoneNumber(text: number.expected)).identity
            for way in number.goodWays {
                #expect(reader.read(way).map(\.identity) == .success(meant), "\(way)")
            }
        }
    }

    @Test(arguments: countries, DrawnNumber.Slip.allCases)
    func `no slip makes another number, not even where cells are split`(
        _ country: String, _ slip: DrawnNumber.Slip
    ) throws {
        var random = FixedRandom(seed: 67)
        let reader = try #require(PhoneReader(country: country))
        var count = 0
        for number in Self.numbers(country, &random) {
            let meant = try #require(PhoneNumber(text: number.expected)).identity
            for text in number.slips(slip, &random) where !number.isFlawless(text, slip) {
                for case .success(let read) in reader.numbers(in: Array(text.utf8)[...]) where read.identity != meant {
                    count += 1
                    #expect(read.text == number.expected, "\(number.expected) written \(text)")
                }
            }
        }
        #expect(count == 0)
    }

}
