package import CampaignCore
import GRDB

/// What a decision about a reply has done.
package struct DecidedReply: Hashable, Sendable {
    /// Whether the reply waited for a decision; if not, nothing has changed.
    package var isNew: Bool
    /// What followed for its writer.
    package var totals = ReplyTotals()
    /// What whoever dials must know.
    package var effects: [EventEffect] = []
}

/// What has followed from decisions about replies.
package struct ReplyTotals: Hashable, Sendable, Codable {
    /// People who are on the do-not-call list now, and were not before.
    package var blocked = 0
    /// Contacts that will not be called because their person is on the do-not-call list.
    package var excluded = 0
    /// Contacts that go back to `ready`.
    package var ready = 0
    /// People who stay held because another reply of theirs waits.
    package var held = 0

    package init() {}

    package static func += (totals: inout ReplyTotals, more: ReplyTotals) {
        totals.blocked += more.blocked
        totals.excluded += more.excluded
        totals.ready += more.ready
        totals.held += more.held
    }
}

extension CampaignStore {
    /// Decides about a reply that may be an opt-out, or that only a person can understand.
    ///
    /// Blocked, its writer is entered in the do-not-call list, and their other replies that wait are decided too.
    /// Dismissed, their contacts are ready again as soon as no other reply of theirs waits, unless they are on the
    /// do-not-call list.
    ///
    /// - Parameters:
    ///   - reply: its number.
    ///   - user: who decides.
    /// - Returns: nil when there is no such reply.
    package func decide(
        reply: Int64, as decision: ReplyDecision, by user: String, now: Timestamp
    ) async throws(StoreError) -> DecidedReply? {
        // Contacts of a cancelled campaign must not become ready.
        try await finishCancels()
        return try await write { [blockFeed] db in
            // By primary key.
            let found = try Row.fetchOne(
                db,
                sql: "SELECT identity, phone, \(ReplyRows.isUndecided) FROM reply WHERE id = :reply",
                arguments: ["reply": reply])
            guard let row = found else { return nil }
            guard try row.decode(Bool.self, atIndex: 2) else { return DecidedReply(isNew: false) }
            let rows = ReplyRows(db, blockFeed)
            let writer = try rows.identities(
                of: reply, by: try StoredValue.phone(row.decode(atIndex: 1)), main: row.decode(atIndex: 0))
            try db.execute(
                sql: """
                    UPDATE reply SET decision = :decision, decided_at = :now, decided_by = :user WHERE id = :reply
                    """,
                arguments: ["decision": decision.rawValue, "now": now.milliseconds, "user": user, "reply": reply])
            var done = DecidedReply(isNew: true)
            switch decision {
            case .blocked:
                done.effects = try ContactPhones.besides(db, writer).map { .mustNotBeCalled(identity: $0) }
                done.totals = try rows.block(writer, "reply, decided by \(user)", at: now, by: user)
            case .dismissed:
                done.totals = try rows.release(reply: reply)
            }
            done.effects += try CampaignRows.names(db, having: ContactPhones.besides(db, writer))
                .map { .contactsChanged(campaign: $0) }
            return done
        }
    }
}

extension ReplyRows {
    /// SQL condition for replies that wait for a decision, as in the index reply_undecided.
    static let isUndecided = "(reply.decision IS NULL AND (reply.level = 'review' OR reply.level = 'media'))"

    /// Under what its writer must not be called: what the reply holds, the identity by which it is found, and all
    /// numbers that have become known as the same person's since.
    func identities(of reply: Int64, by phone: PhoneNumber, main: Int64) throws -> [Int64] {
        // hold_by_reply.
        let held = try Int64.fetchAll(
            db, sql: "SELECT identity FROM hold WHERE reply_id = :reply", arguments: ["reply": reply])
        return try PersonNumbers(db).all(of: held + [main, phone.identity])
    }
}

extension CampaignRows {
    /// The campaigns that have one of these identities, by name.
    static func names(_ db: Database, having identities: [Int64]) throws -> [String] {
        // Once for each campaign: contact_identity by primary key.
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM campaign WHERE EXISTS (
                    SELECT 1 FROM contact_identity AS known WHERE known.campaign_id = campaign.id
                        AND known.identity IN (SELECT value FROM json_each(:identities)))
                ORDER BY name
                """,
            arguments: ["identities": StoredValue.json(identities)])
    }
}
