import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

@testable import discador

/// A contact is ready again only when it is certain that its call was not sent.
@Suite(.fewAtATime) struct `A call that is removed from the provider queue` {
    private typealias Fate = ClearedItem.Fate

    @Test func `is ready again when Z-API sent nothing before and after and no longer lists it`() async throws {
        try await withQueue(calls: 60) { items, clear in
            let provider = ScriptedProviderQueue(items)
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates == Array(repeating: .ready, count: 60))
            #expect(provider.left.isEmpty)
        }
    }

    @Test func `stays accepted when the instance was connected before or after`() async throws {
        try await withQueue(calls: 3) { items, clear in
            let provider = ScriptedProviderQueue(items)
            // Asked before the first removal and after each: the second of four answers is that it is connected.
            provider.change { $0.isSilent = [true, false, true, true] }
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates[0].isUnconfirmed && fates[1].isUnconfirmed)
            #expect(fates[2] == .ready)
        }
    }

    @Test func `stays accepted when Z-API still lists it, or the list cannot be read again`() async throws {
        try await withQueue(calls: 2) { items, clear in
            let provider = ScriptedProviderQueue(items)
            provider.change { $0.stays = [items[0].call.zaapId] }
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates[0].isKept && fates[1] == .ready)
        }
        try await withQueue(calls: 1) { items, clear in
            let provider = ScriptedProviderQueue(items)
            provider.change { $0.readings = [nil, .unreachable("gone")] }
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates.count == 1 && fates.allSatisfy(\.isUnconfirmed))
        }
    }

    @Test func `stays accepted when it had left the queue before, and its removal is not asked for`() async throws {
        try await withQueue(calls: 2) { items, clear in
            let provider = ScriptedProviderQueue(Array(items.dropFirst()))
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates[0].isUnconfirmed && fates[1] == .ready)
            #expect(provider.asked == [items[1].call.zaapId])
        }
    }

    @Test func `stays accepted when its removal is refused; the others still go`() async throws {
        try await withQueue(calls: 3) { items, clear in
            let provider = ScriptedProviderQueue(items)
            provider.change { $0.errors[items[1].call.zaapId] = .refused("HTTP 400, no") }
            let cleared = try await clear(provider, items)
            let why = ProviderError.refused("HTTP 400, no").phrase
            #expect(cleared.map(\.fate) == [.ready, .kept(why), .ready])
            let line = try #require(cleared[1].line)
            #expect(line.english.contains(" was not removed (Z-API refused the request: HTTP 400, no)"))
            #expect(line.portuguese.contains(" não foi tirado da fila (a Z-API recusou o pedido: HTTP 400, no)"))
            #expect(cleared.map(\.isDone) == [true, false, true])
        }
    }

    @Test(arguments: [ProviderError.throttled(retryAfter: nil), .unreachable("no reply")])
    func `is not tried any more once Z-API does not keep up; those removed before stay removed`(
        error: ProviderError
    ) async throws {
        try await withQueue(calls: 30) { items, clear in
            let provider = ScriptedProviderQueue(items)
            provider.change { $0.errors[items[2].call.zaapId] = error }
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates.prefix(2) == [.ready, .ready])
            #expect(fates.count == 30 && fates.dropFirst(2).allSatisfy(\.isKept))
            #expect(provider.asked.count == 3)
        }
    }

    @Test func `stays accepted when the removal was not answered and the item is gone`() async throws {
        try await withQueue(calls: 1) { items, clear in
            let provider = ScriptedProviderQueue(items)
            provider.change {
                $0.errors[items[0].call.zaapId] = .unreachable("no reply")
                $0.goesDespiteErrors = true
            }
            let fates = try await clear(provider, items).map(\.fate)
            #expect(fates.count == 1 && fates.allSatisfy(\.isUnconfirmed))
        }
    }

    @Test func `of another program is left alone, and so is a message that is known by the id of a call`() async throws
    {
        try await withQueue(calls: 2) { items, clear in
            let foreign = InstanceQueue.Item(call: ProviderQueueItem(zaapId: "F1"), owner: nil)
            var message = items[0]
            message.call.kind = .message
            let provider = ScriptedProviderQueue([foreign, message, items[1]])
            let cleared = try await clear(provider, [foreign, message, items[1]])
            #expect(provider.asked == [items[1].call.zaapId] && provider.left.count == 2)
            #expect(cleared.count { $0.fate == .ready } == 1)
            #expect(cleared.count { $0.fate == .leftAlone(.notOurCall) } == 2)
        }
    }

    private typealias Clear = (ScriptedProviderQueue, [InstanceQueue.Item]) async throws -> [ClearedItem]

    /// Runs `body` with accepted calls; afterwards, contacts whose fate is not `ready` must still be accepted.
    private func withQueue(
        calls: Int, _ body: ([InstanceQueue.Item], Clear) async throws -> Void
    ) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(max(calls, 1)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let reader = try StoreReader(path: cli.database)
        var zaapIds: [String] = []
        try reader.forEachAttempt(campaign: "camp") { if let zaapId = $0.receipt?.zaapId { zaapIds.append(zaapId) } }
        let owners = try reader.owners(ofCalls: zaapIds, instance: "A")
            .merging(reader.owners(ofCalls: zaapIds, instance: "B")) { $1 }
        let items = zaapIds.prefix(calls).map {
            InstanceQueue.Item(call: ProviderQueueItem(zaapId: $0), owner: owners[$0])
        }
        #expect(owners.count == max(calls, 1))
        try await body(items) { provider, items in
            let store = try CampaignStore(
                path: cli.database, holder: .init(pid: 1, host: "test", command: "test", since: .epoch))
            let queue = InstanceQueue(
                instance: "iA", index: 0, health: .disconnected(""), items: .success(items))
            let cleared = try await QueueCleaner(client: provider, store: store, queue: queue).clear(items)
            try store.close()
            let ready = cleared.count { $0.fate == .ready }
            #expect(try cli.counts().ready == ready)
            #expect(try cli.counts().accepted == owners.count - ready)
            return cleared
        }
        await cli.simulator.shutdown()
    }
}

extension ClearedItem.Fate {
    fileprivate var isUnconfirmed: Bool { if case .unconfirmed = self { true } else { false } }
    fileprivate var isKept: Bool { if case .kept = self { true } else { false } }
}
