package import CampaignCore
import GRDB

/// Reads the calls to a person, over all campaigns.
struct PersonCalls {
    private let statement: HotStatement
    private let inCampaign: HotStatement
    private let db: Database
    private let people: PersonNumbers
    private let hearing: Hearing

    init(_ db: Database) throws {
        self.db = db
        people = try PersonNumbers(db)
        // Once for each campaign: contact_identity by primary key, then attempt by primary key.
        statement = try HotStatement(
            db,
            """
            SELECT attempt.started_at, attempt.answer, attempt.delivery_reason, attempt.instance_id,
                ifnull(attempt.outcome, 'accepted') = 'accepted' AND attempt.delivery_reason IS NULL
                    AND attempt.error IS NOT ?2, attempt.contact_id, attempt.number
            FROM campaign_row AS campaign
            CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
            CROSS JOIN attempt ON attempt.contact_id = known.contact_id
            WHERE attempt.outcome IS NULL OR attempt.outcome = 'accepted' OR attempt.outcome = 'in_doubt'
                OR attempt.outcome = 'server_error'
            """)
        // The same within one campaign; contact by row.
        inCampaign = try HotStatement(
            db,
            """
            SELECT \(PastCallRows.columns), attempt.contact_id, attempt.started_at,
                iif(contact.state = 'ready', contact.due_at, NULL)
            FROM contact_identity AS known
            CROSS JOIN contact_row AS contact ON contact.id = known.contact_id
            CROSS JOIN attempt ON attempt.contact_id = known.contact_id
            WHERE known.campaign_id = ?1 AND known.identity = ?2
                AND (attempt.outcome IS NULL OR attempt.outcome = 'accepted' OR attempt.outcome = 'in_doubt'
                    OR attempt.outcome = 'server_error')
                AND (attempt.error IS NOT ?3 OR attempt.delivery IS NOT NULL)
            """)
        hearing = try Hearing(db)
    }

    /// The calls to a person's contacts in a campaign that have rung, or may have, those under way included.
    func calls(to person: [Int64], in campaign: Int64) throws -> [SamePersonRule.Call] {
        try person.flatMap { try calls(to: $0, in: campaign) }
    }

    private func calls(to identity: Int64, in campaign: Int64) throws -> [SamePersonRule.Call] {
        inCampaign.bind(campaign, at: 1)
        inCampaign.bind(identity, at: 2)
        inCampaign.bind(CampaignStore.clearedError, at: 3)
        var calls: [SamePersonRule.Call] = []
        do {
            while try inCampaign.step() {
                let past = try PastCallRows.call(inCampaign)
                guard past.facts.failure.map({ !$0.neverRang }) ?? true else { continue }
                calls.append(
                    SamePersonRule.Call(
                        contact: inCampaign.number(10) ?? 0,
                        startedAt: Timestamp(milliseconds: inCampaign.number(11) ?? 0), past: past,
                        dueAt: StoredValue.moment(inCampaign.number(12))))
            }
        } catch {
            inCampaign.leave()
            throw error
        }
        return calls
    }

    /// All numbers of the person who is a contact: of its number, and of those of its row that were left behind.
    ///
    /// - Parameter row: the contact, if its row has several numbers; nil: it has this one.
    func numbers(of identity: Int64, inRow row: Int64?) throws -> [Int64] {
        guard let row else { return try people.all(of: [identity]) }
        return try people.all(of: ContactPhones.all(db, of: row).known(now: identity))
    }

    /// Whether webhooks may come from any instance.
    var areHeard: Bool { !hearing.instances.isEmpty }

    /// A call that begins now.
    func beginning(at now: Timestamp) -> PersonHistory.Call {
        var call = PersonHistory.Call(startedAt: now, answer: nil)
        call.isHeard = areHeard
        return call
    }

    /// All calls to a person that have rung, or may have, those under way included.
    ///
    /// - Parameters:
    ///   - numbers: all of the person's.
    ///   - more: calls that are about to begin.
    func history(of numbers: [Int64], and more: [PersonHistory.Call] = []) throws -> PersonHistory {
        // A contact may be known by several of them.
        var calls: [AttemptID: PersonHistory.Call] = [:]
        for number in numbers { try read(callsTo: number, &calls) }
        return PersonHistory(calls.values + more)
    }

