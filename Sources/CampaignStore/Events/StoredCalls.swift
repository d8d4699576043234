import CampaignCore
import GRDB

/// A call as the database knows it, with its contact.
struct StoredCall {
    var candidate: CandidateCall
    var outcome: AttemptOutcome?
    var hasZaapId: Bool
    var hasMessageId: Bool
    var facts: CallFacts
    var campaign: Int64
    /// Of the number that it dialed.
    var identity: Int64
    /// Whether its contact's row has several numbers.
    var isOneOfSeveral: Bool
    /// Whether its contact has not been called since.
    var isLast: Bool

    var attempt: AttemptID { candidate.attempt }
}

/// Finds calls by what events say.
struct StoredCalls {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    private static let selection = """
        SELECT attempt.contact_id, attempt.number, attempt.started_at, attempt.outcome, attempt.zaap_id,
            attempt.message_id, attempt.delivery, attempt.delivery_reason, attempt.delivery_error,
            attempt.delivered_at, attempt.answer, attempt.answered_at, contact.campaign_id,
            ifnull(dialed.identity, contact.identity), attempt.instance_id, contact.attempts,
            EXISTS (SELECT 1 FROM contact_phone WHERE contact_phone.contact_id = attempt.contact_id)
        FROM attempt CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
        \(ContactPhones.dialed())
        """

    /// The calls with one of these ids, in upper or lower case, as an event of an instance sees them.
    func calls(withIds ids: [String], instance: Int64) throws -> [StoredCall] {
        var found: [AttemptID: StoredCall] = [:]
        // attempt_by_message and attempt_by_zaap; then both by primary key.
        for condition in [
            "attempt.message_id = ?1 COLLATE NOCASE",
            "attempt.zaap_id = ?1 COLLATE NOCASE",
        ] {
            let statement = try HotStatement(db, "\(Self.selection) WHERE \(condition)")
            for id in ids {
                statement.bind(id, at: 1)
                for call in try Self.calls(statement, instance: instance) { found[call.attempt] = call }
            }
        }
        return Array(found.values)
    }

    /// The calls to a person's contacts since `start`, through any instance: those that dialed a number of theirs, and
    /// those to other numbers of the rows that have theirs.
    func calls(
        to person: EventPerson, instance: Int64, since start: Timestamp
    ) throws -> (own: [StoredCall], besides: [StoredCall]) {
        // All by primary key.
        let statement = try HotStatement(
            db, "\(Self.selection) WHERE attempt.contact_id = ?1 AND attempt.started_at >= ?2")
        var found: (own: [StoredCall], besides: [StoredCall]) = ([], [])
        for contact in try contacts(of: person) {
            statement.bind(contact, at: 1)
            statement.bind(start.milliseconds, at: 2)
            for call in try Self.calls(statement, instance: instance) {
                if !call.isOneOfSeveral || person.identities.contains(call.identity) {
                    found.own.append(call)
                } else {
                    found.besides.append(call)
                }
            }
        }
        return found
    }

    /// One call, for its own instance. By primary keys.
    func call(_ attempt: AttemptID) throws -> StoredCall? {
        let statement = try HotStatement(
            db, "\(Self.selection) WHERE attempt.contact_id = ?1 AND attempt.number = ?2")
        statement.bind(attempt.contact, at: 1)
        statement.bind(Int64(attempt.number), at: 2)
        return try Self.calls(statement, instance: nil).first
    }

    /// The contacts of all campaigns that have one of a person's numbers, or have it beside others in their row.
    func contacts(of person: EventPerson) throws -> [Int64] {
        // contact_phone_by_identity.
        try contacts(of: person, besides: "UNION ALL SELECT contact_id FROM contact_phone WHERE identity = ?1")
    }

    /// The contacts of all campaigns that are, or were, dialed under one of a person's numbers.
    func contacts(dialedAs person: EventPerson) throws -> [Int64] { try contacts(of: person, besides: "") }

    private func contacts(of person: EventPerson, besides more: String) throws -> [Int64] {
        // Once for each campaign: contact_identity by primary key.
        let known = try HotStatement(
            db,
            """
            SELECT known.contact_id FROM campaign_row AS campaign
            CROSS JOIN contact_identity AS known ON known.campaign_id = campaign.id AND known.identity = ?1
            \(more)
            """)
        var contacts: Set<Int64> = []
        for identity in person.identities {
            known.bind(identity, at: 1)
            while try known.step() { if let contact = known.number(0) { contacts.insert(contact) } }
        }
        return contacts.sorted()
    }

