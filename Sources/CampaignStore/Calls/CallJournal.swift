import CampaignCore
import GRDB

/// The statements that run for every call: its intent, its result, the paces. The store's one hot loop.
///
/// Arguments are bound by position here, in the order of the SQL text.
enum CallJournal {
    /// Writes the result of one attempt. Writing it a second time changes nothing.
    ///
    /// - Parameter tally: counts it.
    /// - Returns: whether the contact went elsewhere than the result says, because of what is known of its other calls.
    @discardableResult
    static func record(_ db: Database, _ result: AttemptResult, _ tally: inout CallTally) throws -> Bool {
        // By primary key. An existing result is never overwritten. The doubt about an interrupted attempt has no end
        // time, so that a result found later replaces it.
        let attempt = try HotStatement(
            db,
            """
            UPDATE attempt SET ended_at = ?, outcome = ?, http_status = ?, error = ?, zaap_id = ?, message_id = ?,
                latency_ms = ?, released = ?
            WHERE contact_id = ? AND number = ? AND ended_at IS NULL AND outcome IS ?
            RETURNING instance_id, started_at
            """)
        attempt.bind(result.endedAt.milliseconds, at: 1)
        attempt.bind(result.outcome.rawValue, at: 2)
        attempt.bind(result.httpStatus.map(Int64.init), at: 3)
        attempt.bind(result.error, at: 4)
        attempt.bind(result.receipt?.zaapId, at: 5)
        attempt.bind(result.receipt?.messageId, at: 6)
        attempt.bind(Int64(result.latencyMilliseconds), at: 7)
        // A doubt after which the campaign dials again (`inDoubt: retry`).
        let nothing = Int64(CallFacts.Standing.nothing.rawValue)
        attempt.bind(result.state == .ready && result.outcome == .inDoubt ? nothing : nil, at: 8)
        attempt.bind(result.attempt.contact, at: 9)
        attempt.bind(Int64(result.attempt.number), at: 10)
        attempt.bind(nil as String?, at: 11)
        var instance, startedAt: Int64?
        while try attempt.step() { (instance, startedAt) = (attempt.number(0), attempt.number(1)) }
        if instance == nil, try CallTally.withdrawDoubt(db, of: result.attempt) {
            attempt.bind(AttemptOutcome.inDoubt.rawValue, at: 11)
            while try attempt.step() { (instance, startedAt) = (attempt.number(0), attempt.number(1)) }
        }
        guard let instance, let startedAt else { return false }
        if let count = result.takesBack { try InstanceRows.takeBack(db, count, of: result.attempt) }
        // By rowid. Only the last attempt may move its contact, and not from a state that a person has set.
        let contact = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = ?1, reason = ?2, due_at = ?3, tries_used = ?4, throttles_in_a_row = ?5,
                redial_at = iif(?1 = 'ready', redial_at, NULL)
            WHERE id = ?6 AND attempts = ?7 AND state IN ('dialing', 'in_doubt', 'ready')
            RETURNING campaign_id
            """)
        contact.bind(result.state.rawValue, at: 1)
        contact.bind(result.reason, at: 2)
        contact.bind(result.dueAt.milliseconds, at: 3)
        contact.bind(Int64(result.triesUsed), at: 4)
        contact.bind(Int64(result.throttlesInARow), at: 5)
        contact.bind(result.attempt.contact, at: 6)
        contact.bind(Int64(result.attempt.number), at: 7)
        let campaign = try contact.firstNumber() ?? campaign(db, of: result.attempt)
        tally.add(result, campaign: campaign, instance: instance, startedAt: startedAt)
        guard result.state != .accepted else { return false }
        if try settle(db, result.attempt) { return true }
        return try result.endsNumber && Fallback.moveOn(db, result.attempt.contact)
    }

    private static func campaign(_ db: Database, of attempt: AttemptID) throws -> Int64 {
        // By rowid.
        let statement = try HotStatement(db, "SELECT campaign_id FROM contact_row WHERE id = ?")
        statement.bind(attempt.contact, at: 1)
        guard let campaign = try statement.firstNumber() else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a call has no contact")
        }
        return campaign
    }

    /// Moves a contact whose call was not placed on, if an earlier one keeps it from being dialed again, or it is not
    /// listed any more. One of a campaign that is being cancelled is left to the cancellation.
    private static func settle(_ db: Database, _ attempt: AttemptID) throws -> Bool {
        if attempt.number > 1 {
            if try ContactStandings.settle(db, attempt.contact) != nil { return true }
            if try Redials.withdrawIfHeard(db, attempt.contact) { return true }
        }
        // By rowid.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'excluded', reason = ? WHERE id = ? AND state = 'ready' AND is_delisted = 1
            """)
        statement.bind(ExclusionReason.notListed.rawValue, at: 1)
        statement.bind(attempt.contact, at: 2)
        return try statement.run() > 0
    }

    /// Whether an attempt's intent is in the database.
    static func knows(_ db: Database, _ attempt: AttemptID) throws -> Bool {
        // By primary key.
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM attempt WHERE contact_id = :contact AND number = :number)",
            arguments: ["contact": attempt.contact, "number": attempt.number]) ?? false
    }

    /// Claims the contacts that are due, and writes the intent to dial each.
    static func claim(
        _ db: Database, for claims: [Int], in batch: CommitBatch, of campaign: DialedCampaign
    ) throws -> [ClaimedCall] {
        guard !claims.isEmpty else { return [] }
        let taken = try taken(db, claims.count, now: batch.limitNow, campaign: campaign.row)
        var calls = zip(taken, claims).map { contact, instance in
            var call = ClaimedCall(
                attempt: contact.attempt, phone: contact.phone, callDuration: contact.callDuration, instance: instance,
                tries: contact.tries)
            call.callAudioURL = contact.callAudioURL
            return call
        }
        try InstanceRows.count(db, &calls, at: batch.limitNow, through: campaign.instances)
        let intend = try HotStatement(
            db, "INSERT INTO attempt (contact_id, number, instance_id, started_at) VALUES (?, ?, ?, ?)")
        for call in calls {
            intend.bind(call.attempt.contact, at: 1)
            intend.bind(Int64(call.attempt.number), at: 2)
            intend.bind(campaign.instances[call.instance], at: 3)
            intend.bind(batch.now.milliseconds, at: 4)
            try intend.run()
        }
        return calls
    }

    /// A contact that has just gone from `ready` to `dialing`.
    private struct Taken {
        var dueAt: Int64
        var attempt: AttemptID
        var phone: PhoneNumber
        var callDuration: Int?
        var callAudioURL: String?
        var tries: (used: Int, throttlesInARow: Int)
    }

    /// Takes up to `count` contacts that are due, in the order of their turns.
    private static func taken(_ db: Database, _ count: Int, now: Timestamp, campaign: Int64) throws -> [Taken] {
        var taken: [Taken] = []
        taken.reserveCapacity(count)
        for range in TurnRange.allCases where taken.count < count {
            taken += try Self.taken(db, count - taken.count, range, now: now, campaign: campaign)
        }
        return taken
    }

    private static func taken(
        _ db: Database, _ count: Int, _ range: TurnRange, now: Timestamp, campaign: Int64
    ) throws -> [Taken] {
        // The left end of the range in contact_by_turn, however long the queue is.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET state = 'dialing', attempts = attempts + 1, delivery = NULL, delivery_error = NULL,
                answer = NULL, answered_at = NULL, cancels = (SELECT cancels FROM campaign_row WHERE id = ?1)
            WHERE id IN (
                SELECT id FROM contact_row WHERE campaign_id = ?1 AND state = 'ready' AND \(range.isDue)
                ORDER BY due_at, id LIMIT ?3)
            RETURNING id, phone, call_duration, attempts, tries_used, throttles_in_a_row, due_at,
                call_audio_url
            """)
        statement.bind(campaign, at: 1)
        statement.bind(now.milliseconds, at: 2)
        statement.bind(Int64(count), at: 3)
        var taken: [Taken] = []
        while try statement.step() {
            guard let id = statement.number(0), let phone = statement.number(1).flatMap(PhoneNumber.init(value:)) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a contact has no phone")
            }
            taken.append(
                Taken(
                    dueAt: statement.number(6) ?? 0,
                    attempt: AttemptID(contact: id, number: Int(statement.number(3) ?? 0)), phone: phone,
                    callDuration: statement.number(2).map(Int.init), callAudioURL: statement.text(7),
                    tries: (used: Int(statement.number(4) ?? 0), throttlesInARow: Int(statement.number(5) ?? 0))))
        }
        // RETURNING guarantees no order.
        return taken.sorted { ($0.dueAt, $0.attempt.contact) < ($1.dueAt, $1.attempt.contact) }
    }

    /// Records the paces of instances. A run begins where the last one left them, so they never move back.
    static func keep(_ db: Database, _ paces: [Int: PaceMoment], _ numbers: CallerNumbers) throws {
        guard !paces.isEmpty else { return }
        let instance = try HotStatement(
            db, "UPDATE instance SET next_at = ?, next_boot = ?, next_uptime = ? WHERE id = ?")
        for (number, moment) in paces { try keep(moment, instance, row: numbers.instance(number)) }
    }

    /// The same for a campaign's own pace.
    static func keep(_ db: Database, _ moment: PaceMoment, ofCampaign row: Int64) throws {
        let campaign = try HotStatement(
            db, "UPDATE campaign_row SET next_at = ?, next_boot = ?, next_uptime = ? WHERE id = ?")
        try keep(moment, campaign, row: row)
    }

    private static func keep(_ moment: PaceMoment, _ statement: HotStatement, row: Int64) throws {
        statement.bind(moment.at.milliseconds, at: 1)
        statement.bind(moment.uptime.boot, at: 2)
        statement.bind(moment.uptime.duration.millisecondsRoundedUp, at: 3)
        statement.bind(row, at: 4)
        try statement.run()
    }
}
