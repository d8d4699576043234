import CampaignCore
import Foundation
import GRDB

/// What the database stores about an instance besides its name: its pace, its use, what the campaigns allow it, and its
/// condition.
enum InstanceRows {
    // MARK: Paces

    static func pace(_ db: Database, ofInstance id: Int64, isUncertain: Bool) throws -> PaceMark {
        try pace(db, in: "instance", id, isUncertain)
    }

    static func pace(_ db: Database, ofCampaign id: Int64, isUncertain: Bool) throws -> PaceMark {
        try pace(db, in: "campaign", id, isUncertain)
    }

    private static func pace(_ db: Database, in table: String, _ id: Int64, _ isUncertain: Bool) throws -> PaceMark {
        let row = try Row.fetchOne(
            db, sql: "SELECT next_at, next_boot, next_uptime FROM \(table) WHERE id = :id", arguments: ["id": id])
        guard let row else { return PaceMark(nextAt: .epoch, isUncertain: isUncertain) }
        var uptime: Uptime?
        if let boot = try row.decode(String?.self, atIndex: 1),
            let milliseconds = try row.decode(Int64?.self, atIndex: 2)
        {
            uptime = Uptime(boot: boot, duration: .milliseconds(milliseconds))
        }
        return PaceMark(
            nextAt: Timestamp(milliseconds: try row.decode(atIndex: 0)), nextUptime: uptime, isUncertain: isUncertain)
    }

    /// Marks the paces of calls that a killed run left open as uncertain, before these calls are resolved: the next run
    /// waits for a full gap.
    static func forgetWhen(_ db: Database, callsOf campaign: Int64) throws {
        // contact_by_turn finds contacts in `dialing`; attempt by primary key.
        try db.execute(
            sql: """
                UPDATE instance SET next_boot = NULL WHERE id IN (
                    SELECT attempt.instance_id FROM contact
                    CROSS JOIN attempt ON attempt.contact_id = contact.id AND attempt.number = contact.attempts
                    WHERE contact.campaign_id = :campaign AND contact.state = 'dialing')
                """,
            arguments: ["campaign": campaign])
        guard db.changesCount > 0 else { return }
        try db.execute(
            sql: "UPDATE campaign_row SET next_boot = NULL WHERE id = :campaign", arguments: ["campaign": campaign])
    }

    // MARK: Condition

    /// Why an instance was not in use when a run last checked. By rowid.
    static func trouble(_ db: Database, of id: Int64) throws -> String? {
        try String.fetchOne(db, sql: "SELECT condition_reason FROM instance WHERE id = :id", arguments: ["id": id])
    }

    /// Records what is reported about the instances and the clock.
    static func note(_ db: Database, _ batch: CommitBatch, _ numbers: CallerNumbers) throws {
        for (number, condition) in batch.conditions {
            try db.execute(
                sql: """
                    UPDATE instance SET condition = :word, condition_reason = :reason, condition_since = :since,
                        condition_until = :until, queued_items = :queued
                    WHERE id = :id
                    """,
                arguments: [
                    "word": condition.word.rawValue, "reason": condition.reason, "since": condition.since.milliseconds,
                    "until": condition.until?.milliseconds, "queued": condition.queuedItems,
                    "id": try numbers.instance(number),
                ])
        }
        if let offset = batch.believedOffset {
            try db.execute(
                sql: "UPDATE store SET boot = :boot, believed_offset = :offset",
                arguments: ["boot": numbers.boot, "offset": offset])
        }
    }
}
