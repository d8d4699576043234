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
            try target.execute(
                sql: "INSERT OR IGNORE INTO forgotten_number (hash, forgotten_at) VALUES (?, ?)",
                arguments: [number.decode(Int64.self, atIndex: 0), number.decode(Int64.self, atIndex: 1)])
        }
        try blockCalledSince()
    }

    /// Blocks the forgotten whom a call has reached, or may have, that the copy does not know: also those who had been
    /// forgotten before the copy was made, and were called and forgotten again since.
    private mutating func blockCalledSince() throws {
        let calls = try UnknownCalls(source, in: target)
        var people: Set<Int64> = []
        try calls.forEach { call in
            guard call.matters, ForgottenNumbers.isHash(call.identity) else { return }
            // All numbers of the row are the person's.
            for phone in try ContactPhones.all(source, of: call.contact) where ForgottenNumbers.isHash(phone.identity) {
                try block(hash: phone.identity)
            }
            try block(hash: call.identity)
            if people.insert(call.identity).inserted { carried.forgottenPeople += 1 }
        }
        for call in try calls.deleted() {
            try block(hash: call.hash)
            if people.insert(call.hash).inserted { carried.forgottenPeople += 1 }
        }
    }

    /// By primary key.
    private mutating func block(hash: Int64) throws {
        try target.execute(
            sql: """
                INSERT OR IGNORE INTO block (identity, phone, reason, blocked_at)
                SELECT hash, hash, :reason, forgotten_at FROM forgotten_number WHERE hash = :hash
                """, arguments: ["reason": ContactEraser.reason, "hash": hash])
        carried.blocks += target.changesCount
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
            let isDialed = table == "contact_identity"
            if isDialed { carried.broughtBack = known.count }
            for identity in known where try forgotten.restoreBlock(target, identity, isDialed: isDialed) {
                _ = try BlockRows.excludeWaiting(target, identity)
            }
        }
    }
}
