import Foundation
import Testing

@testable import ZAPISimulator

/// What the simulator tells by webhook, on real sockets.
@Suite struct WebhookTests {
    static let quick: Scenario = {
        var scenario = Scenario.test
        scenario.timeScale = 0
        return scenario
    }()

    static let delivered = [
        "DeliveryCallback", "MessageStatusCallback SENT", "MessageStatusCallback RECEIVED",
    ]
    private static let answered = [
        "ReceivedCallback CALL_ACCEPTED", "ReceivedCallback CALL_STARTED", "ReceivedCallback CALL_ENDED",
    ]
    static let missed = ["ReceivedCallback CALL_MISSED"]
    private static let callBack = ["ReceivedCallback CALL_RECEIVED", "ReceivedCallback CALL_MISSED"]
    private static let reply = ["ReceivedCallback RECEIVED"]

    /// Runs `body` with a simulator all of whose webhooks go to a receiver.
    static func withReceiver(
        _ scenario: Scenario = quick, timeout: Duration = .seconds(3_600),
        status: @escaping @Sendable (Int) async throws -> Int = { _ in 200 },
        _ body: @escaping @Sendable (SimulatorClient, WebhookReceiver) async throws -> Void
    ) async throws {
        try await WebhookReceiver.with(status: status) { receiver in
            try await SimulatorClient.with(scenario, webhookTimeout: timeout) { client in
                let set = try await client.send("PUT", "update-every-webhooks", #"{"value": "\#(receiver.url)"}"#)
                #expect(set.body == #"{"value":true}"#)
                try await body(client, receiver)
            }
        }
    }

    @Test func `repeats share their content, and whoever does not listen is noted`() async throws {
        var scenario = Self.quick
        scenario.webhookRepeats = 1
        try await Self.withReceiver(scenario, status: { $0 == 0 ? 503 : 200 }) { client, receiver in
            _ = try await client.call("5511999999900")
            let received = try await receiver.wait(for: Self.delivered.count + Self.missed.count + 1)
            await client.simulator.webhooksAreSent()
            let lines = client.simulator.ledger().filter { $0.endpoint == "webhook" }
            #expect(
                lines.compactMap(\.content)
                    == received.compactMap { WebhookContent(received: [UInt8]($0.body))?.digest })
            #expect(Set(lines.map(\.content)).count == lines.count - 1 && lines[0].content == lines[1].content)
            let elsewhere = #"{"value": "http://127.0.0.1:1/hook"}"#
            _ = try await client.send("PUT", "update-every-webhooks", elsewhere)
            client.simulator.receive("SAIR", from: "5511999990000", to: "A")
            await client.simulator.webhooksAreSent()
            #expect(client.simulator.ledger().suffix(2).map(\.noAnswer) == [.unreachable, .unreachable])
            // Two settings and a call, whatever webhooks there were.
            let simulator = client.simulator
            #expect(simulator.requestsInLedger == 3 && simulator.linesInLedger == 3 + lines.count + 2)
        }
    }

    @Test(
        arguments: [
            ("5511999992000", delivered + answered), ("5511999993100", delivered + missed),
            ("5511999996000", delivered + answered), ("5511999999900", delivered + missed),
            ("5511999917000", delivered + missed + callBack), ("5511999917100", delivered + answered + reply),
            ("5511999917800", delivered), ("5511999918000", ["DeliveryCallback"]),
        ] as [(String, [String])])
    func `the third and fourth digits from the end decide what is told, in this order`(
        phone: String, expected: [String]
    ) async throws {
        try await Self.withReceiver { client, receiver in
            let reply = try await client.call(phone)
            #expect(reply.status == 200)
            let received = try await receiver.wait(for: expected.count)
            #expect(received.map(\.summary) == expected)
            #expect(received.allSatisfy { $0["instanceId"] == "A" && $0.path == "/hook" })
            #expect(received.allSatisfy { $0.contentType == "application/json" })
            #expect(received[0]["zaapId"] == reply.strings?["zaapId"])
            #expect(received[0]["messageId"] == reply.strings?["messageId"])
        }
    }

