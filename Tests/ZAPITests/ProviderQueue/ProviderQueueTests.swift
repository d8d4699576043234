import CampaignCore
import Testing
import ZAPI
import ZAPISimulator

@Suite struct `The provider queue of an instance` {
    @Test func `is empty while everything is sent immediately`() async throws {
        try await withSimulator { simulator, client in
            _ = try await held(1, client)
            #expect(try await client.queued(of: 0) == [])
            #expect(await !client.sendsNothing(from: 0))
            #expect(simulator.ledger().contains { $0.endpoint == "queue" && $0.method == "POST" })
        }
    }

    @Test(arguments: [1, 30, 31, 95])
    func `is read to its end, the oldest first`(calls: Int) async throws {
        try await withSimulator { simulator, client in
            simulator.disconnect(instance: "A")
            #expect(await client.sendsNothing(from: 0))
            let receipts = try await held(calls, client)
            let items = try await client.queued(of: 0)
            #expect(items.map(\.zaapId) == receipts.map(\.zaapId))
            #expect(items.map(\.messageId) == receipts.map(\.messageId))
            #expect(items.first?.phone == PhoneNumber(value: 5_511_900_000_000))
            #expect(items.allSatisfy { $0.createdAt.map { $0 > .epoch } ?? false })
            #expect(simulator.ledger().count { $0.endpoint == "queue" } == (calls + 29) / 30)
        }
    }

    @Test func `can have one item taken out, which then never rings`() async throws {
        try await withSimulator { simulator, client in
            simulator.disconnect(instance: "A")
            let receipts = try await held(3, client)
            try await client.remove(try #require(receipts[1].zaapId), of: 0)
            #expect(try await client.queued(of: 0).map(\.zaapId) == [receipts[0].zaapId, receipts[2].zaapId])
            try simulator.connect(instance: "A")
            #expect(simulator.ledger().filter(\.rang).map(\.zaapId) == [receipts[0].zaapId, receipts[2].zaapId])
        }
    }

    @Test func `says so when an item is not in it`() async throws {
        try await withSimulator { simulator, client in
            simulator.disconnect(instance: "A")
            _ = try await held(1, client)
            await #expect(throws: ProviderError.refused("HTTP 404, Message not found in the queue")) {
                try await client.remove("no/such id?", of: 0)
            }
            #expect(simulator.ledger().last?.endpoint == "queue/{zaapId}")
        }
    }

    /// Each would be another path: that of the whole queue, or of a resource above it.
    @Test(arguments: ["", ".", "..", "/", "%", "null", "Z\u{1B}1", "Z\n1"])
    func `is not cleared by an invalid id`(zaapId: String) async throws {
        try await withSimulator { simulator, client in
            simulator.disconnect(instance: "A")
            _ = try await held(1, client)
            await #expect(throws: ProviderError.self) { try await client.remove(zaapId, of: 0) }
            #expect(try await client.queued(of: 0).count == 1)
            #expect(!simulator.ledger().contains { $0.method == "DELETE" })
        }
    }

    @Test func `is refused with a wrong token, which is not shown`() async throws {
        try await withSimulator(token: "wr0ng-t0ken") { _, client in
            let error = await #expect(throws: ProviderError.self) { try await client.queued(of: 0) }
            guard case .refused(let text)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!text.contains("wr0ng-t0ken"))
        }
    }

    @Test func `is unreachable when the server does not answer`() async throws {
        try await withSimulator { simulator, client in
            await simulator.shutdown()
            await #expect(throws: ProviderError.self) { try await client.queued(of: 0) }
            await #expect(throws: ProviderError.self) { try await client.remove("Z1", of: 0) }
            #expect(await !client.sendsNothing(from: 0))
        }
    }

    /// Places calls, and returns Z-API's ids for them.
    private func held(_ calls: Int, _ client: ZAPIClient) async throws -> [CallReceipt] {
        var receipts: [CallReceipt] = []
        for number in 0..<calls {
            let phone = try #require(PhoneNumber(value: 5_511_900_000_000 + Int64(number / 80 * 100 + number % 80)))
            let reply = await client.call(phone, seconds: 5, through: 0)
            guard case .accepted(let receipt) = reply.verdict else {
                Issue.record("\(reply)")
                continue
            }
            receipts.append(receipt)
        }
        return receipts
    }
}
