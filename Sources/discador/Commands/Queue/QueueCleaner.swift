import CampaignCore
import CampaignStore
import ZAPI

/// A line whose queue can be changed.
protocol ClearableProviderQueue: ProviderQueue {
    /// Takes one item out; returns when Z-API says that it is gone.
    func remove(_ zaapId: String, of instance: Int) async throws(ProviderError)

    /// Whether Z-API certainly sends nothing from the queue at present.
    func sendsNothing(from instance: Int) async -> Bool
}

extension ZAPIClient: ClearableProviderQueue {}

/// Takes items out of the queue of one instance, and puts the contacts back that certainly were not called: Z-API had
/// the item, said before and after that it sends nothing, said that the item is gone, and lists it no more.
struct QueueClearing {
    /// Items between two looks at the whole queue: should this process be killed in between, at most so many contacts
    /// count as accepted whose calls are gone.
    private static let round = 25

    let line: any ClearableProviderQueue
    let store: CampaignStore
    /// The queue as it was shown.
    let queue: InstanceQueue

    /// - Parameter items: what is to go, of this queue; what is not a call of ours is left alone all the same.
    func clear(_ items: [InstanceQueue.Item]) async throws(StoreError) -> [ClearedItem] {
        let (items, others) = (items.filter(\.isOurCall), items.filter { !$0.isOurCall })
        var fates: [ClearedItem.Fate] = []
        var stop: ProviderError?
        while fates.count < items.count, stop == nil {
            let round = Round(items: Array(items.dropFirst(fates.count).prefix(Self.round)))
            let outcome = await round.remove(line, from: queue.index)
            stop = outcome.stop
            fates += try await requeue(outcome.fates, of: round.items)
        }
        if let stop {
            fates += repeatElement(.kept("not tried: \(stop)"), count: items.count - fates.count)
        }
        return zip(items + others, fates + others.map { .leftAlone($0.otherOwner) }).map {
            ClearedItem(instance: queue.instance, item: $0, fate: $1)
        }
    }

    /// Puts the contacts back of items that are certainly gone, and says so in their fates.
    private func requeue(
        _ fates: [ClearedItem.Fate?], of items: [InstanceQueue.Item]
    ) async throws(StoreError) -> [ClearedItem.Fate] {
        let gone = zip(items, fates).compactMap { $1 == nil ? Self.call($0) : nil }
        let requeued = gone.isEmpty ? RequeuedCalls() : try await store.requeue(gone)
        return zip(items, fates).map { item, fate in
            if let fate { return fate }
            guard let call = Self.call(item) else { return .leftAlone(item.otherOwner) }
            if requeued.ready.contains(call) { return .ready }
            if requeued.blocked.contains(call) { return .excluded }
            return .unconfirmed("its contact is no longer accepted by this call, or a webhook told that it went out")
        }
    }

    private static func call(_ item: InstanceQueue.Item) -> ClearedCall? {
        item.owner.map { ClearedCall(attempt: $0.attempt, zaapId: item.call.shownId) }
    }
}

/// Some items that are taken out between two looks at the whole queue.
private struct Round {
    let items: [InstanceQueue.Item]

    /// What came of an item that was asked to go.
    private struct Removal {
        var zaapId: String
        /// Z-API's answer; nil when it says that the item is gone.
        var error: ProviderError?
        /// Whether nothing can have been sent from just before to just after.
        var wasSilent: Bool
    }

    /// Takes them out one by one; `stop` is why there are fewer fates than items. A fate of nil: it certainly is gone, and
    /// certainly was not sent.
    func remove(
        _ line: any ClearableProviderQueue, from instance: Int
    ) async -> (fates: [ClearedItem.Fate?], stop: ProviderError?) {
        let before: Set<String>
        do throws(ProviderError) {
            before = Set(try await line.queued(of: instance).map(\.zaapId))
        } catch {
            return ([], error)
        }
        var removals: [Removal] = []
        var stop: ProviderError?
        var isSilent = await line.sendsNothing(from: instance)
        for item in items where stop == nil {
            var removal = Removal(zaapId: item.call.zaapId, error: nil, wasSilent: isSilent)
            if before.contains(removal.zaapId) {
                do throws(ProviderError) {
                    try await line.remove(removal.zaapId, of: instance)
                } catch {
                    removal.error = error
                    stop = Self.endsAll(error)
                }
                isSilent = await line.sendsNothing(from: instance)
                removal.wasSilent = removal.wasSilent && isSilent
            }
            removals.append(removal)
        }
        let after = try? await line.queued(of: instance).map(\.zaapId)
        return (removals.map { Self.fate($0, before: before, after: after.map(Set.init)) }, stop)
    }

    /// An error that the next item would meet too.
    private static func endsAll(_ error: ProviderError) -> ProviderError? {
        switch error {
        case .refused: nil
        case .throttled, .unreachable: error
        }
    }

    /// - Parameter after: what the queue holds afterwards; nil when it could not be read.
    private static func fate(_ removal: Removal, before: Set<String>, after: Set<String>?) -> ClearedItem.Fate? {
        guard before.contains(removal.zaapId) else { return .unconfirmed("it had left the queue already") }
        if after?.contains(removal.zaapId) ?? false {
            return .kept(removal.error?.description ?? "Z-API says that it is gone, and still lists it")
        }
        if let error = removal.error {
            return after == nil ? .kept(error.description) : .unconfirmed(error.description)
        }
        guard removal.wasSilent else { return .unconfirmed("the instance was not disconnected all the while") }
        return after == nil ? .unconfirmed("the queue could not be read again") : nil
    }
}
