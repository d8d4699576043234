import CampaignCore
import Testing

@Suite struct `Numbers in texts` {
    @Test(arguments: [
        "5511987654321", "+55 (11) 98765-4321", "11 98765 4321", "551187654321", "fone: 11.8765.4321, tarde",
        "{\"phone\":\"5511987654321\"}", "x11987654321y", "55 11 98765-4321 / 99",
    ])
    func `are found however they are written`(text: String) throws {
        #expect(try Self.mentions().areIn(text.utf8))
    }

    @Test(arguments: [
        "", "98765-4321", "5521987654321", "11 98765-432", "1198765x4321", "11987654322", "5511\n987654321",
    ])
    func `are not found where they are not`(text: String) throws {
        #expect(try !Self.mentions().areIn(text.utf8))
    }

    @Test func `an lid is found by its digits, and a forgotten number nowhere`() throws {
        let lid = try #require(PhoneNumber(text: "118277366455119@lid"))
        #expect(NumberMentions([lid]).areIn("118277366455119@lid".utf8))
        let hash = try #require(PhoneNumber(value: PhoneNumber.forgotten.lowerBound))
        #expect(!NumberMentions([hash]).areIn("\(hash.value)".utf8))
        #expect(!NumberMentions([]).areIn("5511987654321".utf8))
    }

    private static func mentions() throws -> NumberMentions {
        NumberMentions([try #require(PhoneNumber(value: 5_511_987_654_321))])
    }
}
