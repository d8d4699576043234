import CampaignCore
import Testing
import Webhooks

@Suite struct `Delivery events` {
    static let ids =
        #""phone":"5511987654321","zaapId":"3999984263738042930CD6ECDE9VDWSA","messageId":"D241XXXX732339502B68""#

    @Test func `the documented one says that the call went out, to whom, and under which ids`() throws {
        let incoming = try Reading.event(
            Reading.payload(#""type":"DeliveryCallback",\#(Self.ids),"momment":1795694399000"#))
        #expect(incoming.type == "DeliveryCallback")
        #expect(incoming.instance == Reading.instance)
        #expect(incoming.receivedAt == Reading.now)
        #expect(incoming.event.kind == .delivered)
        #expect(incoming.event.phone == (try Reading.phone("5511987654321")))
        #expect(Set(incoming.event.ids) == ["3999984263738042930CD6ECDE9VDWSA", "D241XXXX732339502B68"])
        #expect(incoming.event.zaapId == "3999984263738042930CD6ECDE9VDWSA")
        #expect(incoming.event.at == Timestamp(milliseconds: 1_795_694_399_000))
    }

    @Test(arguments: [
        Row(#""error":"Phone number does not exist""#, DeliveryFailure.noWhatsApp),
        Row(#""error":"Phone 5511 got invalid phone number""#, .noWhatsApp),
        Row(#""error":"It was not possible to send message to queue due to request error.""#, .notQueued),
        Row(#""error":"Timeout on send message""#, .unknown),
        Row(#""error":"Whatsapp rejected sending this message""#, .rejectedByWhatsApp),
        Row(#""error":"Message not sent, likely shadow ban","errorCode":"SHADOW_BAN""#, .shadowBan),
        Row(#""error":"something else","errorCode":"SHADOW_ANYTHING""#, .shadowBan),
        Row(#""error":"","errorCode":"SHADOW_BAN""#, .shadowBan),
        Row(#""errorCode":"SHADOW_BAN""#, .shadowBan),
        Row(#""error":"Never heard of","errorCode":17"#, .other),
        Row(#""error":500"#, .other),
    ])
    func `an error is a delivery that failed`(row: Row<DeliveryFailure>) throws {
        let event = try Reading.event(Reading.payload(#""type":"DeliveryCallback",\#(Self.ids),\#(row.members)"#)).event
        #expect(event.kind == .deliveryFailed(row.result))
        #expect(event.error?.isEmpty == false)
    }

    @Test(arguments: [
        #""error":null"#, #""error":"""#, #""error":"  ""#, #""error":false"#, #""errorCode":null"#,
        #""errorCode":0"#, #""error":null,"errorCode":"""#, #""errorCode":"0""#,
    ])
    func `an empty error is none`(members: String) throws {
        #expect(try Reading.kind(#""type":"DeliveryCallback",\#(Self.ids),\#(members)"#) == .delivered)
    }

    @Test(arguments: [
        #""error":{"message":"Phone number does not exist"}"#, #""error":["x"]"#, #""error":true"#,
        #""errorCode":"UNHEARD_OF""#, #""error":{"a":1},"errorCode":"SHADOW_BAN""#,
    ])
    func `an error of an unknown form is kept without an effect`(members: String) throws {
        #expect(try Reading.kind(#""type":"DeliveryCallback",\#(Self.ids),\#(members)"#) == .other)
    }

    @Test func `Z-API's own words are kept, without control characters and not endlessly`() throws {
        let long = String(repeating: "á", count: 5_000)
        let event = try Reading.event(
            Reading.payload(#""type":"DeliveryCallback",\#(Self.ids),"error":"a\u0000b \#(long)""#)
        ).event
        let error = try #require(event.error)
        #expect(error.hasPrefix("ab áá"))
        #expect(error.utf8.count <= 1_000)
    }

    @Test(arguments: ["SENT", "RECEIVED", "sent"])
    func `a message status is an event for each of its messages`(status: String) throws {
        let events = try Reading.events(
            Array(
                Reading.payload(
                    #""type":"MessageStatusCallback","status":"\#(status)","ids":["A1",77,"B2"],"phone":"5544999999999""#
                ).utf8))
        #expect(events.map(\.event.ids) == [["A1"], ["77"], ["B2"]])
        #expect(events.allSatisfy { $0.event.kind == .delivered })
        #expect(Set(events.map(\.key)).count == 3)
        #expect(Set(events.map(\.type)) == ["MessageStatusCallback \(status)"])
    }

    @Test(arguments: [
        #""status":"READ","ids":["A"]"#, #""status":"PLAYED","ids":["A"]"#, #""status":"READ_BY_ME","ids":["A"]"#,
        #""status":"SENT","ids":[]"#, #""status":"SENT""#, #""status":"SENT","ids":[{}]"#, #""ids":["A"]"#,
        #""status":"SENT","ids":["A"],"isGroup":true"#, #""status":["SENT"],"ids":["A"]"#,
    ])
    func `a status that says nothing about a call is kept without an effect`(members: String) throws {
        #expect(try Reading.kind(#""type":"MessageStatusCallback",\#(members)"#) == .other)
    }

    @Test func `of a status with a great many messages, the first fifty count`() throws {
        let ids = (0..<5_000).map { "\"\($0)\"" }.joined(separator: ",")
        let events = try Reading.events(
            Array(Reading.payload(#""type":"MessageStatusCallback","status":"SENT","ids":[\#(ids)]"#).utf8))
        #expect(events.count == 50)
    }
}
