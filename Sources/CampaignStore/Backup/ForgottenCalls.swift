import CampaignCore
import Foundation
import GRDB
import Glibc

/// The calls of a replaced database that the copy in its place does not have, or whose end it does not know, or for which
/// it would call somebody again because it does not know what became of them.
package struct ForgottenCalls: Hashable, Sendable {
    /// How many there are, whatever came of them.
    package var count = 0
    /// How many people they may have reached.
    package var people = 0
    /// A list of those people that `block import` reads; nil when there are none.
    package var list: String?
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
        guard let (count, last) = found else { return nil }
        var forgotten = ForgottenCalls(count: count, people: last.count)
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

    /// How many calls another database does not have, or not as this one; and for each person whom such a call has reached,
    /// or may have, or who is not to be called for what is known of it, the number that was dialed and when the last of
    /// them began.
    private static func unknownCalls(
        _ db: Database, to copy: Database
    ) throws -> (count: Int, last: [Int64: (phone: Int64, at: Int64)]) {
        // The whole table, each contact by row; in the copy by primary key.
        let calls = try HotStatement(
            db,
            """
            SELECT \(PastCallRows.columns), attempt.contact_id, started_at, ifnull(dialed.identity, contact.identity),
                ifnull(dialed.phone, contact.phone),
                ifnull(outcome, 'in_doubt') IN ('accepted', 'in_doubt', 'server_error')
            FROM attempt CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
            \(ContactPhones.dialed())
            """)
        let same = try HotStatement(
            copy,
            """
            SELECT \(PastCallRows.columns), contact.state = 'ready'
            FROM attempt JOIN contact_row AS contact ON contact.id = attempt.contact_id
            \(ContactPhones.dialed())
            WHERE attempt.contact_id = ?1 AND number = ?2 AND started_at = ?3
                AND ifnull(dialed.identity, contact.identity) = ?4
            """)
        var count = 0
        var last: [Int64: (phone: Int64, at: Int64)] = [:]
        while try calls.step() {
            let call = try PastCallRows.call(calls)
            same.bind(calls.number(10), at: 1)
            same.bind(Int64(call.number), at: 2)
            same.bind(calls.number(11), at: 3)
            same.bind(calls.number(12), at: 4)
            let known: (call: PastCall, isReady: Bool)? =
                try same.step() ? (call: PastCallRows.call(same), isReady: same.number(10) == 1) : nil
            same.leave()
            let hasNews = known.map { call.hasNews(for: $0.call, isReady: $0.isReady) } ?? false
            let isKnown = known.map { $0.call.outcome != nil || call.outcome == nil } ?? false
            guard hasNews || !isKnown else { continue }
            count += 1
            guard hasNews || calls.number(14) == 1, let identity = calls.number(12), let phone = calls.number(13),
                let at = calls.number(11), at >= last[identity]?.at ?? .min,
                // Whoever was forgotten is blocked by the hash (CarryOver): there is no number to list.
                !ForgottenNumbers.isHash(identity)
            else { continue }
            last[identity] = (phone, at)
        }
        return (count, last)
    }
}

extension PastCall {
    /// Whether it is known here why the person is not called again, where an older database would do that: the call went
    /// out, or may have, or WhatsApp stopped it.
    ///
    /// - Parameters:
    ///   - older: what that one knows of it.
    ///   - isReady: whether its contact waits to be called there.
    fileprivate func hasNews(for older: PastCall, isReady: Bool) -> Bool {
        guard reach != .notPlaced else { return isReady && isStopped && !older.isStopped }
        return older.reach == .notPlaced || isReady && facts.standing > older.facts.standing
    }
}
