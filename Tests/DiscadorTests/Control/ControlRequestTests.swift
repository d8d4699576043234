import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing

@testable import discador

@Suite(.fewAtATime) struct `A control request` {
    @Test func `carries the name of an operation and the operation itself`() throws {
        let phone = try #require(PhoneNumber(text: "5511987654321"))
        let pause = CampaignPause(since: Timestamp(milliseconds: 7), user: "ana", command: "pause camp")
        let operations: [any StoreOperation] = [
            AddBlocks(numbers: [phone], reason: "asked"),
            RemoveBlocks(numbers: [phone], requeues: true, known: RemovalObjections(replies: [7], others: [-3])),
            ImportBlocks(lists: [ListFile("asked.csv")], reading: ListReader.Options(), reason: ""),
            CancelCampaign(campaign: "camp"), PauseCampaign(campaign: "camp", pause: pause),
            ResumeCampaign(campaign: "camp"),
            RetryContacts(campaign: "camp", filter: .state(.failed), seenAt: pause.since),
            ResolveDoubts(campaign: "camp", doubts: .numbers([phone]), resolution: .called, seenAt: pause.since),
        ]
        for operation in operations {
            let sent = try JSONEncoder().encode(ControlRequest(operation))
            let read = try JSONDecoder().decode(ControlRequest.self, from: sent)
            guard case .operation(let carried, let actor) = read else {
                Issue.record("\(operation.label) became a conversation")
                continue
            }
            #expect(actor == .terminal)
            #expect(type(of: carried) == type(of: operation) && carried.label == operation.label)
            let again = try JSONEncoder().encode(read)
            #expect(
                try JSONDecoder().decode(JSONValue.self, from: again)
                    == JSONDecoder().decode(JSONValue.self, from: sent))
        }
    }

    @Test func `with a name from another version is refused with the remedy`() throws {
        let request = Data(#"{"name": "transfer", "operation": {}}"#.utf8)
        let failure = try #require(throws: Failure.self) {
            try JSONDecoder().decode(ControlRequest.self, from: request)
        }
        #expect(failure.exit == .held)
        #expect(failure.message.english.contains("“transfer”: it is an older or newer version"))
    }
}
