import CampaignCore
import GRDB

/// The calls of a database that a copy of it does not have, or not as they are known here.
struct UnknownCalls {
    struct Call {
        var contact: Int64
        /// The number that was dialed; a hash if it was forgotten.
        var identity: Int64
        var phone: Int64
        var startedAt: Int64
        /// Whether it has reached the person, or may have, or whether the person is not to be called for what is known of
        /// it.
        var matters: Bool
    }

    /// A call of a campaign that was deleted, which rang, or may have.
    struct DeletedCall: Hashable {
        var hash: Int64
        var startedAt: Int64
    }

    private let source: Database
    private let copy: Database
    private let forgotten: ForgottenNumbers

    init(_ source: Database, in copy: Database) throws {
        self.source = source
        self.copy = copy
        forgotten = try ForgottenNumbers(copy)
    }

    func forEach(_ body: (Call) throws -> Void) throws {
        // The whole table, each contact by row; in the copy by primary key.
        let calls = try HotStatement(
            alone: """
                SELECT \(PastCallRows.columns), attempt.contact_id, started_at, ifnull(dialed.identity, contact.identity),
                    ifnull(dialed.phone, contact.phone),
                    ifnull(outcome, 'in_doubt') IN ('accepted', 'in_doubt', 'server_error')
                FROM attempt CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
                \(ContactPhones.dialed())
                """, source)
        let same = try HotStatement(
            copy,
            """
            SELECT \(PastCallRows.columns), contact.state = 'ready', ifnull(dialed.identity, contact.identity)
            FROM attempt JOIN contact_row AS contact ON contact.id = attempt.contact_id
            \(ContactPhones.dialed())
            WHERE attempt.contact_id = ?1 AND number = ?2 AND started_at = ?3
            """)
        while try calls.step() {
            let call = try PastCallRows.call(calls)
            guard let contact = calls.number(10), let startedAt = calls.number(11), let identity = calls.number(12),
                let phone = calls.number(13)
            else { continue }
            same.bind(contact, at: 1)
            same.bind(Int64(call.number), at: 2)
            same.bind(startedAt, at: 3)
            let known: (call: PastCall, isReady: Bool)? =
                try same.step() && isSame(identity, same.number(11))
                ? (call: PastCallRows.call(same), isReady: same.number(10) == 1) : nil
            same.leave()
            let hasNews = known.map { call.hasNews(for: $0.call, isReady: $0.isReady) } ?? false
            let isKnown = known.map { $0.call.outcome != nil || call.outcome == nil } ?? false
            guard hasNews || !isKnown else { continue }
            try body(
                Call(
                    contact: contact, identity: identity, phone: phone, startedAt: startedAt,
                    matters: hasNews || calls.number(14) == 1))
        }
    }

    /// Whether both are the same number, also where one of the databases has forgotten it.
    private func isSame(_ identity: Int64, _ copied: Int64?) -> Bool {
        guard let copied else { return false }
        if identity == copied { return true }
        guard ForgottenNumbers.isHash(identity) || ForgottenNumbers.isHash(copied) else { return false }
        return forgotten.hash(of: identity) == forgotten.hash(of: copied)
    }

    /// The calls of deleted campaigns that the copy has neither as such nor as calls of a contact.
    func deleted() throws -> Set<DeletedCall> {
        // Both tables whole, in the order of their primary keys.
        var calls: [DeletedCall: (answer: Answer?, isHeard: Bool)] = [:]
        let all = try HotStatement(source, "SELECT hash, started_at, answer, is_heard FROM deleted_call")
        while try all.step() {
            let call = DeletedCall(hash: try all.requiredNumber(0), startedAt: try all.requiredNumber(1))
            calls[call] = (try all.text(2).map { try StoredValue.word($0) }, all.number(3) == 1)
        }
        guard !calls.isEmpty else { return [] }
        let kept = try HotStatement(copy, "SELECT hash, started_at FROM deleted_call")
        while try kept.step() {
            calls[DeletedCall(hash: try kept.requiredNumber(0), startedAt: try kept.requiredNumber(1))] = nil
        }
        let moments = Set(calls.keys.map(\.startedAt))
        guard !moments.isEmpty else { return [] }
        // The whole table, each contact by row.
        let known = try HotStatement(
            copy,
            """
            SELECT \(PastCallRows.columns), started_at, ifnull(dialed.identity, contact.identity), contact.state = 'ready'
            FROM attempt CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
            \(ContactPhones.dialed())
            WHERE outcome IS NOT NULL
            """)
        while try known.step() {
            guard let startedAt = known.number(10), moments.contains(startedAt), let identity = known.number(11) else {
                continue
            }
            let key = DeletedCall(hash: forgotten.hash(of: identity), startedAt: startedAt)
            guard let last = calls[key] else { continue }
            let call = try PastCallRows.call(known)
            // The copy would call the person for want of what became known afterwards.
            let hasNews =
                call.reach == .notPlaced
                || known.number(12) == 1
                    && (last.answer != call.facts.answer || last.isHeard && call.reach == .inDoubt)
            if !hasNews { calls[key] = nil }
        }
        return Set(calls.keys)
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
