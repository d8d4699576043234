import CampaignCore
import Testing

/// A `+` or zeros in front of a number that has no country code: what follows is another country's code as well.
@Suite("A prefix before a national number") struct PhonePrefixSlipTests {
    /// Where mobile numbers have nine digits and begin with 9, as in Brazil: written without a gap they are E.164.
    /// So are those of North America and Russia, behind the first digit of these.
    private static func isForeign(_ area: String) -> Bool {
        ["51", "66", "84", "95"].contains(area) || ["1", "3", "6", "7"].contains(area.prefix(1)) && area != "31"
    }

    @Test func `makes no Brazilian mobile number another country's`() throws {
        var random = FixedRandom(seed: 31_051)
        let reader = PhoneReader()
        for number in DrawnNumber.brazilian(each: 80, &random) where number.line.count == 9 && number.area != "55" {
            let (area, line) = (number.area, number.line)
            let cut = "\(line.prefix(5))-\(line.suffix(4))"
            let gapped = ["+\(area) \(cut)", "+\(area) \(line.prefix(1)) \(cut.dropFirst())", "+(\(area)) \(cut)"]
            let doubled = ["31", "45", "51"].flatMap { code in
                [
                    "+\(code) \(area) \(cut)", "00\(code) \(area) \(cut)", "+\(code)\(area)\(line)",
                    "00\(code)\(area)\(line)",
                ]
            }
            let plain = Self.isForeign(area) ? [] : ["+\(area)\(line)"]
            for slip in gapped + doubled + plain {
                if case .success(let read) = reader.read(slip) {
                    #expect(read.text == number.expected, "\(slip) was read as \(read.text)")
                }
            }
            for way in [
                "+55 \(area) \(cut)", "+55\(area)\(line)", "0055\(area)\(line)", "\(area) \(cut)", "0\(area) \(cut)",
            ] {
                #expect(try reader.read(way).get().text == number.expected, "\(way)")
            }
        }
    }

    @Test func `makes no Mexican number British or American`() throws {
        var random = FixedRandom(seed: 52_044)
        let reader = try #require(PhoneReader(country: "52"))
        for _ in 0..<2000 {
            let national = "\(2 + random.below(8))\(1_000_000_00 + random.below(899_999_999))"
            guard !national.hasPrefix("52") else { continue }
            let (area, line) = (national.prefix(2), national.dropFirst(2))
            for prefix in ["044", "045", "01"] {
                for slip in ["0\(prefix)\(national)", "0\(prefix) \(area) \(line)"] {
                    if case .success(let read) = reader.read(slip) { Issue.record("\(slip) was read as \(read.text)") }
                }
                let good = try reader.read("\(prefix) \(area) \(line)").get().text
                #expect(good == "52" + national)
            }
            #expect(try reader.read("0052\(national)").get().text == "52" + national)
        }
    }

    @Test(
        arguments: [
            "+31612345678", "+31 6 12345678", "+51 987 654 321", "+51987654321", "+447911123456", "+44 7911 123456",
            "+4533334444", "+8613987654321", "+86 139 8765 4321", "+12025550123", "+5491187654321", "+351912345678",
            "+34612345678", "+4915123456789", "+66987654321",
        ])
    func `leaves numbers of other countries what they are`(_ text: String) throws {
        #expect(try PhoneReader().read(text).get().text == text.filter(\.isNumber))
    }
}