    @Test func `an account with the contract tells of outgoing calls by number and a call id of 32 digits`()
        async throws
    {
        try await Self.withReceiver { client, receiver in
            _ = try await client.call("5511999917000")
            let calls = try await receiver.wait(for: 6).filter { $0["notification"] != nil }
            #expect(calls.map { $0["callDirection"] } == ["outgoing", "incoming", "incoming"])
            #expect(calls.allSatisfy { $0["phone"] == "5511999917000" && $0["callId"] == $0["messageId"] })
            #expect(calls.allSatisfy { $0["callId"]?.count == 32 })
            #expect(calls[0]["callId"] != calls[1]["callId"] && calls[1]["callId"] == calls[2]["callId"])
        }
    }

    @Test func `an ordinary account names the person by an lid, and its calls by the second`() async throws {
        var scenario = Self.quick
        scenario.callsContract = false
        try await Self.withReceiver(scenario) { client, receiver in
            _ = try await client.call("5511999993100")
            let calls = try await receiver.wait(for: 5).filter { $0["notification"] != nil }
            #expect(calls.map { $0["notification"] } == ["CALL_RECEIVED", "CALL_MISSED_VOICE"])
            #expect(calls.allSatisfy { $0["phone"]?.hasSuffix("@lid") == true && $0["callDirection"] == nil })
            #expect(calls.allSatisfy { $0["messageId"]?.wholeMatch(of: #/1794000000-[0-9]+/#) != nil })
            let batch = try await client.send("POST", "phone-exists-batch", #"{"phones": ["5511999993100"]}"#)
            let lid = try #require(calls[0]["phone"])
            #expect(batch.body.contains(lid))
        }
    }

    @Test(arguments: [
        ("71", "text", "SAIR"), ("72", "text", "Não me ligue mais, por favor"), ("73", "text", "quem é você?"),
        ("74", "audio", "audioUrl"), ("75", "text", "Obrigado, até amanhã!"),
        ("76", "buttonsResponseMessage", "Não quero mais ligações"),
    ])
    func `replies come from the person, after the call`(digits: String, field: String, text: String) async throws {
        try await Self.withReceiver { client, receiver in
            _ = try await client.call("5511999\(digits)00")
            let reply = try #require(try await receiver.wait(for: 7).last)
            #expect(reply["fromMe"] == "0" && reply["isGroup"] == "0")
            let body = String(decoding: reply.body, as: UTF8.self)
            #expect(body.contains("\"\(field)\":{") && body.contains(text))
        }
    }

    @Test func `somebody who answers the second time is missed the first time`() async throws {
        try await Self.withReceiver { client, receiver in
            _ = try await client.call("5511999917700")
            #expect(try await receiver.wait(for: 4).last?.summary == Self.missed[0])
            _ = try await client.call("5511999917700")
            #expect(try await receiver.wait(for: 10).suffix(3).map(\.summary) == Self.answered)
        }
    }

    @Test(arguments: Disposition.allCases.filter { $0.deliveryError != nil })
    func `a delivery error of the documentation comes with the ids of its call, and nothing else`(
        disposition: Disposition
    ) async throws {
        let digits = try #require(Disposition.digitTable.first { $0.disposition == disposition }).digits
        try await Self.withReceiver { client, receiver in
            let reply = try await client.call("551199991\(digits)00")
            let received = try await receiver.wait(for: 1)
            #expect(received[0]["zaapId"] == reply.strings?["zaapId"])
            #expect(received[0]["error"]?.isEmpty == false)
            #expect((received[0]["errorCode"] == "SHADOW_BAN") == (disposition == .deliveryShadowBan))
            let call = try #require(client.simulator.ledger().first { $0.endpoint == "send-call" })
            #expect(call.rang == (disposition == .deliveryTimeout))
            #expect(call.disposition == disposition)
        }
    }

    @Test(arguments: [true, false])
    func `a call with an audio needs the calls contract`(hasContract: Bool) async throws {
        var scenario = Self.quick
        scenario.callsContract = hasContract
        try await Self.withReceiver(scenario) { client, receiver in
            let body = #"{"phone": "5511999993100", "callAudioUrl": "https://example.com/a.mp3"}"#
            _ = try await client.send("POST", "send-call", body)
            let delivery = try await receiver.wait(for: 1)[0]
            #expect(delivery["error"] == (hasContract ? nil : "Call with audio not available to channels."))
            let call = try #require(client.simulator.ledger().first { $0.endpoint == "send-call" })
            #expect(call.rang == hasContract)
            #expect(call.callAudioUrl == "https://example.com/a.mp3")
        }
    }

    @Test func `without an address every call rings, whatever its digits, and nothing is told`() async throws {
        try await SimulatorClient.with(Self.quick) { client in
            _ = try await client.call("5511999918000")
            let entry = try #require(client.simulator.ledger().last)
            #expect(entry.rang)
            #expect(entry.disposition == nil)
            #expect(client.simulator.waitingWebhooks == 0)
        }
    }

    @Test func `a lost connection is told, and so is its end, with what rang then`() async throws {
        try await Self.withReceiver { client, receiver in
            client.simulator.disconnect(instance: "A")
            #expect(try await receiver.wait(for: 1).map(\.summary) == ["DisconnectedCallback"])
            _ = try await client.call("5511999993100")
            #expect(try client.simulator.connect(instance: "A") == 1)
            let received = try await receiver.wait(for: 6).map(\.summary)
            #expect(Set(received) == Set(["DisconnectedCallback", "ConnectedCallback"] + Self.delivered + Self.missed))
        }
    }

    @Test func `every webhook has a ledger line with what the receiver answered`() async throws {
        try await Self.withReceiver(status: { $0 == 0 ? 503 : 200 }) { client, receiver in
            let reply = try await client.call("5511999993100")
            _ = try await receiver.wait(for: 4)
            client.simulator.disconnect(instance: "A")
            _ = try await receiver.wait(for: 5)
            let lines = client.simulator.ledger().filter { $0.endpoint == "webhook" }.prefix(4)
            #expect(lines.map(\.httpStatus) == [503, 200, 200, 200])
            #expect(
                lines.map(\.webhook) == [
                    "DeliveryCallback", "MessageStatusCallback", "MessageStatusCallback", "ReceivedCallback",
                ])
            #expect(lines.map(\.event) == [nil, "SENT", "RECEIVED", "CALL_MISSED"])
            #expect(lines.allSatisfy { $0.phone == "5511999993100" && $0.zaapId == reply.strings?["zaapId"] })
            #expect(lines.allSatisfy { !$0.rang && $0.instance == "A" })
        }
    }

    @Test func `a call whose reply is lost is told all the same`() async throws {
        try await Self.withReceiver { client, receiver in
            _ = await SimulatorClient.outcome { try await client.call("5511999993197") }
            let received = try await receiver.wait(for: 4)
            #expect(received.map(\.summary) == Self.delivered + Self.missed)
        }
    }

    @Test func `filters silence what they name`() async throws {
        try await Self.withReceiver { client, receiver in
            let filters =
                #"{"messageFilters": ["FILTER_TEXT_MESSAGE"], "callbackTypeFilters": ["FILTER_DELIVERY_CALLBACK"]}"#
            #expect(try await client.send("PUT", "update-filters", filters).body == #"{"value":true}"#)
            _ = try await client.call("5511999917100")
            client.simulator.disconnect(instance: "A")
            let received = try await receiver.wait(for: 6).map(\.summary)
            #expect(
                received.count == 6
                    && Set(received) == Set(Self.delivered.dropFirst() + Self.answered + ["DisconnectedCallback"]))
        }
    }
}
