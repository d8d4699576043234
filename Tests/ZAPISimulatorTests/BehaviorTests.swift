import AsyncHTTPClient
import Foundation
import Ongoing
import Testing

@testable import ZAPISimulator

/// Each behavior as a real client sees it over loopback, and as the ledger records it.
@Suite struct BehaviorTests {
    private func phone(_ behavior: Behavior) throws -> String {
        let row = try #require(Behavior.digitTable.first { $0.behavior == behavior })
        return "55119999900\(row.digits)"
    }

    @Test func `every ending of the table chooses its behavior and all others are accepted`() {
        for ending in 0..<100 {
            let digits = ending < 10 ? "0\(ending)" : "\(ending)"
            let expected = Behavior.digitTable.first { $0.digits == digits }?.behavior ?? .accept
            #expect(Behavior.chosenByDigits(of: "55119999900\(digits)") == expected)
            #expect(Behavior.chosenByDigits(of: "9999999999999\(digits)@lid") == expected)
        }
        #expect(Set(Behavior.digitTable.map(\.behavior)) == Set(Behavior.allCases).subtracting([.accept]))
    }

    @Test func `a throttled phone is refused twice with seconds to wait, then rings once`() async throws {
        try await SimulatorClient.with { client in
            let phone = try phone(.throttle)
            for _ in 0..<2 {
                let reply = try await client.call(phone)
                #expect(reply.status == 429)
                #expect(reply.headers["retry-after"] == "1")
                #expect(reply.error != nil)
            }
            #expect(try await client.call(phone).status == 200)
            #expect(client.simulator.ledger().map(\.rang) == [false, false, true])
            #expect(client.simulator.ledger().map(\.httpStatus) == [429, 429, 200])
        }
    }

    @Test func `refusals are counted by phone, whichever instance calls`() async throws {
        try await SimulatorClient.with { client in
            var other = client
            other.instance = "B"
            let first = try await client.call(phone(.failOnce))
            #expect(first.status == 500)
            let second = try await other.call(phone(.failOnce))
            #expect(second.status == 200)
        }
    }

    @Test func `a phone throttled by date says until when, rounded up to the second`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone(.throttleByDate))
            #expect(reply.status == 429)
            // The clock of the test stands at 1794000000.5 s.
            #expect(reply.headers["retry-after"] == HTTPDate.text(seconds: 1_794_000_002))
            #expect(try await client.call(phone(.throttleByDate)).status == 200)
        }
    }

    @Test(
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
        ] as [(Int64, String)]
    ) func `dates are written as RFC 9110 shows`(seconds: Int64, text: String) {
        #expect(HTTPDate.text(seconds: seconds) == text)
    }

    @Test(
        arguments: [
            (.failOnce, 500, "Internal error"), (.busy, 503, "Service Unavailable"),
        ] as [(Behavior, Int, String)]
    ) func `a phone that fails once rings on the second try`(
        behavior: Behavior,
        status: Int,
        error: String
    ) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone(behavior))
            #expect(reply.status == status)
            #expect(reply.error == error)
            #expect(reply.headers["retry-after"] == nil)
            #expect(try await client.call(phone(behavior)).status == 200)
            #expect(client.simulator.ledger().map(\.rang) == [false, true])
        }
    }

    @Test(
        arguments: [
            (.fail, 500, "Internal error"), (.refuse, 400, "Whatsapp rejected sending this message"),
            (.noWhatsApp, 400, "Phone number does not exist"), (.refuseVaguely, 400, "Operation failed"),
        ] as [(Behavior, Int, String)]
    ) func `a phone that is refused never rings`(behavior: Behavior, status: Int, error: String) async throws {
        try await SimulatorClient.with { client in
            for _ in 0..<3 {
                let reply = try await client.call(phone(behavior))
                #expect(reply.status == status)
                #expect(reply.error == error)
            }
            #expect(client.simulator.ledger().map(\.rang) == [false, false, false])
            #expect(client.simulator.ledger().allSatisfy { $0.zaapId == nil && $0.behavior == behavior })
        }
    }

    @Test(
        arguments: [(.hang, true), (.cutAfter, true), (.cutBefore, false)] as [(Behavior, Bool)]
    ) func `a lost connection leaves the client without a byte and the ledger with the truth`(
        behavior: Behavior,
        rang: Bool
    ) async throws {
        try await SimulatorClient.with { client in
            let phone = try phone(behavior)
            #expect(await SimulatorClient.outcome { try await client.call(phone) } == .remoteConnectionClosed)
            let entry = try #require(client.simulator.ledger().first)
            #expect(entry.rang == rang)
            #expect(entry.httpStatus == nil)
            #expect((entry.zaapId != nil) == rang)
        }
    }

    @Test func `an unreadable reply rings and is not JSON`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone(.unreadable))
            #expect(reply.status == 200)
            #expect(reply.strings == nil)
            #expect(client.simulator.ledger().map(\.rang) == [true])
        }
    }

    @Test func `an oversized reply rings and is longer than 64 KiB`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone(.oversized))
            #expect(reply.status == 200)
            #expect(reply.body.utf8.count > 64 * 1_024)
            #expect(client.simulator.ledger().map(\.rang) == [true])
        }
    }

    @Test func `a gateway's page is HTML and nothing rings`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone(.gatewayPage))
            #expect(reply.status == 502)
            #expect(reply.headers["content-type"] == "text/html")
            #expect(reply.strings == nil)
            #expect(client.simulator.ledger().map(\.rang) == [false])
        }
    }

    @Test func `a gateway that gives up replies after the ring, in a form that is not Z-API's`() async throws {
        try await SimulatorClient.with { client in
            let page = try await client.call(phone(.gatewayBusy))
            #expect(page.status == 503 && page.headers["content-type"] == "text/html" && page.strings == nil)
            let framework = try await client.call(phone(.gatewayError))
            #expect(framework.status == 500 && framework.body.contains("Internal Server Error"))
            #expect(framework.body.contains(#""status":500"#) && framework.body.contains(#""path":"#))
            #expect(client.simulator.ledger().map(\.rang) == [true, true])
        }
    }

    @Test func `a redirect points elsewhere and nothing rings`() async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.call(phone(.redirect))
            #expect(reply.status == 302)
            #expect(reply.headers["location"] == "/elsewhere")
            #expect(client.simulator.ledger().map(\.rang) == [false])
        }
    }

    @Test func `a hanging call does not delay a shutdown`() async throws {
        var scenario = Scenario.test
        scenario.hang = .seconds(3_600)
        try await SimulatorClient.with(scenario) { client in
            let hanging = try phone(.hang)
            let lost = OngoingTask { await SimulatorClient.outcome { try await client.call(hanging) } }
            try await lost.wait(for: "a line of the ledger") { !client.simulator.ledger().isEmpty }
            await client.simulator.shutdown()
            #expect(try await lost.value == .remoteConnectionClosed)
            #expect(client.simulator.ledger().map(\.rang) == [true])
        }
    }
}
