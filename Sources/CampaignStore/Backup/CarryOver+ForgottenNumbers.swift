import CampaignCore
import Foundation
import GRDB

/// Who was forgotten since a copy was made stands in it by their numbers. They are not called from it: their block comes
/// over as a hash, and holds for the numbers that the copy has; and whoever was called since, too, is blocked, because
/// nobody can list them by their numbers.
extension CarryOver {
    mutating func carryForgottenNumbers() throws {
        let key = "SELECT key FROM erasure"
        guard try Data.fetchOne(source, sql: key) == Data.fetchOne(target, sql: key) else {
            // Another database: its hashes mean nothing here.
            if try ForgottenNumbers.isAny(source) { carried.isComplete = false }
            return
        }
        let numbers = try Row.fetchCursor(source, sql: "SELECT hash, forgotten_at FROM forgotten_number")
        while let number = try numbers.next() {
            let hash: Int64 = try number.decode(atIndex: 0)
            let since: Int64 = try number.decode(atIndex: 1)
            try target.execute(
                sql: "INSERT OR IGNORE INTO forgotten_number (hash, forgotten_at) VALUES (?, ?)",
                arguments: [hash, since])
            guard target.changesCount > 0, try hasUnknownCall(hash) else { continue }
            try target.execute(
                sql: "INSERT OR IGNORE INTO block (identity, phone, reason, blocked_at) VALUES (?1, ?1, ?2, ?3)",
                arguments: [hash, ContactEraser.reason, since])
            carried.blocks += target.changesCount
        }
    }

    /// Whether a call to somebody who was forgotten may have rung, and the copy does not have it.
    private func hasUnknownCall(_ hash: Int64) throws -> Bool {
        // Once for each campaign: contact_identity and attempt by primary key; deleted_call likewise.
        let calls = try Row.fetchAll(
            source,
            sql: """
                SELECT attempt.contact_id, attempt.number, attempt.started_at FROM campaign_row AS campaign
                CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
                CROSS JOIN attempt ON attempt.contact_id = known.contact_id
                WHERE attempt.outcome IS NULL OR attempt.outcome IN ('accepted', 'in_doubt', 'server_error')
                """, arguments: [hash])
        for call in calls {
            // By primary key.
            let isKnown = try Bool.fetchOne(
                target,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM attempt WHERE contact_id = ? AND number = ? AND started_at = ?
                        AND outcome IS NOT NULL)
                    """,
                arguments: [
                    call.decode(Int64.self, atIndex: 0), call.decode(Int64.self, atIndex: 1),
                    call.decode(Int64.self, atIndex: 2),
                ])
            if isKnown != true { return true }
        }
        return try Bool.fetchOne(
            source, sql: "SELECT EXISTS (SELECT 1 FROM deleted_call WHERE hash = ?)", arguments: [hash]) ?? false
    }

    /// Blocks the numbers in the copy whose hashes are on the do-not-call list.
    mutating func blockForgotten() throws {
        guard try ForgottenNumbers.isAny(target) else { return }
        let forgotten = try ForgottenNumbers(target)
        for table in ["contact_identity", "contact_phone"] {
            // Once over the table.
            let rows = try Int64.fetchCursor(
                target, sql: "SELECT DISTINCT identity FROM \(table) WHERE identity < ?",
                arguments: [PhoneNumber.forgotten.lowerBound])
            var known: [Int64] = []
            while let identity = try rows.next() {
                if try forgotten.known(identity) != nil { known.append(identity) }
            }
            for identity in known where try forgotten.restoreBlock(target, identity) {
                _ = try BlockRows.excludeWaiting(target, identity)
            }
        }
    }
}
