import CampaignCore
import Testing
import Webhooks

@Suite struct `Bodies of every kind` {
    static let unreadable: [[UInt8]] = [
        [], Array("x".utf8), Array("[]".utf8), Array("[1,[]]".utf8),
        Array("null".utf8), Array("[\(Array(repeating: "{}", count: 1_001).joined(separator: ","))]".utf8),
        Array("7".utf8), Array(#""text""#.utf8), Array(#"{"type":"DeliveryCallback""#.utf8),
        Array(#"{"type":"DeliveryCallback"} {}"#.utf8), Array(#"{'type':'DeliveryCallback'}"#.utf8),
        Array(#"{"type":"DeliveryCallback","type":"ReceivedCallback"}"#.utf8),
        Array(#"{"type":"DeliveryCallback","a":[{"b":{"c":1,"c":1}}]}"#.utf8),
        Array(#"{"type":"DeliveryCallback","momment":01}"#.utf8), Array(#"{"type":NaN}"#.utf8),
        Array(#"{"type":"a"}"#.utf8) + [0xFF], [0xFF] + Array(#"{"type":"a"}"#.utf8),
        Array(#"{"type":"a"#.utf8) + [0] + Array(#""}"#.utf8), [0], [0xEF, 0xBB, 0xBF],
        Array((String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)).utf8),
        Array(String(repeating: #"{"a":"#, count: 50_000).utf8),
        Array(#"{"instanceId":{"a":1},"type":"DeliveryCallback"}"#.utf8),
    ]

    @Test(arguments: unreadable.indices)
    func `what cannot be read in just one way is kept as it is, without an effect`(index: Int) throws {
        let body = Self.unreadable[index]
        let events = try Reading.events(body)
        #expect(events.map(\.event) == [CallEvent(.other)])
        #expect(events.map(\.type) == ["unreadable"])
        #expect(events.map(\.body) == [body])
        #expect(events.map(\.key) == (try Reading.events(body)).map(\.key))
    }

    @Test func `different bodies that cannot be read are different events`() throws {
        let keys = try Self.unreadable.flatMap { try Reading.events($0).map(\.key) }
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: [[0xE3], [0xFF], [0xED, 0xA0, 0xBD], [0xC3]] as [[UInt8]])
    func `bytes that are not UTF-8 hide nothing else`(bytes: [UInt8]) throws {
        let start = Reading.payload(
            #""type":"ReceivedCallback","phone":"5511987654321","messageId":"A","senderName":"Jo"#)
        let body = Array(start.utf8.dropLast()) + bytes + Array(#"o","text":{"message":"SAIR"}}"#.utf8)
        let events = try Reading.events(body)
        #expect(events.map(\.event.kind) == [.reply(Reply(form: .text, text: "SAIR"))])
        #expect(events.map(\.body) == [body])
    }

    @Test func `each object of a list is an event of its own, without those of other instances`() throws {
        let own = Samples.different.prefix(3).map(Reading.payload)
        let foreign = #"{"instanceId":"B","type":"ConnectedCallback"}"#
        let events = try Reading.events(Array("[\((own + [foreign]).joined(separator: ","))]".utf8))
        #expect(events.map(\.key) == (try own.map { try Reading.event($0).key }))
        #expect(events.map(\.body) == own.map { Array($0.utf8) })
        guard case .foreignInstance = WebhookTable.read(Array("[\(foreign)]".utf8), instance: "A", at: Reading.now)
        else {
            Issue.record("accepted")
            return
        }
    }

    @Test func `what is no event in a list does not hide those that are`() throws {
        let own = Samples.different.prefix(2).map(Reading.payload)
        let fillers = Array(repeating: own[0], count: 200)
        let events = try Reading.events(
            Array("[5,\(fillers.joined(separator: ",")),[\(own[0])],\(own[1])]".utf8))
        #expect(events.count == 203)
        #expect([events[0].type, events[201].type] == ["unreadable", "unreadable"])
        #expect(events[202].key == (try Reading.event(own[1]).key))
    }

    @Test func `a byte order mark, blanks and large numbers do no harm`() throws {
        let body =
            [0xEF, 0xBB, 0xBF]
            + Array(
                " \n\(Reading.payload(#""type" : "ConnectedCallback", "x": 1e400, "y": 123456789012345678901234567890"#))\r\n"
                    .utf8)
        let events = try Reading.events(body)
        #expect(events.map(\.event.kind) == [.connected])
        #expect(events.map(\.body) == [body])
    }

    @Test(arguments: [#""B""#, #""a20da9c0183a2d35a260f53f5d2b9244""#, "7", #""A20DA9C0183A2D35A260F53F5D2B9244/""#])
    func `a body that names another instance is foreign`(named: String) {
        let body = Array(#"{"instanceId":\#(named),"type":"ConnectedCallback"}"#.utf8)
        guard case .foreignInstance = WebhookTable.read(body, instance: Reading.instance, at: Reading.now) else {
            Issue.record("accepted")
            return
        }
    }

    @Test(arguments: [#"{"type":"ConnectedCallback"}"#, #"{"instanceId":null,"type":"ConnectedCallback"}"#])
    func `a body that names no instance is of the one whose address it came to`(body: String) throws {
        let incoming = try Reading.event(body)
        #expect(incoming.event.kind == .connected)
        #expect(incoming.instance == Reading.instance)
    }

    @Test(arguments: [
        Row(#""type":"PresenceChatCallback","status":"COMPOSING""#, "PresenceChatCallback"),
        Row(#""type":"SomethingNew""#, "SomethingNew"), Row(#""status":"x""#, "untyped"),
        Row(#""type":null"#, "untyped"),
        Row(#""type":["DeliveryCallback"]"#, "untyped"), Row(#""type":"<script>""#, "unusual"),
        Row(#""type":"ReceivedCallback","notification":"a b""#, "ReceivedCallback unusual"),
        Row(#""type":"DisconnectedCallback","disconnected":false"#, "DisconnectedCallback"),
        Row(#""type":"ConnectedCallback","connected":"false""#, "ConnectedCallback"),
    ])
    func `unknown kinds are kept under their own names`(row: Row<String>) throws {
        let incoming = try Reading.event(Reading.payload(row.members))
        #expect(incoming.type == row.result)
        #expect(incoming.event.kind == .other)
        #expect(incoming.body == Array(Reading.payload(row.members).utf8))
    }

    @Test func `types are known however their letters are written`() throws {
        #expect(
            try Reading.kind(#""type":"ReceivedCallBack","notification":"CALL_ENDED""#)
                == .call(CallNotification(phase: .ended, direction: .unknown)))
    }

    @Test func `a disconnection says why`() throws {
        #expect(
            try Reading.kind(
                #""type":"DisconnectedCallback","error":"Device has been disconnected","disconnected":true"#)
                == .disconnected("Device has been disconnected"))
    }

    @Test(
        arguments: [
            Row("1795694399000", 1_795_694_399_000), Row("1795694399", 1_795_694_399_000),
            Row(#""1795694399000""#, 1_795_694_399_000), Row(#""1795694399""#, 1_795_694_399_000),
            Row("1795694399.5", 1_795_694_399_500), Row("1795694399000.0", 1_795_694_399_000),
            // A day ahead of the clock is possible, and no more.
            Row("1795780800000", 1_795_780_800_000), Row("1795780800001", nil),
            Row("1577836800000", 1_577_836_800_000), Row("1577836799999", nil),
            Row("26151515154", nil), Row("0", nil), Row("-1", nil), Row(#""ontem""#, nil),
            Row(#""2026-11-26T12:00:00Z""#, nil),
            Row("1e400", nil), Row("null", nil), Row("{}", nil), Row(#""nan""#, nil), Row("1795694399000000", nil),
        ] as [Row<Int64?>])
    func `a time is in seconds or milliseconds, and only what can be one`(row: Row<Int64?>) throws {
        let event = try Reading.event(Reading.payload(#""type":"ConnectedCallback","momment":\#(row.members)"#)).event
        #expect(event.at?.milliseconds == row.result)
    }
}
