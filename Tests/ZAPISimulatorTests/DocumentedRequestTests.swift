import Foundation
import Testing

@testable import ZAPISimulator

/// Every line of the send-call page and of the pages around it.
@Suite struct DocumentedRequestTests {
    @Test func `a call as documented is answered with zaapId, messageId and id, and nothing else`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send("POST", "send-call", #"{"phone": "5511999999999x", "callDuration": 5}"#)
            #expect(reply.status == 400)
            let accepted = try await client.send("POST", "send-call", #"{"phone": "5511999999900", "callDuration": 5}"#)
            #expect(accepted.status == 200)
            #expect(accepted.headers["content-type"] == "application/json")
            let ids = try #require(accepted.strings)
            #expect(Set(ids.keys) == ["zaapId", "messageId", "id"])
            #expect(ids["id"] == ids["messageId"])
            #expect(ids["zaapId"]?.wholeMatch(of: /[0-9A-F]{32}/) != nil)
            #expect(ids["messageId"]?.wholeMatch(of: /[0-9A-F]{20}/) != nil)
        }
    }

    @Test func `a call without callDuration rings for 5 seconds`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call("5511999990000")
            #expect(reply.status == 200)
            #expect(client.simulator.ledger().map(\.callDuration) == [5])
        }
    }

    @Test func `an instance, its token and the client token must all be right`() async throws {
        try await SimulatorClient.with { client in
            var stranger = client
            stranger.instance = "C"
            #expect(try await stranger.call("5511999990000").error == "Instance not found")
            stranger = client
            stranger.token = "OTHER"
            let wrongToken = try await stranger.call("5511999990000")
            #expect(wrongToken.status == 404)
            #expect(wrongToken.error == "Instance not found")
            stranger = client
            stranger.clientToken = nil
            let withoutClientToken = try await stranger.call("5511999990000")
            #expect(withoutClientToken.status == 403)
            #expect(withoutClientToken.error == "null not allowed")
            stranger.clientToken = "WRONG"
            #expect(try await stranger.call("5511999990000").error == "Client-Token not allowed")
            #expect(client.simulator.ledger().allSatisfy { !$0.rang })
        }
    }

    @Test func `without a list of instances and a client token every client may call`() async throws {
        try await SimulatorClient.with(Scenario()) { client in
            var anybody = client
            anybody.instance = "whoever"
            anybody.clientToken = nil
            let reply = try await anybody.call("5511999990000")
            #expect(reply.status == 200)
        }
    }

    @Test(
        arguments: [
            ("GET", "send-call", "POST"), ("PUT", "send-call", "POST"), ("DELETE", "send-call", "POST"),
            ("POST", "status", "GET"), ("POST", "me", "GET"), ("GET", "queue", "POST, DELETE"),
            ("POST", "queue/123", "DELETE"), ("GET", "phone-exists-batch", "POST"),
            ("POST", "update-webhook-delivery", "PUT"),
        ]
    ) func `a wrong verb is answered 405 with the right verbs`(
        verb: String,
        endpoint: String,
        allowed: String
    ) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send(verb, endpoint)
            #expect(reply.status == 405)
            #expect(reply.headers["allow"] == allowed)
            #expect(reply.error == "Method Not Allowed")
        }
    }

    @Test(arguments: [
        "/", "/instances/A/token/SECRET-TOKEN", "/instances/A/token/SECRET-TOKEN/", "/send-call",
        "/instances/A/token/SECRET-TOKEN/send-calls", "/instances/A/token/SECRET-TOKEN/send-call/5",
        "/instances/A/tokens/SECRET-TOKEN/send-call", "/instances//token/SECRET-TOKEN/send-call",
    ])
    func `a path that is not documented is answered 404`(path: String) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send("POST", path: path, #"{"phone":"5511999990000"}"#)
            #expect(reply.status == 404)
            #expect(client.simulator.ledger().map(\.endpoint) == ["unknown"])
        }
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
    func `a content type that is missing or not JSON is answered 415`(contentType: String?) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send(
                "POST",
                "send-call",
                #"{"phone":"5511999990000"}"#,
                contentType: contentType
            )
            #expect(reply.status == 415)
            #expect(client.simulator.ledger().allSatisfy { !$0.rang })
        }
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
    func `JSON with or without a charset is accepted`(contentType: String) async throws {
        try await SimulatorClient.with { client in
            let body = #"{"phone":"5511999990000"}"#
            let reply = try await client.send("POST", "send-call", body, contentType: contentType)
            #expect(reply.status == 200)
        }
    }

    @Test(arguments: [
        "+5511999990000", "55 11 99999-0000", "(55)11999990000", "", "5511", "1234567890123456", "05511999990",
        "５５11999990000", "@lid", "x@lid", "5511999990000@c.us",
    ])
    func `a phone that is not digits only is answered 400 and does not ring`(phone: String) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone)
            #expect(reply.status == 400)
            #expect(reply.error == "phone must be digits only: DDI DDD number")
            #expect(client.simulator.ledger().map(\.rang) == [false])
        }
    }

    @Test(arguments: ["551199990000", "5511999990000", "4512345600", "123456789012300", "999999999999900@lid"])
    func `digits with country code and lid identifiers are accepted`(phone: String) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone)
            #expect(reply.status == 200)
            #expect(client.simulator.ledger().map(\.phone) == [phone])
        }
    }

    @Test(arguments: [1, 5, 15]) func `a duration from 1 to 15 seconds is accepted`(seconds: Int) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call("5511999990000", duration: seconds)
            #expect(reply.status == 200)
            #expect(client.simulator.ledger().map(\.callDuration) == [seconds])
        }
    }

    @Test(
        arguments: [
            (#"{"phone":"5511999990000","callDuration":0}"#, "callDuration must be from 1 to 15 seconds"),
            (#"{"phone":"5511999990000","callDuration":16}"#, "callDuration must be from 1 to 15 seconds"),
            (#"{"phone":"5511999990000","callDuration":-1}"#, "callDuration must be from 1 to 15 seconds"),
            (#"{"phone":"5511999990000","callDuration":"5"}"#, "callDuration must be a whole number of seconds"),
            (#"{"phone":"5511999990000","callDuration":2.5}"#, "callDuration must be a whole number of seconds"),
            (#"{"phone":"5511999990000","callDuration":true}"#, "callDuration must be a whole number of seconds"),
            (#"{"phone":5511999990000}"#, "phone must be a string"),
            (#"{"phone":null}"#, "phone must be a string"),
            (#"{"phone":"5511999990000","callAudioUrl":7}"#, "callAudioUrl must be a string"),
            (#"{"callDuration":5}"#, "phone is required"),
            ("[]", "The body must be a JSON object"),
            ("{", "The body is not valid JSON"),
            ("", "The body is not valid JSON"),
        ]
    ) func `a body that is not as documented gets 400 and the reason`(body: String, error: String) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send("POST", "send-call", body)
            #expect(reply.status == 400)
            #expect(reply.error == error)
            #expect(client.simulator.ledger().map(\.rang) == [false])
        }
    }

    @Test func `ids never repeat, and the same seed gives the same ones in the same order`() async throws {
        var runs: [[String?]] = []
        for _ in 0..<2 {
            try await SimulatorClient.with { client in
                for number in 0..<5 { _ = try await client.call("551199999000\(number)") }
                runs.append(client.simulator.ledger().flatMap { [$0.zaapId, $0.messageId] })
            }
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0]).count == 10)
        #expect(!runs[0].contains(nil))
    }

    @Test func `a hundred thousand calls have different ids`() {
        var identifiers = IdentifierSequence(seed: 7)
        var seen: Set<String> = []
        for _ in 0..<100_000 {
            let ids = identifiers.next()
            seen.insert(ids.zaapId)
            seen.insert(ids.messageId)
        }
        #expect(seen.count == 200_000)
    }
}
