import Foundation
import Testing

@testable import ZAPISimulator

/// The queue, and what happens to it while a phone is disconnected and when it comes back.
@Suite struct QueueTests {
    private struct Page: Decodable {
        struct Message: Decodable {
            var _id: String
            var ZaapId: String
            var MessageId: String
            var Phone: String
            var Created: Int64
        }

        var messages: [Message]
        var pagingState: String?
        var hasMore: Bool
    }

    private func page(_ client: SimulatorClient, _ body: String = "{}") async throws -> Page {
        let reply = try await client.send("POST", "queue", body)
        #expect(reply.status == 200)
        return try JSONDecoder().decode(Page.self, from: Data(reply.body.utf8))
    }

    private struct Status: Decodable, Equatable {
        var connected: Bool
        var smartphoneConnected: Bool
        var error: String
    }

    private func status(_ client: SimulatorClient) async throws -> Status {
        let reply = try await client.send("GET", "status")
        return try JSONDecoder().decode(Status.self, from: Data(reply.body.utf8))
    }

    private let isWell = Status(connected: true, smartphoneConnected: true, error: "You are already connected.")
    private let isGone = Status(connected: false, smartphoneConnected: false, error: "You are not connected.")

    @Test func `status says for each instance whether its phone is connected`() async throws {
        try await SimulatorClient.with { client in
            var other = client
            other.instance = "B"
            client.simulator.disconnect(instance: "B")
            let statuses = [try await status(client), try await status(other)]
            #expect(statuses == [isWell, isGone])
            try client.simulator.connect(instance: "B")
            let after = try await status(other)
            #expect(after == isWell)
        }
    }

    @Test func `a call for a disconnected phone is answered 200, and rings on reconnection`() async throws {
        try await withTemporaryFile { path in
            try await SimulatorClient.with(ledgerPath: path) { client in
                client.simulator.disconnect(instance: "A")
                let reply = try await client.call("5511999990000", duration: 9)
                #expect(reply.status == 200)
                let held = try #require(client.simulator.ledger().first)
                #expect(!held.rang)
                #expect(held.queued)
                #expect(held.zaapId == reply.strings?["zaapId"])

                let rang = try client.simulator.connect(instance: "A")
                #expect(rang == 1)
                let ring = try #require(client.simulator.ledger().last)
                #expect(ring.endpoint == "ring")
                #expect(ring.method == nil)
                #expect(ring.rang)
                #expect(ring.phone == "5511999990000")
                #expect(ring.callDuration == 9)
                #expect(ring.zaapId == held.zaapId)
                let left = try await page(client)
                #expect(left.messages.isEmpty)
                #expect(try LedgerEntry.read(fileAt: path) == client.simulator.ledger())
            }
        }
    }

    @Test func `what would have rung without a reply is held as well, what is refused is not`() async throws {
        try await SimulatorClient.with { client in
            client.simulator.disconnect(instance: "A")
            for ending in 85...99 {
                _ = await SimulatorClient.outcome { try await client.call("55119999900\(ending)") }
            }
            let held = client.simulator.ledger().filter(\.queued).compactMap(\.behavior)
            #expect(held == [.ninthDigit, .oversized, .hang, .cutAfter, .unreadable])
            let rang = try client.simulator.connect(instance: "A")
            #expect(rang == 5)
        }
    }

