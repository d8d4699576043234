import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command doubts` {
    @Test func `tells how far each request got, with the contact's own columns`() async throws {
        let cli = try await CLIFixture.dialed()
        let text = try await cli.discador("doubts", "camp")
        #expect(text.stdout.contains("no_reply (2): The request may have left before the connection broke"))
        #expect(text.stdout.contains("  5511987654397  at "))
        #expect(text.stdout.contains("attempt 1, "))
        #expect(text.stdout.contains(" | nome: Pessoa 3 | telefone: 11987654397"))
        #expect(text.stdout.contains("unreadable_reply (1): Z-API answered 200 with a reply that does not name a call"))
        #expect(text.stdout.contains("HTTP 200, the reply does not name a call: {\"zaapId\":\""))
        #expect(text.stdout.contains(" | nome: Pessoa 5") && !text.stdout.contains("almost certainly"))
        #expect(text.stdout.contains("3 in doubt: 2 no_reply, 1 unreadable_reply."))
        let one =
            try JSONValue(
                try await cli.discador("doubts", "camp", "--where", "nome = 'pessoa 4'", "--json").stdout)["doubts"]
            ?? .null
        #expect(one[0]?["phone"] == "5521987654397" && one[1] == nil)
        #expect(one[0]?["reason"] == "no_reply" && one[0]?["attempt"] == 1)
        #expect(one[0]?["howFar"]?.text?.contains("no reply came") ?? false)
        #expect(one[0]?["contact"]?[0] == "Pessoa 4")
        let none = try await cli.discador("doubts", "camp", "--where", "reason = interrupted")
        #expect(none.stdout.contains("camp has no calls in doubt that match."))
        await cli.simulator.shutdown()
    }
}