    /// The calls of an instance that have no result yet.
    func underWay(instance: Int64) throws -> [AttemptID] {
        // contact_by_turn once for each campaign; attempt by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT attempt.contact_id, attempt.number FROM campaign_row AS campaign
            CROSS JOIN contact_row AS contact ON contact.campaign_id = campaign.id AND contact.state = 'dialing'
            CROSS JOIN attempt ON attempt.contact_id = contact.id AND attempt.number = contact.attempts
            WHERE attempt.instance_id = ?
            """)
        statement.bind(instance, at: 1)
        var attempts: [AttemptID] = []
        while try statement.step() {
            if let contact = statement.number(0), let number = statement.number(1) {
                attempts.append(AttemptID(contact: contact, number: Int(number)))
            }
        }
        return attempts
    }

    /// Whether an event may still tell the id of a call that the instance made since `start`. By attempt_unnamed.
    func isAnyUnnamed(instance: Int64, since start: Timestamp) throws -> Bool {
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM attempt
            WHERE instance_id = ? AND started_at >= ?
                AND (outcome = 'in_doubt' OR outcome = 'accepted') AND (zaap_id IS NULL OR message_id IS NULL)
            LIMIT 1
            """)
        statement.bind(instance, at: 1)
        statement.bind(start.milliseconds, at: 2)
        return try statement.firstNumber() != nil
    }

    private static func calls(_ statement: HotStatement, instance: Int64?) throws -> [StoredCall] {
        var calls: [StoredCall] = []
        do {
            while try statement.step() { calls.append(try call(statement, instance: instance)) }
        } catch {
            statement.leave()
            throw error
        }
        return calls
    }

    private static func call(_ row: HotStatement, instance: Int64?) throws -> StoredCall {
        guard let contact = row.number(0), let number = row.number(1), let started = row.number(2),
            let campaign = row.number(12), let identity = row.number(13)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an attempt without a contact") }
        let outcome: AttemptOutcome? = try row.text(3).map { try StoredValue.word($0) }
        let ids = [row.text(4), row.text(5)]
        let candidate = CandidateCall(
            attempt: AttemptID(contact: contact, number: Int(number)), startedAt: Timestamp(milliseconds: started),
            ids: ids.compactMap(\.self), standing: standing(outcome),
            isThroughInstance: instance == nil || row.number(14) == instance)
        return StoredCall(
            candidate: candidate, outcome: outcome, hasZaapId: ids[0] != nil, hasMessageId: ids[1] != nil,
            facts: try facts(row), campaign: campaign, identity: identity, isOneOfSeveral: row.number(16) == 1,
            isLast: row.number(15) == number)
    }

    private static func facts(_ row: HotStatement) throws -> CallFacts {
        let failure: DeliveryFailure? = try row.text(7).map { try StoredValue.word($0) }
        return CallFacts(
            delivery: try row.text(6).map { try StoredValue.word($0) },
            failure: failure.map { ($0, row.text(8)) }, answer: try row.text(10).map { try StoredValue.word($0) }
        ).at(delivered: StoredValue.moment(row.number(9)), answered: StoredValue.moment(row.number(11)))
    }

    private static func standing(_ outcome: AttemptOutcome?) -> CandidateCall.Standing {
        switch outcome {
        case nil: .underWay
        case .accepted: .accepted
        case .inDoubt: .inDoubt
        case .notSent, .throttled, .refused, .misconfigured, .serverError: .notPlaced
        }
    }
}

/// The person that an event is about.
struct EventPerson {
    /// All numbers under which contacts may be known, phones first.
    let identities: [Int64]

    init(identities: [Int64]) {
        self.identities = identities
    }

    init(_ db: Database, _ event: CallEvent) throws {
        try self.init(db, [event.phone, event.lid].compactMap(\.self))
    }

    init(_ db: Database, _ numbers: [PhoneNumber]) throws {
        identities = try PersonNumbers(db).all(of: numbers.map(\.identity))
    }

    /// A phone, where there is one.
    var main: Int64? { identities.first }
}