    private func read(callsTo identity: Int64, _ calls: inout [AttemptID: PersonHistory.Call]) throws {
        if ForgottenNumbers.isHash(identity) {
            for (index, call) in try DeletedCalls.calls(db, to: identity).enumerated() {
                var past = PersonHistory.Call(startedAt: call.startedAt, answer: call.answer)
                past.isHeard = call.isHeard && hearing.instances.contains(call.instance)
                // No contact has such a row.
                calls[AttemptID(contact: -identity, number: index)] = past
            }
        }
        statement.bind(identity, at: 1)
        statement.bind(CampaignStore.clearedError, at: 2)
        do {
            while try statement.step() {
                let failure: DeliveryFailure? = try statement.text(2).map { try StoredValue.word($0) }
                guard failure.map({ !$0.neverRang }) ?? true else { continue }
                var call = PersonHistory.Call(
                    startedAt: Timestamp(milliseconds: statement.number(0) ?? 0),
                    answer: try statement.text(1).map { try StoredValue.word($0) })
                call.isHeard = statement.number(4) == 1 && hearing.instances.contains(statement.number(3) ?? 0)
                let attempt = AttemptID(contact: statement.number(5) ?? 0, number: Int(statement.number(6) ?? 0))
                calls[attempt] = call
            }
        } catch {
            statement.leave()
            throw error
        }
    }
}

extension PersonHistory {
    /// The turn before which the person is not called again, so that events of the last call cannot be mistaken for the
    /// next one's; nil: they may be called now. Both clocks count: the wall clock may have been set since that call.
    func turnAfterEvents(in batch: CommitBatch) -> Timestamp? {
        [eventsComeUntil(at: batch.now).map(batch.turn(atWall:)), eventsComeUntil(at: batch.limitNow)]
            .compactMap(\.self).max()
    }
}

/// The instances whose events this database has an address for, by their rows.
private struct Hearing {
    let instances: Set<Int64>

    init(_ db: Database) throws {
        // As many rows as instances and overlapping rotations.
        let statement = try HotStatement(db, "SELECT instance_id FROM webhook_address")
        var instances: Set<Int64> = []
        while try statement.step() { if let row = statement.number(0) { instances.insert(row) } }
        self.instances = instances
    }
}

/// How many contacts of a campaign a limit per person keeps from being called now.
package struct PersonLimitCounts: Hashable, Codable, Sendable {
    /// They have been called as often as it allows.
    package var waiting = 0
    /// Until when the last of those waits; nil when nobody does.
    package var waitsUntil: Timestamp?
    /// They did not answer as often in a row as it allows: they are excluded when their turn comes.
    package var unanswered = 0
}

extension StoreReader {
    /// Whether a limit per person lets a contact be called at `now`.
    ///
    /// - Parameter number: as it is in the campaign's list; one that the campaign does not have may be called.
    package func ruling(
        of number: PhoneNumber, campaign: String, _ limit: PersonLimit, at now: Timestamp
    ) throws(StoreError) -> PersonHistory.Ruling {
        try read { db in
            let calls = try PersonCalls(db)
            let contact = try CampaignRows.contact(
                db, campaign: CampaignRows.id(db, named: campaign), identity: number.identity)
            return try calls.history(of: calls.numbers(of: number.identity, inRow: contact)).ruling(limit, at: now)
        }
    }

    /// How many of the waiting contacts of a campaign a limit per person keeps from being called at `now`.
    package func personLimitCounts(
        campaign: String, _ limit: PersonLimit, at now: Timestamp
    ) throws(StoreError) -> PersonLimitCounts {
        try read { db in
            let calls = try PersonCalls(db)
            var counts = PersonLimitCounts()
            // contact_by_turn, and each contact by its row.
            let contacts = try HotStatement(
                alone: """
                    SELECT identity, \(ContactPhones.several("contact.id")) FROM contact
                    WHERE campaign_id = ? AND state = 'ready'
                    """, db)
            contacts.bind(try CampaignRows.id(db, named: campaign), at: 1)
            while try contacts.step() {
                guard let identity = contacts.number(0) else { continue }
                let person = try calls.numbers(of: identity, inRow: contacts.number(1))
                switch try calls.history(of: person).ruling(limit, at: now) {
                case .mayBeCalled: break
                case .waits(let until):
                    counts.waiting += 1
                    counts.waitsUntil = max(counts.waitsUntil ?? until, until)
                case .unanswered: counts.unanswered += 1
                }
            }
            return counts
        }
    }
}
