import CampaignCore
import GRDB

/// Where contacts stand by all their calls: moves them when something becomes known, and is the one way back to `ready`.
/// What decides is ``ContactStanding`` and ``ReadyRule``.
enum ContactStandings {
    /// Moves a contact after news of any of its calls, and shows what is known of the call that counts.
    ///
    /// - Returns: nil when it stays in its state.
    @discardableResult
    static func settle(_ db: Database, _ contact: Int64) throws -> ContactStanding.Change? {
        // By rowid.
        let read = try HotStatement(db, "SELECT state, reason FROM contact_row WHERE id = ?")
        read.bind(contact, at: 1)
        guard try read.step(), let state = read.text(0) else { return nil }
        let reason = read.text(1)
        read.leave()
        let standing = ContactStanding(
            state: try StoredValue.word(state), reason: reason, isConfirmed: reason == CampaignStore.confirmedReason)
        // A new call shows nothing of the earlier ones.
        guard standing.state != .dialing else { return nil }
        var calls = try PastCallRows.calls(db, of: contact)
        let isBack = try Fallback.takeBack(db, contact, calls)
        if isBack { calls = try PastCallRows.calls(db, of: contact) }
        if let shown = calls.shown { try show(db, shown.facts, contact) }
        guard let change = standing.change(after: calls, isBack: isBack) else { return nil }
        try move(db, contact, to: .called(change))
        if case .failed = change, calls.lastToNumber?.facts.failure?.endsNumber == true {
            try Fallback.moveOn(db, contact)
        }
        return change
    }

    /// The turn of a contact that becomes `ready`.
    enum Turn {
        /// The one that it had.
        case kept
        /// At once, with all its attempts.
        case anew
        /// At once; its last attempt does not count.
        case withoutLastCall

        fileprivate var assignments: String {
            switch self {
            case .kept: ""
            case .anew: ", due_at = 0, tries_used = 0, throttles_in_a_row = 0"
            case .withoutLastCall: ", due_at = 0, tries_used = max(tries_used - 1, 0), throttles_in_a_row = 0"
            }
        }
    }

