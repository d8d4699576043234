import CampaignCore
import NIOConcurrencyHelpers
import Ongoing
import ScriptedServer
import Testing

@testable import ZAPI

/// Messages on real sockets; time is a test's own.
@Suite struct `An outbox` {
    private static let secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    private static let body = Array(#"{"type":"campaign.done", "é":"\u00e9",  "n":1.0}"#.utf8)

    /// An outbox for a server's `/hook?key=s3cret`, with its notices.
    private struct Rig {
        let pool = ConnectionPool(connections: 4, now: { Timestamp(milliseconds: 0) })
        let notices = NIOLockedValueBox<[OutboxNotice]>([])
        let outbox: Outbox<JumpingClock>

        init(
            _ baseURL: String, isSigned: Bool = true, stands: Bool = false, limits: OutboxLimits = OutboxLimits()
        ) throws {
            let address = try #require(PostAddress(Secret(baseURL + "/hook?key=s3cret")))
            let seconds = NIOLockedValueBox<Int64>(1_700_000_000)
            let poster = EventPoster(
                to: address, signedWith: isSigned ? SigningKey(secret) : nil, pool: pool,
                now: {
                    seconds.withLockedValue {
                        $0 += 1
                        return Timestamp(milliseconds: $0 * 1000)
                    }
                })
            outbox = Outbox(
                poster, limits: limits, clock: JumpingClock(stands: stands), random: { 0.5 },
                tell: { [notices] notice in notices.withLockedValue { $0.append(notice) } })
        }

        /// Runs it while `body` does, and then ends it.
        func running(_ body: (OngoingTask<Void>) async throws -> Void) async throws {
            let run = OngoingTask { [outbox] in await outbox.run() }
            try await body(run)
            outbox.end()
            try await run.value
            try await pool.shutdown()
        }
    }

    @Test func `posts a message byte for byte, signed`() async throws {
        let server = try ScriptedServer { _ in .reply(204, "") }
        let rig = try Rig(server.baseURL)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
            try await run.wait(for: "a delivery") { rig.outbox.counts.delivered == 1 }
        }
        let request = try #require(server.wholeRequests.first)
        #expect(request.lines.first == "POST /hook?key=s3cret HTTP/1.1")
        #expect(Array(request.body.utf8) == Self.body)
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.header("webhook-id") == "msg_1")
        let time = try #require(request.header("webhook-timestamp").flatMap { Int64($0) })
        #expect(time == 1_700_000_001)
        let key = try #require(SigningKey(Self.secret))
        #expect(
            request.header("webhook-signature") == key.signature(id: "msg_1", seconds: time, body: Self.body))
        #expect(rig.notices.withLockedValue(\.self) == [])
        server.stop()
    }

    @Test func `passes an event on as it came, without headers of its own`() async throws {
        let server = try ScriptedServer { _ in .reply(200, String(repeating: "x", count: 200_000)) }
        let rig = try Rig(server.baseURL, isSigned: false, stands: true)
        try await rig.running { _ in rig.outbox.send(OutgoingMessage(id: "1", body: Self.body)) }
        let request = try #require(server.wholeRequests.first)
        #expect(Array(request.body.utf8) == Self.body)
        #expect(!request.lines.contains { $0.lowercased().hasPrefix("webhook-") })
        #expect(request.header("Content-Type") == "application/json")
        #expect(rig.outbox.counts.delivered == 1)
        server.stop()
    }

    @Test func `posts a message again under the same id until it arrives`() async throws {
        let count = NIOLockedValueBox(0)
        let server = try ScriptedServer { _ in
            let number = count.withLockedValue { value in
                value += 1
                return value
            }
            return number < 4 ? .reply([500, 503, 429][number - 1], "", headers: ["Retry-After: 1"]) : .reply(200, "")
        }
        let rig = try Rig(server.baseURL)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
            try await run.wait(for: "a delivery") { rig.outbox.counts.delivered == 1 }
        }
        let requests = server.wholeRequests
        #expect(requests.compactMap { $0.header("webhook-id") } == Array(repeating: "msg_1", count: 4))
        #expect(Set(requests.compactMap { $0.header("webhook-signature") }).count == 4)
        #expect(
            rig.notices.withLockedValue(\.self) == [
                .failing("HTTP 500"), .failing("HTTP 503"), .failing("HTTP 429"), .working,
            ])
        server.stop()
    }

    @Test func `gives a message up after so many tries`() async throws {
        let server = try ScriptedServer { _ in .reply(500, "") }
        let rig = try Rig(server.baseURL)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
            try await run.wait(for: "an end") { rig.outbox.counts.refused == 1 }
        }
        #expect(server.requests.count == 15)
        server.stop()
    }

    @Test func `follows no redirect`() async throws {
        let server = try ScriptedServer { line in
            line.contains("/hook") ? .reply(307, "", headers: ["Location: /elsewhere"]) : .reply(200, "")
        }
        let rig = try Rig(server.baseURL)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
            try await run.wait(for: "an end") { rig.outbox.counts.refused == 1 }
        }
        #expect(server.requests == ["POST /hook?key=s3cret HTTP/1.1"])
        #expect(rig.notices.withLockedValue(\.self) == [.failing("HTTP 307")])
        server.stop()
    }

    @Test func `posts nothing more once the receiver wants no more`() async throws {
        let server = try ScriptedServer { _ in .reply(410, "") }
        let rig = try Rig(server.baseURL)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
            try await run.wait(for: "an end") { rig.outbox.counts.refused == 1 }
            rig.outbox.send(OutgoingMessage(id: "msg_2", body: Self.body))
        }
        #expect(server.requests.count == 1)
        #expect(rig.notices.withLockedValue(\.self) == [.gone, .abandoned(total: 1)])
        server.stop()
    }

    @Test func `never shows its address when that cannot be reached`() async throws {
        let port = try ClosedPort()
        let rig = try Rig("http://127.0.0.1:\(port.number)", stands: true)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
            try await run.wait(for: "a failure") { !rig.notices.withLockedValue(\.isEmpty) }
        }
        let notices = rig.notices.withLockedValue(\.self)
        #expect(notices == [.failing("cannot connect: connection refused"), .abandoned(total: 1)])
    }

    @Test func `posts what waits at the end`() async throws {
        let server = try ScriptedServer { _ in .reply(200, "") }
        let rig = try Rig(server.baseURL, stands: true)
        try await rig.running { _ in
            for number in 0..<50 { rig.outbox.send(OutgoingMessage(id: "msg_\(number)", body: Self.body)) }
        }
        #expect(server.wholeRequests.compactMap { $0.header("webhook-id") } == (0..<50).map { "msg_\($0)" })
        #expect(rig.outbox.counts.delivered == 50 && rig.outbox.counts.waiting == 0)
        server.stop()
    }

    @Test func `takes messages without waiting while a receiver stalls, and ends all the same`() async throws {
        let server = try ScriptedServer { _ in .stalling([]) }
        var limits = OutboxLimits()
        limits.capacity = 10
        let rig = try Rig(server.baseURL, limits: limits)
        try await rig.running { run in
            rig.outbox.send(OutgoingMessage(id: "first", body: Self.body))
            try await run.wait(for: "a request") { !server.requests.isEmpty }
            for number in 0..<1_000 { rig.outbox.send(OutgoingMessage(id: "msg_\(number)", body: Self.body)) }
            #expect(rig.outbox.counts.dropped == 990 && rig.outbox.counts.waiting == 11)
        }
        #expect(rig.outbox.counts.abandoned == 11 && rig.outbox.counts.waiting == 0)
        #expect(rig.notices.withLockedValue(\.self).last == .abandoned(total: 11))
        server.stop()
    }

    @Test func `ends at once when its task is cancelled`() async throws {
        let server = try ScriptedServer { _ in .stalling([]) }
        let rig = try Rig(server.baseURL, stands: true)
        let run = OngoingTask { [outbox = rig.outbox] in await outbox.run() }
        rig.outbox.send(OutgoingMessage(id: "msg_1", body: Self.body))
        rig.outbox.send(OutgoingMessage(id: "msg_2", body: Self.body))
        try await run.wait(for: "a request") { !server.requests.isEmpty }
        run.cancel()
        try await run.value
        #expect(rig.outbox.counts.abandoned == 2)
        try await rig.pool.shutdown()
        server.stop()
    }
}