    @Test func `the queue is listed oldest first in pages that join without gap or repetition`() async throws {
        try await SimulatorClient.with { client in
            client.simulator.disconnect(instance: "A")
            let phones = (10..<17).map { "55119999900\($0)" }
            for phone in phones { _ = try await client.call(phone) }
            let first = try await page(client, #"{"pageSize": 3}"#)
            #expect(first.messages.map(\.Phone) == Array(phones[0..<3]))
            #expect(first.messages.map(\.Created) == [Int64](repeating: 1_794_000_000_500, count: 3))
            #expect(first.messages.map(\.ZaapId) == client.simulator.ledger().prefix(3).map(\.zaapId))
            #expect(first.hasMore)
            let second = try await page(client, #"{"pageSize": 3, "pagingState": "\#(first.pagingState ?? "")"}"#)
            #expect(second.messages.map(\.Phone) == Array(phones[3..<6]))
            let third = try await page(client, #"{"pageSize": 3, "pagingState": "\#(second.pagingState ?? "")"}"#)
            #expect(third.messages.map(\.Phone) == [phones[6]])
            #expect(!third.hasMore)
            #expect(third.pagingState == nil)
        }
    }

    @Test(arguments: [#"{"pageSize": 31}"#, #"{"pageSize": 0}"#, #"{"pageSize": "3"}"#, #"{"pagingState": "x"}"#, "[]"])
    func `an invalid request for a page is answered 400`(body: String) async throws {
        try await SimulatorClient.with { client in
            let reply = try await client.send("POST", "queue", body)
            #expect(reply.status == 400)
            #expect(reply.error != nil)
        }
    }

    @Test(arguments: [true, false])
    func `a call says how long it rings unless the scenario hides that; a message says its text`(shows: Bool)
        async throws
    {
        var scenario = Scenario.test
        scenario.queueShowsCalls = shows
        scenario.messages = [.init(instance: "A", phone: "5511999990007", text: "oi")]
        try await SimulatorClient.with(scenario) { client in
            client.simulator.send(.init(instance: "A", phone: "5511999990008", text: "cedo demais"))
            client.simulator.disconnect(instance: "A")
            _ = try await client.call("5511999990000", duration: 9)
            client.simulator.send(.init(instance: "A", phone: "5511999990000", text: "olá"))
            let body = try await client.send("POST", "queue", "{}").body
            #expect(body.contains(#""CallDuration":9"#) == shows)
            #expect(body.contains(#""Message":"oi""#) && body.contains(#""Message":"olá""#))
            #expect(!body.contains("cedo demais"))
            let items = try await page(client).messages
            #expect(items.map(\.Phone) == ["5511999990007", "5511999990000", "5511999990000"])
            #expect(Set(items.map(\.ZaapId)).count == 3)
            // Messages go out without a ring.
            #expect(try client.simulator.connect(instance: "A") == 1)
        }
    }

    @Test func `an item that was deleted never rings`() async throws {
        try await SimulatorClient.with { client in
            client.simulator.disconnect(instance: "A")
            let zaapId = try #require(try await client.call("5511999990000").strings?["zaapId"])
            _ = try await client.call("5511999990001")
            let deleted = try await client.send("DELETE", "queue/\(zaapId)")
            #expect(deleted.status == 200)
            let again = try await client.send("DELETE", "queue/\(zaapId)")
            #expect(again.status == 404)
            #expect(try client.simulator.connect(instance: "A") == 1)
            #expect(LedgerEntry.ringsByPhone(in: client.simulator.ledger()) == ["5511999990001": 1])
        }
    }

    @Test func `a cleared queue rings nothing, and other instances keep theirs`() async throws {
        try await SimulatorClient.with { client in
            var other = client
            other.instance = "B"
            client.simulator.disconnect(instance: "A")
            client.simulator.disconnect(instance: "B")
            _ = try await client.call("5511999990000")
            _ = try await other.call("5511999990001")
            let cleared = try await client.send("DELETE", "queue")
            #expect(cleared.status == 200)
            #expect(try client.simulator.connect(instance: "A") == 0)
            #expect(try client.simulator.connect(instance: "B") == 1)
        }
    }

    @Test func `a queue holds a thousand calls and refuses the next`() throws {
        var state = SimulatorState(scenario: Scenario(), ledger: try Ledger(path: nil, keepsInMemory: true))
        _ = state.disconnect("A")
        for number in 0...1_000 {
            let request = IncomingRequest(
                method: "POST",
                path: "/instances/A/token/T/send-call",
                clientToken: nil,
                contentType: "application/json",
                body: Data("{\"phone\":\"\(551_199_990_000 + number * 100)\"}".utf8)
            )
            _ = try state.respond(to: request, at: 0)
        }
        #expect(state.ledger.entries.map(\.httpStatus) == [Int?](repeating: 200, count: 1_000) + [500])
        #expect(try state.connect("A", at: 0).rings == 1_000)
    }

    @Test func `the end of an earlier disconnection does not end a later one`() throws {
        var state = SimulatorState(scenario: Scenario(), ledger: try Ledger(path: nil, keepsInMemory: true))
        let first = state.disconnect("A")
        _ = try state.connect("A", at: 0)
        let second = state.disconnect("A")
        _ = try state.connect("A", endOf: first, at: 0)
        #expect(state.instances["A"]?.isConnected == false)
        _ = try state.connect("A", endOf: second, at: 0)
        #expect(state.instances["A"]?.isConnected == true)
    }

    @Test func `a disconnection with a duration ends automatically`() async throws {
        try await SimulatorClient.with { client in
            client.simulator.disconnect(instance: "A", for: .zero)
            while try await status(client) != isWell {}
        }
    }

    @Test func `a disconnection of the scenario begins automatically`() async throws {
        var scenario = Scenario.test
        scenario.disconnections = [.init(instance: "A", after: .zero, lasting: .seconds(3_600))]
        try await SimulatorClient.with(scenario) { client in
            while try await status(client) != isGone {}
        }
    }
}
