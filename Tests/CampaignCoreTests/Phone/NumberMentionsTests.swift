import CampaignCore
import Testing

@Suite struct `Numbers in texts` {
    @Test(arguments: [
        "5511987654321", "+55 (11) 98765-4321", "11 98765 4321", "551187654321", "fone: 11.8765.4321, tarde",
        "{\"phone\":\"5511987654321\"}", "x11987654321y", "55 11 98765-4321 / 99",
        "5.511987654321E+12", "(011) 98765-4321", "0xx11987654321", "01511987654321", "00551187654321", "11987654321.0",
        "1 1 9 8 7 6 5 4 3 2 1", "11%2098765%2D4321", "tel:%2B5511987654321", "https://x.test/5511987654321.mp3",
        "50%11987654321",
    ])
    func `are found however they are written`(text: String) throws {
        #expect(try Self.mentions().areIn(text.utf8))
    }

    @Test(arguments: [
        "", "98765-4321", "5521987654321", "11 98765-432", "1198765x4321", "11987654322", "5511\n987654321",
        "119.876.543-210", "99119876543211", "1198765432101", "351119876543215", "21 98765-4321",
    ])
    func `are not found where they are not`(text: String) throws {
        #expect(try !Self.mentions().areIn(text.utf8))
    }

    @Test(arguments: ["98765-4321", "8765 4321 / 98765-4322", "Ana;11;98765-4321 x", "11987654321"])
    func `are found without their area code where that counts`(text: String) throws {
        #expect(try Self.mentions(locally: true).areIn(text.utf8))
    }

    @Test(arguments: ["21 98765-4321", "5521 98765 4321", "021 8765-4321", "1987654321", "98765-43210"])
    func `are not found with another area code`(text: String) throws {
        #expect(try !Self.mentions(locally: true).areIn(text.utf8))
    }

    @Test func `an lid is found by its digits, and a forgotten number nowhere`() throws {
        let lid = try #require(PhoneNumber(text: "118277366455119@lid"))
        #expect(NumberMentions([lid]).areIn("118277366455119@lid".utf8))
        let hash = try #require(PhoneNumber(value: PhoneNumber.forgotten.lowerBound))
        #expect(!NumberMentions([hash]).areIn("\(hash.value)".utf8))
        #expect(!NumberMentions([]).areIn("5511987654321".utf8))
    }

    private static func mentions(locally: Bool = false) throws -> NumberMentions {
        NumberMentions([try #require(PhoneNumber(value: 5_511_987_654_321))], locally: locally)
    }
}
