import CampaignCore
import Testing
import Webhooks

@Suite struct `The key of an event` {
    @Test func `another event of the same call has another key`() throws {
        let keys = try Samples.different.map { try Reading.event(Reading.payload($0)).key }
        #expect(Set(keys).count == keys.count)
    }

    @Test(
        arguments: Samples.different.filter {
            $0.contains(#"Id":"#) || $0.contains(#""ids":"#) || $0.contains("Presence")
        })
    func `a repeat has the same key, whatever its time and its order of names`(members: String) throws {
        let key = try Reading.event(Reading.payload(members)).key
        let later = Timestamp(milliseconds: Reading.now.milliseconds + 86_400_000)
        for momment in ["1795694399000", "1795694000", #""nonsense""#, "null"] {
            let repeated = #"{"momment":\#(momment),\#(members),"instanceId":"\#(Reading.instance)"}"#
            #expect(try Reading.event(repeated, at: later).key == key)
        }
    }

    @Test func `an id in other letters is the same id`() throws {
        #expect(
            try Reading.event(Reading.payload(#""type":"DeliveryCallback","zaapId":"aF","messageId":"B""#)).key
                == Reading.event(Reading.payload(#""type":"DeliveryCallback","messageId":"b","zaapId":"AF""#)).key)
    }

    @Test(arguments: [
        #""type":"DisconnectedCallback","error":"x""#, #""type":"ConnectedCallback""#,
        #""type":"ReceivedCallback","notification":"CALL_MISSED","phone":"5511987654321""#,
        #""type":"ReceivedCallback","phone":"5511987654321","text":{"message":"SAIR"}"#,
        #""type":"ReceivedCallback","messageId":0,"phone":"5511987654321","text":{"message":"SAIR"}"#,
        #""type":"ReceivedCallback","messageId":"null","phone":"5511987654321","text":{"message":"SAIR"}"#,
        #""type":"DeliveryCallback","phone":"5511987654321""#,
        #""type":"DeliveryCallback","zaapId":"null","messageId":"undefined","phone":"5511987654321""#,
        #""type":"ReceivedCallback","notification":"CALL_MISSED","callId":"null","phone":"5511987654321""#,
    ])
    func `without ids, the same content at another time is another event`(members: String) throws {
        func key(_ momment: String, after seconds: Int64 = 0) throws -> String {
            try Reading.event(
                Reading.payload(#"\#(members),"momment":\#(momment)"#),
                at: Timestamp(milliseconds: Reading.now.milliseconds + seconds * 1000)
            ).key
        }
        #expect(try key("1795694399000") == key("1795694399000", after: 86_400))
        #expect(try key("1795694399000") == key(#""1795694399""#))
        #expect(try key("1795694399000") != key("1795690000000"))
        // Without a possible time, what comes soon after is a repeat.
        #expect(try key("17") == key("0", after: 60))
        #expect(try key("17") != key("17", after: 3_600))
    }

    @Test func `a key is short, whatever the ids are`() throws {
        let ids = (0..<4).map {
            #""\#(["zaapId", "messageId", "callId", "id"][$0])":"\#(String(repeating: "\($0)", count: 128))""#
        }
        let key = try Reading.event(Reading.payload(#""type":"DeliveryCallback",\#(ids.joined(separator: ","))"#)).key
        #expect(key.utf8.count <= 64)
    }
}
