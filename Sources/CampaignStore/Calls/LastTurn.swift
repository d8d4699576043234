package import CampaignCore
import GRDB

/// What a run that begins or continues now would make of the turns that contacts wait for.
package struct TurnRules: Sendable {
    /// Makes contacts wait whose turn has come; nil means none.
    package var gate: (any ClaimGate)?
    /// The longest wait before a retry.
    package var longestWait = CallDecision.longestThrottle
    /// How often one person may be called; nil means that this is not limited.
    package var perPerson: PersonLimit?
    /// The current time, by the wall clock.
    package var now: Timestamp
    /// The current time on the clock of the limits, which turns use.
    package var limitNow: Timestamp

    package init(now: Timestamp, limitNow: Timestamp) {
        self.now = now
        self.limitNow = limitNow
    }
}

extension StoreReader {
    /// Turns that an earlier run has written, and that mean nothing any more, may come before the last one that counts:
    /// so many are looked at.
    private static let maxTurns = 1000

    /// When the turn of the last waiting contact comes, by the wall clock; nil when none is known to wait for a time.
    ///
    /// What was written is not enough: a contact that waits for the window of yesterday's settings is called at once. So
    /// each turn counts as far as the rules of now confirm it.
    package func lastTurn(campaign: String, _ rules: TurnRules) throws(StoreError) -> Timestamp? {
        try read { db in
            let batch = CommitBatch(results: [], campaigns: [], now: rules.now, limitNow: rules.limitNow)
            let calls = try PersonCalls(db)
            let isLimited = rules.perPerson != nil || calls.areHeard
            var latest = rules.limitNow
            for contact in try lastTurns(db, campaign: try CampaignRows.id(db, named: campaign), after: rules.limitNow)
            where contact.dueAt > latest {
                var turn = contact.redialAt ?? .epoch
                if contact.attempts > 0 { turn = max(turn, rules.limitNow.advanced(by: rules.longestWait)) }
                let opening = HeldBack.opening(
                    of: contact.phone, notBefore: contact.notBefore, rules.gate, at: rules.now)
                if let opening { turn = max(turn, batch.turn(atWall: opening)) }
                if turn < contact.dueAt, isLimited {
                    let person = try calls.numbers(of: contact.identity, inRow: contact.several)
                    let history = try calls.history(of: person)
                    if let events = history.turnAfterEvents(in: batch) { turn = max(turn, events) }
                    if let limit = rules.perPerson, case .waits(let until) = history.ruling(limit, at: rules.now) {
                        turn = max(turn, batch.turn(atWall: until))
                    }
                }
                latest = max(latest, min(turn, contact.dueAt))
            }
            guard latest > rules.limitNow else { return nil }
            return latest.advanced(by: rules.limitNow.duration(to: rules.now))
        }
    }

    private struct WaitingContact {
        var phone: PhoneNumber
        var identity: Int64
        var attempts: Int64
        var dueAt: Timestamp
        var notBefore: Int64?
        var redialAt: Timestamp?
        /// The contact's row, if that has several numbers.
        var several: Int64?
    }

    /// The contacts with the last turns, the last one first.
    private func lastTurns(_ db: Database, campaign: Int64, after now: Timestamp) throws -> [WaitingContact] {
        // The right end of contact_by_turn, and each contact by its row.
        let statement = try HotStatement(
            alone: """
                SELECT phone, identity, attempts, due_at, not_before, redial_at,
                    \(ContactPhones.several("contact_row.id")) FROM contact_row
                WHERE campaign_id = ?1 AND state = 'ready' AND due_at > ?2 ORDER BY due_at DESC LIMIT ?3
                """, db)
        statement.bind(campaign, at: 1)
        statement.bind(max(now.milliseconds, 0), at: 2)
        statement.bind(Int64(Self.maxTurns), at: 3)
        var contacts: [WaitingContact] = []
        while try statement.step() {
            guard let phone = statement.number(0).flatMap(PhoneNumber.init(value:)),
                let identity = statement.number(1), let due = statement.number(3)
            else { continue }
            contacts.append(
                WaitingContact(
                    phone: phone, identity: identity, attempts: statement.number(2) ?? 0,
                    dueAt: Timestamp(milliseconds: due), notBefore: statement.number(4),
                    redialAt: StoredValue.moment(statement.number(5)), several: statement.number(6)))
        }
        return contacts
    }
}
