import CampaignCore
import Foundation
import GRDB

/// Who was forgotten since a copy was made stands in it by their numbers. They are not called from it: their block comes
/// over as a hash, and holds for the numbers that the copy has.
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
            try target.execute(
                sql: "INSERT OR IGNORE INTO forgotten_number (hash, forgotten_at) VALUES (?, ?)",
                arguments: [number.decode(Int64.self, atIndex: 0), number.decode(Int64.self, atIndex: 1)])
        }
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
