import CampaignCore
import CampaignRunner
import CampaignStore

/// Accepts events at an address of an instance.
struct SetWebhookAddress: StoreOperation {
    static let name = "webhooks set"

    /// Z-API's id of the instance.
    var instance: String
    /// The instance's name in the campaign file.
    var instanceName: String
    var tokenHash: [UInt8]
    /// Without the token.
    var publicURL: String
    /// Where its events are passed on to; nil: nowhere. It may contain a secret, and goes only into the database.
    var forwardURL: String?
    /// Until when those that the instance had are accepted; nil: as long as before.
    var earlierUntil: Timestamp?

    var label: String { "\(Self.name) \(instanceName)" }
    var logged: ActionDetail { ActionDetail(words: ["instance": instanceName]) }

    /// - Returns: whether this process receives events.
    func perform(in context: OperationContext) async throws -> Bool {
        let address = WebhookAddress(
            instance: instance, tokenHash: tokenHash, forwardURL: forwardURL.map { Secret($0) })
        let entry = WebhookAddressEntry(
            address: address, name: instanceName, publicURL: publicURL, createdAt: SystemEnvironment.now())
        try await context.store.setWebhookAddress(entry, overlap: earlierUntil)
        await context.onWebhookAddresses?()
        return await context.dialing?.hearsEvents ?? false
    }
}

/// No longer accepts events at an address that Z-API has not taken.
struct RemoveWebhookAddress: StoreOperation {
    static let name = "webhooks remove"

    var tokenHash: [UInt8]

    /// - Returns: whether it was there.
    func perform(in context: OperationContext) async throws -> Bool {
        let wasThere = try await context.store.removeWebhookAddress(tokenHash: tokenHash)
        await context.onWebhookAddresses?()
        return wasThere
    }
}

/// Ends the quarantine of an instance.
struct ReleaseInstance: StoreOperation {
    static let name = "webhooks release"

    /// Z-API's id of the instance.
    var instance: String

    /// Not the instance: its id is half of what an address is made of, and its name is not known here.
    func counts(of wasQuarantined: Bool) -> [String: Int] { ["released": wasQuarantined ? 1 : 0] }

    /// - Returns: whether it was in quarantine.
    func perform(in context: OperationContext) async throws -> Bool {
        let was = try await context.store.releaseQuarantine(instance: instance, now: SystemEnvironment.now())
        context.dialing?.control.release(instance: instance)
        return was
    }
}

/// Applies stored events again, in short transactions, so that calls and other commands continue in between.
struct ReplayEvents: CampaignOperation {
    static let name = "webhooks replay"

    private static let sliceSize = 200

    var campaign: String
    /// Z-API's ids of the instances.
    var instances: [String]
    var since = Timestamp.epoch
    var isUnmatchedOnly: Bool

    func counts(of totals: ReplayTotals) -> [String: Int] {
        ["events": totals.events, "matched": totals.matched, "changed": totals.changed]
    }

    func perform(in context: OperationContext) async throws -> ReplayTotals {
        var totals = ReplayTotals()
        var last: Int64 = 0
        while true {
            let slice = try context.store.reader().events(after: last, limit: Self.sliceSize)
            guard let end = slice.last else { return totals }
            last = end.id
            let events = try slice.filter(isMeant).compactMap { try read($0, context.store) }
            guard !events.isEmpty else { continue }
            let (some, effects) = try await context.store.replay(events)
            totals.events += some.events
            totals.matched += some.matched
            totals.changed += some.changed
            for (instance, effect) in effects { context.dialing?.control.note(effect, instance: instance) }
        }
    }

    private func isMeant(_ stored: EventEntry) -> Bool {
        instances.contains(stored.instance) && stored.receivedAt >= since
            && (!isUnmatchedOnly || stored.state != .applied)
    }

    /// Nil when its body has been removed.
    private func read(_ stored: EventEntry, _ store: CampaignStore) throws -> ReplayedEvent? {
        let body = try store.reader().body(ofEvent: stored.id)
        return stored.event(body).map { ReplayedEvent(stored: stored, event: $0) }
    }
}
