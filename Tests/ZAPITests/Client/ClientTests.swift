import CampaignCore
import Glibc
import Logging
import NIOConcurrencyHelpers
import Ongoing
import Testing
import ZAPI
import ZAPISimulator

/// The client against the simulator, over loopback.
@Suite struct `The client` {
    struct Expectation: Sendable, CustomTestStringConvertible {
        var ending: Int
        var replies: [CallReply]
        var rings: Int
        var testDescription: String { "…\(ending)" }
    }

    static let expectations: [Expectation] = [
        Expectation(
            ending: 90,
            replies: Array(
                repeating: CallReply(
                    verdict: .throttled(retryAfter: .seconds(1)), httpStatus: 429, error: "Too many requests"),
                count: 2), rings: 0),
        Expectation(
            ending: 92,
            replies: [CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 500, error: "Internal error")],
            rings: 0),
        Expectation(
            ending: 94,
            replies: [CallReply(verdict: .refused, httpStatus: 400, error: "Phone number does not exist")], rings: 0),
        Expectation(
            ending: 86,
            replies: [CallReply(verdict: .misconfigured, httpStatus: 302, error: "a redirect; check baseURL")],
            rings: 0),
        Expectation(
            ending: 89,
            replies: [
                CallReply(
                    verdict: .inDoubt(.unreadableReply), httpStatus: 200, error: "the reply is larger than 64 KiB")
            ], rings: 1),
        Expectation(
            ending: 98,
            replies: [
                CallReply(verdict: .inDoubt(.unreadableReply), httpStatus: 200)
            ], rings: 1),
        Expectation(
            ending: 99,
            replies: [CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 502, error: "a gateway answered")],
            rings: 0),
        Expectation(
            ending: 84,
            replies: [CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 503)], rings: 1),
        Expectation(
            ending: 83,
            replies: [
                CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 500, error: "Internal Server Error")
            ], rings: 1),
        Expectation(
            ending: 87,
            replies: [
                CallReply(verdict: .throttled(retryAfter: nil), httpStatus: 503, error: "Service Unavailable")
            ], rings: 0),
        Expectation(ending: 96, replies: [CallReply(verdict: .inDoubt(.noReply))], rings: 0),
        Expectation(ending: 97, replies: [CallReply(verdict: .inDoubt(.noReply))], rings: 1),
    ]

    @Test func `sends the request of the documentation and reads the ids`() async throws {
        try await withSimulator { simulator, client in
            let phone = try #require(PhoneNumber(text: "5511999999900"))
            let reply = await client.call(phone, seconds: 7, through: 0)
            let entry = try #require(simulator.ledger().first)
            let zaapId = try #require(entry.zaapId)
            #expect(
                reply
                    == CallReply(
                        verdict: .accepted(CallReceipt(zaapId: zaapId, messageId: entry.messageId)), httpStatus: 200))
            #expect(entry.method == "POST")
            #expect(entry.endpoint == "send-call")
            #expect(entry.phone == "5511999999900")
            #expect(entry.callDuration == 7)
        }
    }

    @Test func `dials an @lid as it is`() async throws {
        try await withSimulator { simulator, client in
            let lid = try #require(PhoneNumber(text: "999999999999900@lid"))
            _ = await client.call(lid, seconds: 5, through: 0)
            #expect(simulator.ledger().first?.phone == "999999999999900@lid")
        }
    }

    @Test(arguments: expectations)
    func `reads each way in which Z-API can answer`(expected: Expectation) async throws {
        try await withSimulator { simulator, client in
            let phone = try #require(PhoneNumber(value: 5_511_999_999_900 + Int64(expected.ending)))
            for wanted in expected.replies {
                let reply = await client.call(phone, seconds: 5, through: 0)
                #expect(reply.verdict == wanted.verdict)
                #expect(reply.httpStatus == wanted.httpStatus)
                if let error = wanted.error { #expect(reply.error == error) }
            }
            #expect(simulator.ledger().count(where: \.rang) == expected.rings)
        }
    }

    @Test func `holds back a call that may no longer leave, and the next one still goes out`() async throws {
        try await withSimulator { simulator, client in
            let phone = try #require(PhoneNumber(text: "5511999999900"))
            for _ in 0..<20 {
                let reply = await client.call(phone, seconds: 5, through: 0) { .windowShut }
                #expect(reply == CallReply(heldBack: .windowShut))
                let next = await client.call(phone, seconds: 5, through: 0) { nil }
                #expect(next.httpStatus == 200)
            }
            // A request whose body never came does not count for the server.
            #expect(simulator.ledger().map(\.rang) == Array(repeating: true, count: 20))
        }
    }

    @Test func `holds back a call that may no longer leave when its body is at the socket`() async throws {
        try await withSimulator { simulator, client in
            let phone = try #require(PhoneNumber(text: "5511999999900"))
            for _ in 0..<20 {
                let asked = NIOLockedValueBox(0)
                let reply = await client.call(phone, seconds: 5, through: 0) {
                    asked.withLockedValue {
                        $0 += 1
                        return $0 == 1 ? nil : .windowShut
                    }
                }
                #expect(reply == CallReply(heldBack: .windowShut) && asked.withLockedValue(\.self) == 2)
                #expect(await client.health(of: 0) == .connected)
            }
            #expect(!simulator.ledger().contains { $0.endpoint == "send-call" })
        }
    }

    @Test func `asks whether a call may leave once there is a connection, and again at the socket`() async throws {
        let port = try ClosedPort()
        let asked = NIOLockedValueBox(0)
        let refusal: @Sendable () -> SendRefusal? = {
            asked.withLockedValue { $0 += 1 }
            return nil
        }
        #expect(await Self.callOnce("http://127.0.0.1:\(port.number)", unless: refusal).verdict == .notSent)
        #expect(asked.withLockedValue(\.self) == 0)
        try await withSimulator { _, client in
            let phone = try #require(PhoneNumber(text: "5511999999900"))
            #expect(await client.call(phone, seconds: 5, through: 0, unless: refusal).httpStatus == 200)
        }
        #expect(asked.withLockedValue(\.self) == 2)
    }

    @Test func `takes a reply that never comes for a doubt`() async throws {
        try await withSimulator(timeout: .seconds(2)) { _, client in
            let phone = try #require(PhoneNumber(text: "5511999999995"))
            #expect(await client.call(phone, seconds: 5, through: 0).verdict == .inDoubt(.noReply))
        }
    }

    @Test func `takes a call that is cancelled after it rang for a doubt`() async throws {
        try await withSimulator { simulator, client in
            let phone = try #require(PhoneNumber(text: "5511999999995"))
            let call = OngoingTask { await client.call(phone, seconds: 5, through: 0) }
            try await call.wait(for: "a ring") { simulator.ledger().contains(where: \.rang) }
            call.cancel()
            #expect(try await call.value.verdict == .inDoubt(.noReply))
        }
    }

    @Test func `knows that nothing left when nothing listens on the port`() async throws {
        let port = try ClosedPort()
        for host in ["127.0.0.1", "localhost"] {
            let reply = await Self.callOnce("http://\(host):\(port.number)")
            #expect(reply.verdict == .notSent, "\(host): \(reply)")
        }
    }

    @Test func `knows that nothing left when the host has no address`() async throws {
        let reply = await Self.callOnce("https://no-such-host.invalid")
        #expect(reply.verdict == .notSent, "\(reply)")
    }

    @Test func `knows that nothing left when the TLS handshake fails`() async throws {
        try await withSimulator { simulator, _ in
            // The simulator speaks no TLS: the handshake cannot succeed.
            let reply = await Self.callOnce("https://127.0.0.1:\(simulator.port)")
            #expect(reply.verdict == .notSent, "\(reply)")
        }
    }

    @Test func `says what is wrong with a token, and never says the token`() async throws {
        try await withSimulator(token: "wr0ng-t0ken") { _, client in
            let phone = try #require(PhoneNumber(text: "5511999999900"))
            let reply = await client.call(phone, seconds: 5, through: 0)
            #expect(reply.verdict == .misconfigured)
            #expect(reply.error?.contains("wr0ng-t0ken") == false)
            guard case .misconfigured(let why) = await client.health(of: 0) else {
                Issue.record("health does not see it")
                return
            }
            #expect(!why.contains("wr0ng-t0ken"))
        }
    }

    @Test func `sees whether an instance is connected`() async throws {
        try await withSimulator { simulator, client in
            #expect(await client.health(of: 0) == .connected)
            simulator.disconnect(instance: "A")
            #expect(await client.health(of: 0) == .disconnected("You are not connected."))
        }
    }

    private static func callOnce(
        _ baseURL: String, unless refusal: @escaping @Sendable () -> SendRefusal? = { nil }
    ) async -> CallReply {
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
        instance.baseURL = baseURL
        let client = ZAPIClient(patient: instance)
        guard let phone = PhoneNumber(value: 5_511_999_999_900) else { return CallReply(verdict: .refused) }
        let reply = await client.call(phone, seconds: 5, through: 0, unless: refusal)
        try? await client.pool.shutdown()
        return reply
    }
}
