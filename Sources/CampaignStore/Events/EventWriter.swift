import CampaignCore
import GRDB

/// Writes events and what follows from them, within one transaction.
final class EventWriter {
    private let db: Database
    private let blockFeed: BlockFeed
    private let instances: EventInstances
    private let calls: CallEvents
    private var latest = Timestamp.epoch

    init(_ db: Database, _ blockFeed: BlockFeed) {
        self.db = db
        self.blockFeed = blockFeed
        instances = EventInstances(db)
        calls = CallEvents(db)
    }

    /// Writes an event, unless it is known.
    ///
    /// One that violates a constraint is kept with a remark, and does not keep the others from being written.
    func write(_ incoming: IncomingEvent) throws -> EventReceipt {
        let instance = try instances.row(of: incoming.instance)
        guard try !EventRows.isKnown(db, incoming.key, instance: instance) else { return EventReceipt(isNew: false) }
        let receipt: EventReceipt
        do {
            receipt = try inSavepoint(db) { try apply(incoming, instance: instance) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            _ = try EventRows.insert(db, incoming, EventPlace(.unmatched, .notApplied), instance: instance)
            receipt = EventReceipt(isNew: true)
        }
        instances.note(incoming, row: instance)
        latest = max(latest, incoming.receivedAt)
        return receipt
    }

    /// Writes the totals, and gives up what has waited too long; after the last event.
    func finish() throws {
        try instances.finish()
        try ParkedEvents.giveUp(db, now: latest, blockFeed)
    }

    private func apply(_ incoming: IncomingEvent, instance: Int64) throws -> EventReceipt {
        let learned = try learnNumbers(incoming)
        var receipt = try applyKind(incoming, instance: instance)
        receipt.effects = learned + receipt.effects.filter { !learned.contains($0) }
        return receipt
    }

    private func applyKind(_ incoming: IncomingEvent, instance: Int64) throws -> EventReceipt {
        let event = incoming.event
        switch event.kind {
        case .delivered, .deliveryFailed, .call:
            return try applyCall(incoming, instance: instance)
        case .reply(let reply):
            let applied = try ReplyEvents(db, blockFeed).apply(
                reply, incoming.event, receivedAt: incoming.receivedAt, instance: instance)
            let row = try EventRows.insert(db, incoming, applied.place, instance: instance)
            try ParkedEvents.park(db, incoming, applied.place, instance: instance, row: row)
            return EventReceipt(isNew: true, effects: applied.effects)
        case .disconnected(let reason):
            return try keep(incoming, .applied, instance, [.disconnected(reason: reason)])
        case .connected:
            return try keep(incoming, .applied, instance, [.connected])
        case .registrationCodeRequested:
            return try keep(incoming, .applied, instance, [.registrationCodeRequested])
        case .other:
            return try keep(incoming, .other, instance, [])
        }
    }

    /// An event that names a phone and an `@lid` says that they are one person.
    ///
    /// - Returns: what follows, if that is news.
    private func learnNumbers(_ incoming: IncomingEvent) throws -> [EventEffect] {
        let event = incoming.event
        guard let phone = event.phone, let lid = event.lid, !phone.isLid, lid.isLid else { return [] }
        switch event.kind {
        case .delivered, .deliveryFailed, .call, .reply:
            return try PersonLinks(db, blockFeed).learn(phone.identity, lid: lid.value, at: incoming.receivedAt)
        case .disconnected, .connected, .registrationCodeRequested, .other: return []
        }
    }

    private func keep(
        _ incoming: IncomingEvent, _ state: EventState, _ instance: Int64, _ effects: [EventEffect]
    ) throws -> EventReceipt {
        _ = try EventRows.insert(db, incoming, EventPlace(state), instance: instance)
        return EventReceipt(isNew: true, effects: effects)
    }

    private func applyCall(_ incoming: IncomingEvent, instance: Int64) throws -> EventReceipt {
        var applied = try calls.apply(incoming.event, receivedAt: incoming.receivedAt, instance: instance)
        let row = try EventRows.insert(db, incoming, applied.place, instance: instance)
        try ParkedEvents.park(db, incoming, applied.place, instance: instance, row: row)
        applied.effects += try ParkedEvents.effects(
            db, of: applied, incoming.event, at: incoming.receivedAt, blockFeed)
        // Whoever it was sent to: WhatsApp restricts the instance.
        if case .deliveryFailed(.shadowBan) = incoming.event.kind,
            let rest = try InstanceRests(db).quarantine(
                instance, at: incoming.receivedAt, because: incoming.event.error ?? "WhatsApp restricts it")
        {
            applied.effects.append(rest)
        }
        return EventReceipt(isNew: true, effects: applied.effects)
    }
}

/// Runs `body` so that its writes are undone if it throws, and those before it stay.
private func inSavepoint<T>(_ db: Database, _ body: () throws -> T) throws -> T {
    try HotStatement(db, "SAVEPOINT event").run()
    do {
        let value = try body()
        try HotStatement(db, "RELEASE event").run()
        return value
    } catch {
        try HotStatement(db, "ROLLBACK TO event").run()
        try HotStatement(db, "RELEASE event").run()
        throw error
    }
}