    /// Puts a contact back to `ready`, or wherever it must go instead.
    ///
    /// - Parameter isBlocked: whether it is on the do-not-call list in any form of its number.
    static func putBack(
        _ db: Database, _ contact: Int64, isBlocked: Bool, _ turn: Turn = .kept
    ) throws -> ReadyRule.Destination {
        // By rowid.
        let read = try HotStatement(
            db,
            """
            SELECT \(isCancelled), contact.is_delisted, contact.phone >= \(PhoneNumber.forgotten.lowerBound) FROM contact_row AS contact
            CROSS JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id WHERE contact.id = ?
            """)
        read.bind(contact, at: 1)
        guard try read.step() else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "contact row is gone")
        }
        var rule = ReadyRule(
            // Nobody who was forgotten is called.
            calls: ContactCalls([]), isBlocked: isBlocked || read.number(2) == 1, isCancelled: read.number(0) == 1,
            isDelisted: read.number(1) == 1)
        read.leave()
        rule.calls = try PastCallRows.calls(db, of: contact)
        let destination = rule.destination
        switch destination {
        case .ready:
            let statement = try HotStatement(
                db, "UPDATE contact_row SET state = 'ready', reason = NULL\(turn.assignments) WHERE id = ?")
            statement.bind(contact, at: 1)
            try statement.run()
        case .excluded:
            try move(db, contact, to: destination)
        case .called:
            if try Fallback.takeBack(db, contact, rule.calls) { rule.calls = try PastCallRows.calls(db, of: contact) }
            if let shown = rule.calls.shown { try show(db, shown.facts, contact) }
            try move(db, contact, to: destination)
        }
        return destination
    }

    /// SQL condition: the campaign of a contact was cancelled, and since then nobody has called it or wanted it called.
    static let isCancelled = """
        (campaign.is_cancelling = 1 OR campaign.cancels
            > ifnull(contact.cancels, iif(contact.id <= campaign.cancelled_to, 0, campaign.cancels)))
        """

    private static func move(_ db: Database, _ contact: Int64, to destination: ReadyRule.Destination) throws {
        // By rowid.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = ?, reason = ?, due_at = 0, redials = redials - (redial_at IS NOT NULL),
                redial_at = NULL
            WHERE id = ?
            """)
        statement.bind(destination.state.rawValue, at: 1)
        statement.bind(destination.reason, at: 2)
        statement.bind(contact, at: 3)
        try statement.run()
    }

    /// By rowid.
    private static func show(_ db: Database, _ facts: CallFacts, _ contact: Int64) throws {
        let statement = try HotStatement(
            db, "UPDATE contact_row SET delivery = ?, delivery_error = ?, answer = ?, answered_at = ? WHERE id = ?")
        statement.bind(facts.delivery?.rawValue, at: 1)
        statement.bind(facts.error, at: 2)
        statement.bind(facts.answer?.rawValue, at: 3)
        statement.bind(facts.answeredAt?.milliseconds, at: 4)
        statement.bind(contact, at: 5)
        try statement.run()
    }
}

/// The calls of contacts, as far as they decide whether somebody may be dialed again.
enum PastCallRows {
    /// What ``call(_:)`` reads, from `attempt`.
    static let columns = """
        attempt.number, attempt.outcome, attempt.delivery, attempt.delivery_reason, attempt.delivery_error,
            attempt.delivered_at, attempt.answer, attempt.answered_at, attempt.released, attempt.place
        """

    /// By primary key.
    static func calls(_ db: Database, of contact: Int64) throws -> ContactCalls {
        let statement = try HotStatement(
            db,
            """
            SELECT \(columns) FROM attempt WHERE contact_id = ? ORDER BY number
            """)
        statement.bind(contact, at: 1)
        var calls: [PastCall] = []
        do {
            while try statement.step() { calls.append(try call(statement)) }
        } catch {
            statement.leave()
            throw error
        }
        return ContactCalls(calls)
    }

    /// A row that begins with ``columns``.
    static func call(_ row: HotStatement) throws -> PastCall {
        let failure: DeliveryFailure? = try row.text(3).map { try StoredValue.word($0) }
        let facts = CallFacts(
            delivery: try row.text(2).map { try StoredValue.word($0) }, failure: failure.map { ($0, row.text(4)) },
            answer: try row.text(6).map { try StoredValue.word($0) }
        ).at(delivered: StoredValue.moment(row.number(5)), answered: StoredValue.moment(row.number(7)))
        return PastCall(
            number: Int(row.number(0) ?? 0), outcome: try row.text(1).map { try StoredValue.word($0) }, facts: facts,
            released: row.number(8).flatMap { CallFacts.Standing(rawValue: Int($0)) },
            place: row.number(9).map(Int.init))
    }

    /// The contact may be dialed again after these calls, unless more becomes known of one. By primary key.
    static func release(_ db: Database, _ calls: [PastCall], of contact: Int64) throws {
        let statement = try HotStatement(db, "UPDATE attempt SET released = ? WHERE contact_id = ? AND number = ?")
        for call in calls {
            statement.bind(Int64(call.facts.standing.rawValue), at: 1)
            statement.bind(contact, at: 2)
            statement.bind(Int64(call.number), at: 3)
            try statement.run()
        }
    }

    /// The last call that ended unanswered keeps the contact from being dialed again after all. By primary key.
    static func withdrawRelease(_ db: Database, of contact: Int64) throws {
        let statement = try HotStatement(
            db,
            """
            UPDATE attempt SET released = NULL WHERE contact_id = ?1 AND number = (
                SELECT max(number) FROM attempt WHERE contact_id = ?1 AND released = \(unanswered))
            """)
        statement.bind(contact, at: 1)
        try statement.run()
    }

    private static let unanswered = CallFacts.Standing.notAnswered.rawValue
}
