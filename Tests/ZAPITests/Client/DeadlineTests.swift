import CampaignCore
import Foundation
import Ongoing
import ScriptedServer
import Testing
import ZAPI

@Suite(.timeLimit(.minutes(10))) struct `A reply that does not end` {
    /// A head and the beginning of a body, and then nothing, or a byte now and then.
    static let endless: [ScriptedServer.Reply] = [
        .stalling([]), .stalling(Array("HTTP/1.1 200 OK\r\nContent-Le".utf8)),
        .stalling(ScriptedServer.Reply.head(200, length: 50_000) + Array(#"{"zaapId":"Z1","#.utf8)),
        .dripping(ScriptedServer.Reply.head(200, length: 50_000) + Array(#"{"zaapId":"Z1","#.utf8)),
        .dripping(ScriptedServer.Reply.head(503, length: 50_000)),
    ]

    @Test(arguments: endless)
    func `ends at the deadline, and the call is a doubt`(answer: ScriptedServer.Reply) async throws {
        try await withServer(answer, timeout: .milliseconds(200)) { client in
            let reply = try await Self.call(client)
            #expect(reply.verdict == .inDoubt(.noReply))
            guard case .unreachable = await client.health(of: 0) else {
                Issue.record("health is known without a reply")
                return
            }
            #expect(await !client.sendsNothing(from: 0))
        }
    }

    @Test func `is known by its status where that says everything`() async throws {
        let throttled = ScriptedServer.Reply.dripping(
            ScriptedServer.Reply.head(429, length: 9, headers: ["Retry-After: 7"]))
        try await withServer(throttled, timeout: .seconds(2)) { client in
            let reply = try await Self.call(client)
            #expect(reply.verdict == .throttled(retryAfter: .seconds(7)) && reply.httpStatus == 429)
        }
    }

    @Test(arguments: endless)
    func `ends immediately when its request is cancelled, whatever the request`(answer: ScriptedServer.Reply)
        async throws
    {
        let requests: [@Sendable (ZAPIClient) async throws -> Void] = [
            { client in
                let reply = try await Self.call(client)
                #expect(reply.verdict == .inDoubt(.noReply))
            },
            { client in _ = await client.health(of: 0) },
            { client in await #expect(throws: ProviderError.self) { try await client.queued(of: 0) } },
            { client in await #expect(throws: ProviderError.self) { try await client.remove("Z1", of: 0) } },
            { client in
                let phone = try #require(PhoneNumber(text: "5511999999900"))
                await #expect(throws: ProviderError.self) { try await client.whatsApp(of: [phone], through: 0) }
            },
        ]
        for request in requests {
            try await withServer(answer, timeout: .seconds(600)) { client, server in
                let waiting = OngoingTask { try await request(client) }
                try await waiting.wait(for: "a request") { !server.requests.isEmpty }
                waiting.cancel()
                try await waiting.value
            }
        }
    }

    @Test func `that breaks off is a doubt, and the part that arrived proves nothing`() async throws {
        let ids = #"{"zaapId":"Z1"}"#
        let cut = ScriptedServer.Reply.bytes(ScriptedServer.Reply.head(200, length: 99) + Array(ids.utf8))
        try await withServer(cut, timeout: .seconds(600)) { client in
            let reply = try await Self.call(client)
            #expect(reply.verdict == .inDoubt(.noReply) && reply.httpStatus == 200)
        }
    }

    // gzip, zlib, and 300 kB of blanks in gzip.
    static let gzip = "H4sIAAAAAAACA6tWqkpMLPBMUbJSijJU0lHKTS0uTkxPBQv4GirVAgDnB/ACIAAAAA=="
    static let zlib = "eJyrVqpKTCzwTFGyUooyVNJRyk0tLk5MTwUL+Boq1QIAo90JnQ=="
    static let blanks =
        "H4sIAAAAAAACA+3BAQ0AAADCoCrvn9IeDig" + String(repeating: "A", count: 386) + "Pgx3yofVOCTBAA="

    @Test(arguments: [("gzip", gzip), ("deflate", zlib)])
    func `that is compressed unasked keeps its ids`(name: String, body: String) async throws {
        let bytes = Array(try #require(Data(base64Encoded: body)))
        let head = ScriptedServer.Reply.head(200, length: bytes.count, headers: ["Content-Encoding: \(name)"])
        try await withServer(.bytes(head + bytes), timeout: .seconds(600)) { client in
            let reply = try await Self.call(client)
            #expect(reply.verdict == .accepted(CallReceipt(zaapId: "Z1", messageId: "M1")))
        }
    }

    @Test func `that is huge when decompressed is read up to the limit`() async throws {
        let bytes = Array(try #require(Data(base64Encoded: Self.blanks)))
        let head = ScriptedServer.Reply.head(200, length: bytes.count, headers: ["Content-Encoding: gzip"])
        try await withServer(.bytes(head + bytes), timeout: .seconds(600)) { client in
            let reply = try await Self.call(client)
            #expect(reply.verdict == .inDoubt(.unreadableReply))
            #expect(reply.error == "the reply is larger than 64 KiB")
        }
    }

    @Test(arguments: [("gzip", Array("no gzip at all".utf8)), ("br", [0x8B, 0x02, 0x80, 0xFF]), ("gzip", [])])
    func `whose compression cannot be undone is a doubt`(name: String, body: [UInt8]) async throws {
        let head = ScriptedServer.Reply.head(200, length: body.count, headers: ["Content-Encoding: \(name)"])
        try await withServer(.bytes(head + body), timeout: .seconds(600)) { client in
            let reply = try await Self.call(client)
            #expect(reply.verdict.outcome == .inDoubt)
        }
    }

    private static func call(_ client: ZAPIClient) async throws -> CallReply {
        await client.call(try #require(PhoneNumber(text: "5511999999900")), seconds: 5, through: 0)
    }

    private func withServer(
        _ answer: ScriptedServer.Reply, timeout: Duration, _ body: (ZAPIClient) async throws -> Void
    ) async throws {
        try await withServer(answer, timeout: timeout) { client, _ in try await body(client) }
    }

    private func withServer(
        _ answer: ScriptedServer.Reply, timeout: Duration, _ body: (ZAPIClient, ScriptedServer) async throws -> Void
    ) async throws {
        let server = try ScriptedServer { _ in answer }
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
        instance.baseURL = server.baseURL
        let client = ZAPIClient(patient: instance, timeout: timeout, connections: 4)
        try await body(client, server)
        try await client.pool.shutdown()
        server.stop()
    }
}
