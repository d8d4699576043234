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
        "update-webhook-disconnected", "update-webhook-connected", "update-every-webhooks",
    ])
    func `each webhook can be set, and only with an address`(name: String) async throws {
        try await SimulatorClient.with { client in
            let set = try await client.send("PUT", name, #"{"value": "https://example.com", "notifySentByMe": true}"#)
            #expect(set.status == 200)
            let wrong = try await client.send("PUT", name, "{}")
            #expect(wrong.status == 400)
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
            "queueShowsCalls", "messages", "tokenForm",
        ]
        for key in keys { #expect(manual.contains("\n  \(key)")) }
        for form in TokenForm.allCases { #expect(manual.contains("\(form.rawValue)")) }
        for word in ["send-call", "status", "queue/{zaapId}", "phone-exists-batch", "update-webhook", "sequence"] {
            #expect(manual.contains(word))
        }
        let tooLong = manual.split(separator: "\n").filter { $0.count > 100 }
        #expect(tooLong == [])
    }
}
