import CampaignCore
import Testing
import Webhooks

@Suite struct `The person of an event` {
    @Test(arguments: [
        #""5511987654321""#, "5511987654321", #""+5511987654321""#, #""+55 11 98765-4321""#, #""(55) 11 98765.4321""#,
        #""5511987654321@c.us""#, #""5511987654321@s.whatsapp.net""#, #""5511987654321:12@s.whatsapp.net""#,
        #"" 5511987654321 ""#, "5511987654321.0", "5.511987654321e12", #""5511987654321@C.US""#,
    ])
    func `a phone is read however it is written`(written: String) throws {
        let event = try Reading.event(Reading.payload(#""type":"DeliveryCallback","phone":\#(written)"#)).event
        #expect(event.phone == (try Reading.phone("5511987654321")))
        #expect(event.lid == nil)
    }

    @Test(arguments: [
        #""phone":"81896604192873@lid""#, #""chatLid":"81896604192873@lid""#, #""senderLid":"81896604192873@lid""#,
        #""participantLid":"81896604192873@lid""#, #""chatLid":81896604192873"#, #""chatLid":"81896604192873""#,
        #""phone":"81896604192873:3@lid","chatLid":"1@lid""#, #""phone":"81896604192873@LID""#,
        #""chatLid":null,"senderLid":"81896604192873@lid""#, #""chatLid":"x@g.us","senderLid":"81896604192873@lid""#,
    ])
    func `a lid is read wherever it is`(members: String) throws {
        let event = try Reading.event(Reading.payload(#""type":"DeliveryCallback",\#(members)"#)).event
        #expect(event.lid == (try Reading.phone("81896604192873@lid")))
        #expect(event.phone == nil)
    }

    @Test func `a participant is not taken for the lid of a phone`() throws {
        let members = #""type":"ReceivedCallback","notification":"CALL_MISSED","phone":"5511987654321""#
        let event = try Reading.event(Reading.payload(#"\#(members),"participantLid":"81896604192873@lid""#)).event
        #expect(event.phone != nil && event.lid == nil)
        let chat = try Reading.event(Reading.payload(#"\#(members),"chatLid":"81896604192873@lid""#)).event
        #expect(chat.phone != nil)
        #expect(chat.lid == (try Reading.phone("81896604192873@lid")))
    }

    @Test(arguments: [
        #""phone":"""#, #""phone":null"#, #""phone":"abc""#, #""phone":"0011987654321""#, #""phone":"123""#,
        #""phone":12345678901234567890123456789"#, #""phone":1e999"#, #""phone":-5511987654321"#,
        #""phone":["5511987654321"]"#,
        #""phone":{"number":"5511987654321"}"#, #""phone":true"#, #""phone":"5511987654321 5511987654322""#,
        #""phone":"5511987654321@example.com""#, #""phone":"5511987654321\u0000""#, #""phone":"٥٥١١٩٨٧٦٥٤٣٢١""#,
        #""phone":"5511987654321,5511987654322""#, #""phone":"120363019502650977-group""#,
    ])
    func `what is no number of a person is none`(members: String) throws {
        let event = try Reading.event(Reading.payload(#""type":"DeliveryCallback","messageId":"A",\#(members)"#)).event
        #expect(event.phone == nil)
        #expect(event.lid == nil)
        #expect(event.ids == ["A"])
    }

    @Test func `the instance's own number is not the person, also without its ninth digit`() throws {
        let own = #""type":"ReceivedCallback","connectedPhone":"551187654321","notification":"CALL_ENDED""#
        #expect(try Reading.event(Reading.payload(#"\#(own),"phone":"5511987654321""#)).event.phone == nil)
        #expect(try Reading.event(Reading.payload(#"\#(own),"phone":"5511987654322""#)).event.phone != nil)
    }

    @Test(arguments: ["DisconnectedCallback", "ConnectedCallback"])
    func `the phone of a connection is not a person`(type: String) throws {
        let incoming = try Reading.event(Reading.payload(#""type":"\#(type)","phone":"5511987654321""#))
        #expect(incoming.event.phone == nil)
        #expect(incoming.event.kind == (type.hasPrefix("D") ? .disconnected(nil) : .connected))
    }

    @Test(arguments: [
        #""zaapId":"""#, #""zaapId":null,"messageId":{"a":1}"#, #""messageId":["A"]"#, #""zaapId":"null","id":"none""#,
        #""callId":"undefined","ids":["NULL","nil",0,"0000","-1",-1]"#, #""zaapId":0,"messageId":"(null)""#,
        #""zaapId":" N/A ","callId":"-""#, #""messageId":"[object Object]","zaapId":"\u0007A","id":"\ud83d""#,
    ])
    func `what is no id is none, so that it joins no calls of strangers`(members: String) throws {
        for type in ["DeliveryCallback", #"ReceivedCallback","notification":"CALL_RECEIVED"#, "MessageStatusCallback"] {
            let event = try Reading.event(Reading.payload(#""type":"\#(type)",\#(members)"#)).event
            #expect(event.ids == [])
            #expect(event.zaapId == nil)
        }
    }

    @Test func `an id is named once, however often it is written`() throws {
        let members = #""type":"DeliveryCallback","zaapId":"aB1","messageId":"Ab1","id":77,"callId":"77""#
        #expect(try Reading.event(Reading.payload(members)).event.ids == ["aB1", "77"])
        let long = String(repeating: "x", count: 129)
        #expect(
            try Reading.event(Reading.payload(#""type":"DeliveryCallback","messageId":"\#(long)""#)).event.ids == [])
    }
}
