import Foundation
import Testing

@testable import ZAPISimulator

/// Starting, stopping, the pages about an instance and its contacts, and the manual.
@Suite struct SimulatorTests {
    @Test func `a port that is taken is an error that names it`() async throws {
        try await SimulatorClient.with { client in
            let port = client.simulator.port
            let error = await #expect(throws: SimulatorError.self) {
                try await ZAPISimulator.start(SimulatorConfiguration(port: port), logger: .silent)
            }
            #expect(error == .portTaken(port))
            #expect(error?.description.contains("\(port)") == true)
        }
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.0.1", "example.com", ""])
    func `a host that is not loopback is refused`(host: String) {
        let error = #expect(throws: SimulatorError.self) {
            try ZAPISimulator(SimulatorConfiguration(host: host), logger: .silent)
        }
        #expect(error == .notLoopback(host))
    }

    @Test func `a simulator that was shut down frees its port`() async throws {
        let first = try await ZAPISimulator.start(SimulatorConfiguration(), logger: .silent)
        let port = first.port
        #expect(first.baseURL == "http://127.0.0.1:\(port)")
        await first.shutdown()
        let second = try await ZAPISimulator.start(SimulatorConfiguration(port: port), logger: .silent)
        #expect(second.port == port)
        await second.shutdown()
        await second.shutdown()
    }

    private struct Me: Decodable {
        var id: String
        var name: String
        var due: Int64
        var connected: Bool
        var paymentStatus: String
        var connectedCallbackUrl: String
        var deliveryCallbackUrl: String
        var disconnectedCallbackUrl: String
    }

    @Test func `me describes the instance and shows the webhooks that were set`() async throws {
        try await SimulatorClient.with { client in
            let value = #"{"value": "https://example.com/hook"}"#
            let set = try await client.send("PUT", "update-webhook-delivery", value)
            #expect(set.body == #"{"value":true}"#)
            let reply = try await client.send("GET", "me")
            let me = try JSONDecoder().decode(Me.self, from: Data(reply.body.utf8))
            #expect(me.id == "A")
            #expect(me.connected)
            #expect(me.due > 1_794_000_000)
            #expect(me.deliveryCallbackUrl == "https://example.com/hook")
            #expect(me.connectedCallbackUrl.isEmpty)
        }
    }

    @Test(arguments: [
        "update-webhook-delivery", "update-webhook-message-status", "update-webhook-received",
        "update-webhook-received-delivery", "update-webhook-disconnected", "update-webhook-connected",
        "update-webhook-chat-presence", "update-every-webhooks",
    ])
    func `each webhook can be set, and only with an address`(name: String) async throws {
        try await SimulatorClient.with { client in
            let set = try await client.send("PUT", name, #"{"value": "https://example.com", "notifySentByMe": true}"#)
            #expect(set.status == 200)
            for body in [
                "{}", "[]", #"{"value": 5}"#, #"{"value": "http://example.com"}"#, #"{"value": "example.com"}"#,
                #"{"value": "http://127.0.0.1.example.com"}"#, #"{"value": "http://10.0.0.1/x"}"#,
                #"{"value": "https://"}"#,
            ] {
                let wrong = try await client.send("PUT", name, body)
                #expect(wrong.status == 400, "\(body)")
            }
            for address in ["http://127.0.0.1:7071/z/A/t", "http://localhost/x", "http://[::1]:9/x", "HTTPS://x.com"] {
                #expect(try await client.send("PUT", name, #"{"value": "\#(address)"}"#).status == 200, "\(address)")
            }
            #expect(try await client.send("POST", name, "{}").status == 405)
            #expect(try await client.send("PUT", name, #"{"value": "https://x.com"}"#, contentType: nil).status == 415)
        }
    }

    @Test func `me shows the secrets in clear, as Z-API does, and what the scenario says of the account`() async throws
    {
        var scenario = Scenario.test
        scenario.account.due = 1_795_000_000
        scenario.account.paymentStatus = "OVERDUE"
        scenario.account.callRejectAuto = true
        try await SimulatorClient.with(scenario) { client in
            let every = #"{"value": "https://example.com/z", "notifySentByMe": true}"#
            _ = try await client.send("PUT", "update-every-webhooks", every)
            let body = try await client.send("GET", "me").body
            for field in [
                #""token":"SECRET-TOKEN""#, #""password":"simulated-proxy-password""#, #""due":1795000000"#,
                #""paymentStatus":"OVERDUE""#, #""callRejectAuto":true"#, #""receiveCallbackSentByMe":true"#,
                #""receivedAndDeliveryCallbackUrl":"https://example.com/z""#,
                #""presenceChatCallbackUrl":"https://example.com/z""#,
                #""receivedCallbackUrl":"https://example.com/z""#,
            ] { #expect(body.contains(field), "\(field)") }
            _ = try await client.send("PUT", "update-notify-sent-by-me", #"{"notifySentByMe": false}"#)
            _ = try await client.send("PUT", "update-webhook-delivery", #"{"value": ""}"#)
            let later = try await client.send("GET", "me").body
            #expect(later.contains(#""receiveCallbackSentByMe":false"#))
            #expect(later.contains("\"deliveryCallbackUrl\":\"\""))
        }
    }

    @Test(arguments: [
        ("update-notify-sent-by-me", #"{"notifySentByMe": true}"#, #"{"value":true}"#, #"{"notifySentByMe": "yes"}"#),
        ("update-filters", #"{"messageFilters": []}"#, #"{"value":true}"#, #"{"messageFilters": ["FILTER_ALL"]}"#),
        (
            "update-queue-settings", #"{"disableEnqueueWhenDisconnected": true}"#, #"{"success":true}"#,
            #"{"disableEnqueueWhenDisconnected": 1}"#
        ),
    ])
    func `each setting is answered as documented, and a wrong one is refused`(
        name: String, right: String, reply: String, wrong: String
    ) async throws {
        try await SimulatorClient.with { client in
            let set = try await client.send("PUT", name, right)
            #expect(set.body == reply)
            #expect(try await client.send("PUT", name, wrong).status == 400)
            #expect(try await client.send("PUT", name, "{}").status == (name == "update-filters" ? 200 : 400))
            #expect(try await client.send("GET", name).status == 405)
            #expect(try await client.send("PUT", name, right, contentType: "text/plain").status == 415)
        }
    }

    @Test func `a disconnected instance that may hold nothing refuses its calls`() async throws {
        try await SimulatorClient.with { client in
            _ = try await client.send("PUT", "update-queue-settings", #"{"disableEnqueueWhenDisconnected": true}"#)
            client.simulator.disconnect(instance: "A")
            let reply = try await client.call("5511999990000")
            #expect(reply.status == 400)
            #expect(reply.error == "You are not connected.")
            #expect(try client.simulator.connect(instance: "A") == 0)
            #expect(try await client.call("5511999990000").status == 200)
            #expect(client.simulator.ledger().filter { $0.endpoint == "send-call" }.map(\.rang) == [false, true])
        }
    }

    @Test func `one phone is answered by a list of one finding`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send("GET", "phone-exists/5511999990000")
            let findings = try JSONDecoder().decode([Finding].self, from: Data(reply.body.utf8))
            #expect(findings.map(\.exists) == [true])
            #expect(try await client.send("GET", "phone-exists/5511999990094").body.contains(#""exists":false"#))
            #expect(try await client.send("POST", "phone-exists/5511999990000", "{}").status == 405)
            #expect(client.simulator.ledger().first?.endpoint == "phone-exists/{phone}")
        }
    }

    private struct Finding: Decodable, Equatable {
        var exists: Bool
        var inputPhone: String
        var outputPhone: String
        var lid: String?
    }

    @Test func `a batch of phones is answered in its order with exists, outputPhone and lid`() async throws {
        try await SimulatorClient.with { client in
            let phones = ["5511999990000", "5511999990094", "5511999990085", "551199990085", "abc"]
            let body = String(decoding: try JSONEncoder().encode(["phones": phones]), as: UTF8.self)
            let reply = try await client.send("POST", "phone-exists-batch", body)
            let findings = try JSONDecoder().decode([Finding].self, from: Data(reply.body.utf8))
            #expect(findings.map(\.inputPhone) == phones)
            #expect(findings.map(\.exists) == [true, false, true, true, false])
            #expect(findings.map(\.outputPhone)[2...3] == ["551199990085", "5511999990085"])
            #expect(findings[0].outputPhone == phones[0])
            #expect(findings.map { $0.lid?.hasSuffix("@lid") } == [true, nil, true, true, nil])
            #expect(reply.body.contains(#""lid":null"#))
            #expect(client.simulator.ledger().map(\.rang) == [false])
        }
    }

    @Test func `a batch that is too long or not a list is answered 400`() async throws {
        try await SimulatorClient.with { client in
            for body in ["{}", "[]", #"{"phones": "5511999990000"}"#, #"{"phones": [5511999990000]}"#] {
                let reply = try await client.send("POST", "phone-exists-batch", body)
                #expect(reply.status == 400)
            }
            let phones = [String](repeating: "5511999990000", count: 50_001)
            let long = String(decoding: try JSONEncoder().encode(["phones": phones]), as: UTF8.self)
            let reply = try await client.send("POST", "phone-exists-batch", long)
            #expect(reply.status == 400)
            #expect(reply.error == "phones may have at most 50000 numbers")
        }
    }

    @Test func `a body that is too large is answered with 413 and is in the ledger`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send("POST", "send-call", String(repeating: " ", count: 3 * 1_024 * 1_024))
            #expect(reply.status == 413)
            #expect(client.simulator.ledger().map(\.httpStatus) == [413])
        }
    }

    @Test func `the manual has every behavior, key, endpoint and ledger field, in lines of 100 columns`() {
        let manual = SimulatorManual.text
        for row in Behavior.digitTable {
            #expect(manual.contains("\n  \(row.digits)  \(row.behavior.rawValue)"))
            #expect(manual.contains(row.description))
        }
        let keys = [
            "instances", "clientToken", "seed", "choice", "rates", "latency", "hang", "retryAfter", "disconnections",
            "queueShowsCalls", "messages", "tokenForm", "account", "callsContract", "dispositions", "timeScale",
            "faults", "lateBy", "webhookRepeats",
        ]
        for key in keys { #expect(manual.contains("\n  \(key)")) }
        for row in Disposition.digitTable {
            #expect(manual.contains("\n  \(row.digits)  \(row.disposition.rawValue)"))
            #expect(manual.contains(row.description))
        }
        for fault in WebhookFault.allCases { #expect(manual.contains("\n  \(fault.rawValue)")) }
        for form in TokenForm.allCases { #expect(manual.contains("\(form.rawValue)")) }
        for word in ["send-call", "status", "queue/{zaapId}", "phone-exists-batch", "update-webhook", "sequence"] {
            #expect(manual.contains(word))
        }
        let tooLong = manual.split(separator: "\n").filter { $0.count > 100 }
        #expect(tooLong == [])
    }
}
