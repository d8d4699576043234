import CampaignCore
import Foundation
import GRDB
import Glibc

/// The calls of a replaced database that the copy in its place does not have, or whose end it does not know, or for which
/// it would call somebody again because it does not know what became of them.
package struct ForgottenCalls: Hashable, Sendable {
    /// How many there are, whatever came of them.
    package var count = 0
    /// How many people they may have reached who can be listed.
    package var people = 0
    /// A list of those people that `block import` reads; nil when there are none.
    package var list: String?
    /// How many more people they may have reached, who have been forgotten since: nobody can list them
    /// (``CarriedOver/forgottenPeople``).
    package var unlisted = 0
}

extension StoreReader {
    /// Finds the calls that another database does not have, or does not know enough of, and lists whom they may have
    /// reached.
    ///
    /// - Parameter list: the file that is written, if there is anybody.
    /// - Returns: nil when the calls cannot be read.
    func forgottenCalls(by copy: String, listedAs list: String) throws(StoreError) -> ForgottenCalls? {
        let found = try? translatingErrors(path: copy) {
            let target = try DatabaseQueue(path: copy)
            let found = try target.read { copy in try connection.read { db in try Self.unknownCalls(db, to: copy) } }
            try target.close()
            return found
        }
        guard let found else { return nil }
        let last = found.last
        var forgotten = ForgottenCalls(count: found.count, people: last.count, unlisted: found.forgotten.count)
        guard !last.isEmpty else { return forgotten }
        var lines = ["phone,reason"]
        for call in last.values.sorted(by: { $0.phone < $1.phone }) {
            guard let phone = PhoneNumber(value: call.phone) else { return nil }
            let moment = Timestamp(milliseconds: call.at).iso8601(utcOffset: 0)
            lines.append("\(phone.isLid ? "" : "+")\(phone.text),called \(moment) and forgotten by a restore")
        }
        let content = Data((lines.joined(separator: "\n") + "\n").utf8)
        // Readable by its owner only, like the database.
        guard
            FileManager.default.createFile(
                atPath: list, contents: content, attributes: [.posixPermissions: 0o600])
        else { throw .io(path: list, detail: lastSystemError()) }
        forgotten.list = list
        return forgotten
    }

    /// How many calls another database does not have, or not as this one; and whom they have reached, or may have, or who
    /// is not to be called for what is known of them.
    private static func unknownCalls(_ db: Database, to copy: Database) throws -> Found {
        let calls = try UnknownCalls(db, in: copy)
        var found = Found()
        try calls.forEach { call in
            found.count += 1
            guard call.matters else { return }
            guard !ForgottenNumbers.isHash(call.identity) else {
                found.forgotten.insert(call.identity)
                return
            }
            guard call.startedAt >= found.last[call.identity]?.at ?? .min else { return }
            found.last[call.identity] = (call.phone, call.startedAt)
        }
        for call in try calls.deleted() {
            found.count += 1
            found.forgotten.insert(call.hash)
        }
        return found
    }

    private struct Found {
        var count = 0
        /// The number that was dialed for each person who can be listed, and when the last of the calls began.
        var last: [Int64: (phone: Int64, at: Int64)] = [:]
        /// What stands for the numbers of the others.
        var forgotten: Set<Int64> = []
    }
}
