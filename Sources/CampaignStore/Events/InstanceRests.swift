package import CampaignCore
import GRDB

/// Rests and quarantines of instances, by what webhooks say about their calls.
struct InstanceRests {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Takes in what an event says about a call.
    ///
    /// - Returns: the effect, when the instance must rest from now on.
    func note(_ fact: CallFact, of call: StoredCall, instance: Int64, at now: Timestamp) throws -> EventEffect? {
        // The first that is heard of the call; a shadow ban has been dealt with when the event arrived.
        guard call.facts.standing == .nothing else { return nil }
        // By rowid.
        let read = try HotStatement(db, "SELECT last_deliveries FROM instance WHERE id = ?")
        read.bind(instance, at: 1)
        var streak = DeliveryStreak(letters: try read.firstText() ?? "")
        let before = streak
        let trouble = streak.note(fact)
        if streak != before {
            let write = try HotStatement(db, "UPDATE instance SET last_deliveries = ? WHERE id = ?")
            write.bind(streak.letters, at: 1)
            write.bind(instance, at: 2)
            try write.run()
        }
        switch trouble {
        case nil: return nil
        case .rejected:
            return try quarantine(instance, at: now, because: "WhatsApp rejected several of its calls")
        case .unknown:
            return try rest(instance, at: now, because: "Z-API does not know whether its last calls went out")
        }
    }

    /// Begins a quarantine, unless one is under way.
    func quarantine(_ instance: Int64, at now: Timestamp, because reason: String) throws -> EventEffect? {
        var quarantine = try current(instance)
        guard quarantine.begin(at: now), let until = quarantine.until else { return nil }
        try db.execute(
            sql: """
                UPDATE instance SET quarantine_level = :level, quarantine_until = :until, quarantine_reason = :reason
                WHERE id = :instance
                """,
            arguments: [
                "level": quarantine.level, "until": until.milliseconds, "reason": reason, "instance": instance,
            ])
        return .quarantined(until: until, reason: reason)
    }

    private func rest(_ instance: Int64, at now: Timestamp, because reason: String) throws -> EventEffect? {
        if let until = try current(instance).until, now < until { return nil }
        let until = now.advanced(by: InstanceQuarantine.rest)
        try db.execute(
            sql: "UPDATE instance SET rest_until = :until, quarantine_reason = :reason WHERE id = :instance",
            arguments: ["until": until.milliseconds, "reason": reason, "instance": instance])
        return .quarantined(until: until, reason: reason)
    }

    private func current(_ instance: Int64) throws -> InstanceQuarantine {
        // By rowid.
        let row = try Row.fetchOne(
            db, sql: "SELECT quarantine_level, quarantine_until FROM instance WHERE id = ?", arguments: [instance])
        guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "instance row is gone") }
        return InstanceQuarantine(
            level: try row.decode(atIndex: 0), until: StoredValue.moment(try row.decode(atIndex: 1)))
    }
}

/// A rest of an instance: WhatsApp restricts it, or what became of its calls is unknown.
package struct InstanceRest: Hashable, Sendable {
    package var until: Timestamp
    /// Why, in words for people.
    package var reason: String
}

extension InstanceRows {
    /// Until when an instance must rest because of what webhooks said, and why; nil when it need not. By rowid.
    static func rest(_ db: Database, of id: Int64, at now: Timestamp) throws -> InstanceRest? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT max(ifnull(quarantine_until, 0), ifnull(rest_until, 0)), quarantine_reason FROM instance
                WHERE id = :id
                """,
            arguments: ["id": id])
        guard let row else { return nil }
        let until = Timestamp(milliseconds: try row.decode(atIndex: 0))
        guard now < until else { return nil }
        return InstanceRest(until: until, reason: try row.decode(String?.self, atIndex: 1) ?? "")
    }
}

extension CampaignStore {
    /// Ends the quarantine or rest of an instance, because a person says so. The next quarantine is longer all the
    /// same.
    ///
    /// - Parameter id: Z-API's id of the instance.
    /// - Returns: whether there was one.
    package func releaseQuarantine(instance id: String, now: Timestamp) async throws(StoreError) -> Bool {
        try await write { db in
            // By the unique index on zapi_id.
            try db.execute(
                sql: """
                    UPDATE instance SET quarantine_until = NULL, rest_until = NULL, quarantine_reason = NULL
                    WHERE zapi_id = :id AND (quarantine_until > :now OR rest_until > :now)
                    """,
                arguments: ["id": id, "now": now.milliseconds])
            return db.changesCount > 0
        }
    }
}
