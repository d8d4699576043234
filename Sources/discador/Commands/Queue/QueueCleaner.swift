import CampaignCore
import CampaignStore
import ZAPI

/// A provider queue from which items can be removed.
protocol ClearableProviderQueue: ProviderQueue {
    /// Removes one item; returns once Z-API confirms that it is gone.
    func remove(_ zaapId: String, of instance: Int) async throws(ProviderError)

    /// Whether Z-API certainly sends nothing from the queue at present.
    func sendsNothing(from instance: Int) async -> Bool
}

extension ZAPIClient: ClearableProviderQueue {}

/// Removes items from the provider queue of one instance, and requeues the contacts that certainly were not called.
/// That means: Z-API had the item, reported before and after the removal that it was sending nothing, confirmed that
/// the item is gone, and no longer lists it.
struct QueueCleaner {
    /// Items removed between two readings of the whole queue: if this process is killed in between, at most this many
    /// contacts count as accepted although their calls are gone.
    private static let batchSize = 25

    let client: any ClearableProviderQueue
    let store: CampaignStore
    /// The queue as it was shown to the user.
    let queue: InstanceQueue

    /// - Parameter items: what to remove from this queue; calls that are not ours are left alone nevertheless.
    func clear(_ items: [InstanceQueue.Item]) async throws(StoreError) -> [ClearedItem] {
        let (items, others) = (items.filter(\.isOurCall), items.filter { !$0.isOurCall })
        var fates: [ClearedItem.Fate] = []
        var stop: ProviderError?
        while fates.count < items.count, stop == nil {
            let batch = Batch(items: Array(items.dropFirst(fates.count).prefix(Self.batchSize)))
            let outcome = await batch.remove(from: client, instance: queue.index)
            stop = outcome.stop
            fates += try await requeue(outcome.fates, of: batch.items)
        }
        if let stop {
            let why = Phrase("not tried: ", "nem se tentou: ") + stop.phrase
            fates += repeatElement(.kept(why), count: items.count - fates.count)
        }
        return zip(items + others, fates + others.map { .leftAlone($0.otherOwner) }).map {
            ClearedItem(instance: queue.instance, item: $0, fate: $1)
        }
    }

    /// Requeues the contacts of items that are certainly gone, and records that in the items' fates.
    private func requeue(
        _ fates: [ClearedItem.Fate?], of items: [InstanceQueue.Item]
    ) async throws(StoreError) -> [ClearedItem.Fate] {
        let gone = zip(items, fates).compactMap { $1 == nil ? Self.call($0) : nil }
        let requeued = gone.isEmpty ? RequeuedCalls() : try await store.requeue(gone)
        return zip(items, fates).map { item, fate in
            if let fate { return fate }
            guard let call = Self.call(item) else { return .leftAlone(item.otherOwner) }
            if requeued.ready.contains(call) { return .ready }
            if requeued.blocked.contains(call) {
                return .excluded(
                    Phrase("on the do-not-call list and excluded", "está na lista de não ligar e foi excluído"))
            }
            if requeued.excluded.contains(call) {
                return .excluded(
                    Phrase(
                        "excluded: its campaign was cancelled, or its list replaced",
                        "foi excluído: a campanha foi cancelada, ou a lista foi substituída"))
            }
            return .unconfirmed(
                Phrase(
                    "it is no longer the accepted call of its contact, or a webhook reported that it was sent",
                    "já não é a ligação aceita do contato, ou um webhook avisou que ela saiu"))
        }
    }

    private static func call(_ item: InstanceQueue.Item) -> ClearedCall? {
        item.owner.map { ClearedCall(attempt: $0.attempt, zaapId: item.call.shownId) }
    }
}

/// Items removed between two readings of the whole queue.
private struct Batch {
    let items: [InstanceQueue.Item]

    /// What happened to an item.
    private struct Removal {
        var zaapId: String
        /// Z-API's answer; nil when it says that the item is gone.
        var error: ProviderError?
        /// Whether nothing can have been sent from just before the removal to just after it.
        var wasSilent: Bool
    }

    /// Removes them one by one. `stop` says why there are fewer fates than items. A nil fate means that the item
    /// certainly is gone and was not sent.
    func remove(
        from queue: any ClearableProviderQueue, instance: Int
    ) async -> (fates: [ClearedItem.Fate?], stop: ProviderError?) {
        let before: Set<String>
        do throws(ProviderError) {
            before = Set(try await queue.queued(of: instance).map(\.zaapId))
        } catch {
            return ([], error)
        }
        var removals: [Removal] = []
        var stop: ProviderError?
        var isSilent = await queue.sendsNothing(from: instance)
        for item in items where stop == nil {
            var removal = Removal(zaapId: item.call.zaapId, error: nil, wasSilent: isSilent)
            if before.contains(removal.zaapId) {
                do throws(ProviderError) {
                    try await queue.remove(removal.zaapId, of: instance)
                } catch {
                    removal.error = error
                    stop = Self.stop(error)
                }
                isSilent = await queue.sendsNothing(from: instance)
                removal.wasSilent = removal.wasSilent && isSilent
            }
            removals.append(removal)
        }
        let after = try? await queue.queued(of: instance).map(\.zaapId)
        return (removals.map { Self.fate($0, before: before, after: after.map(Set.init)) }, stop)
    }

    /// The error, if it would affect the next item too.
    private static func stop(_ error: ProviderError) -> ProviderError? {
        switch error {
        case .refused: nil
        case .throttled, .unreachable: error
        }
    }

    /// - Parameter after: what the queue holds afterwards; nil when it could not be read.
    private static func fate(_ removal: Removal, before: Set<String>, after: Set<String>?) -> ClearedItem.Fate? {
        guard before.contains(removal.zaapId) else {
            return .unconfirmed(Phrase("it had already left the queue", "já tinha saído da fila"))
        }
        if after?.contains(removal.zaapId) ?? false {
            return .kept(
                removal.error?.phrase
                    ?? Phrase(
                        "Z-API says that it is gone, but still lists it",
                        "a Z-API diz que ele não está mais lá, mas ainda o mostra"))
        }
        if let error = removal.error { return after == nil ? .kept(error.phrase) : .unconfirmed(error.phrase) }
        guard removal.wasSilent else {
            return .unconfirmed(
                Phrase(
                    "the instance was not disconnected the whole time",
                    "a instância não esteve desconectada o tempo todo"))
        }
        guard after == nil else { return nil }
        return .unconfirmed(Phrase("the queue could not be read again", "não foi possível ler a fila de novo"))
    }
}
