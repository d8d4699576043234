import CampaignCore
import CampaignStore
import Foundation
import Testing

/// Results that are written while they are made.
struct LongResultTests {
    private struct Shape: Decodable, Equatable {
        var phone: String
    }

    @Test(arguments: [0, 1, 3])
    func `a list that is streamed is the document that it always was`(count: Int) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let phones = CLIFixture.phones(count)
        _ = try await cli.discador("import", "camp")
        for phone in phones {
            _ = try await cli.discador("block", "add", phone, "--reason", "said \"no\"\nto Ana")
        }
        let result = try await cli.discador("block", "list", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8))
        let whole = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        #expect(result.stdout == String(decoding: whole, as: UTF8.self) + "\n")
        #expect(try JSONDecoder().decode([Shape].self, from: Data(result.stdout.utf8)).count == count)
    }
}
