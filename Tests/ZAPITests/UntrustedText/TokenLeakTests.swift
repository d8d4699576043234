import CampaignCore
import Testing
import ZAPI
import ZAPISimulator

@Suite struct `A token that Z-API repeats` {
    @Test(arguments: TokenForm.allCases) func `is not shown, in an error or in an id`(form: TokenForm) async throws {
        try await withSimulator(tokenForm: form) { simulator, client in
            let phone = try #require(PhoneNumber(value: 5_511_900_000_081))
            let reply = await client.call(phone, seconds: 5, through: 0) { nil }
            #expect(reply.verdict == .refused)
            // The end of base64 depends on what follows: a few bits of the last character.
            let left = form == .base64 ? "Q==" : ""
            #expect(reply.error == "Phone refused by /send-call of ‹secret›" + left)
            simulator.disconnect(instance: "A")
            simulator.send(.init(instance: "A", phone: "5511900000000", text: "oi"))
            let item = try #require(try await client.queued(of: 0).first)
            #expect(!item.hasCallId)
            #expect(item.shownId.dropFirst(4) == "-‹secret›" + left)
        }
    }
}
