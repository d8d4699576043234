import CampaignCore
import GRDB

/// What an event has changed.
struct AppliedEvent {
    var place: EventPlace
    var effects: [EventEffect] = []
    /// The call that has learned an id from it: events that came before may name the call by that.
    var named: AttemptID?
}

/// Applies events about calls: finds the call, adds to what is known of it, and moves its contact.
struct CallEvents {
    private let db: Database
    private let calls: StoredCalls
    private let strangersWait: Bool?

    /// - Parameter strangersWait: whether an event whose person is not certain waits for a call; nil: while any call of
    ///   its instance is under way.
    init(_ db: Database, strangersWait: Bool? = nil) {
        self.db = db
        calls = StoredCalls(db)
        self.strangersWait = strangersWait
    }

    func apply(_ event: CallEvent, receivedAt: Timestamp, instance: Int64) throws -> AppliedEvent {
        let person = try EventPerson(db, event)
        var found = try calls.calls(withIds: event.ids, instance: instance)
        var besides: [StoredCall] = []
        if found.isEmpty {
            let since = receivedAt.advanced(by: .zero - EventRule.callBackSpan)
            let near = try calls.calls(to: person, instance: instance, since: since)
            (found, besides) = (near.own, near.besides)
        }
        let rule = EventRule(
            event, receivedAt: receivedAt, candidates: found.map(\.candidate), besides: besides.map(\.candidate))
        let match = try rule.match {
            try strangersWait ?? !calls.underWay(instance: instance).isEmpty
        }
        switch match {
        case .waits:
            return AppliedEvent(place: EventPlace(.parked, person: person.main))
        case .nothing(let remark):
            return AppliedEvent(place: EventPlace(.unmatched, remark, person: person.main))
        case .evidence(let attempt):
            let call = found.first { $0.attempt == attempt }
            return AppliedEvent(
                place: EventPlace(
                    .unmatched, .callOrMessage, person: call?.identity ?? person.main, attempt: attempt))
        case .calledBack(let attempts):
            let called = (found + besides).filter { attempts.contains($0.attempt) }
            let effects = try noteCallBack(event, receivedAt: receivedAt, from: called)
            return AppliedEvent(
                place: EventPlace(.applied, person: called.first?.identity ?? person.main), effects: effects)
        case .call(let attempt, let fact, let remark):
            guard let call = found.first(where: { $0.attempt == attempt }) else {
                return AppliedEvent(place: EventPlace(.unmatched, .noCall, person: person.main))
            }
            var applied = AppliedEvent(
                place: EventPlace(.applied, remark, person: call.identity, attempt: attempt))
            if try settle(call, event, receivedAt: receivedAt) { applied.named = attempt }
            let moment = event.moment(since: call.candidate.startedAt, receivedAt: receivedAt)
            try add(fact, at: moment, to: call, &applied)
            if let rest = try InstanceRests(db).note(fact, of: call, instance: instance, at: receivedAt) {
                applied.effects.append(rest)
            }
            return applied
        }
    }

    /// Notes of a person's calls that they have rung us, where they did before it was known that these numbers are theirs.
    func noteEarlierCallBacks(of numbers: [Int64]) throws -> [EventEffect] {
        let person = EventPerson(identities: numbers)
        // By rowid.
        let moments = try Int64.fetchSet(
            db,
            sql: """
                SELECT called_back_at FROM contact_row
                WHERE id IN (SELECT value FROM json_each(:contacts)) AND called_back_at IS NOT NULL
                """,
            arguments: ["contacts": StoredValue.json(try calls.contacts(of: person))])
        var withdrawn: Set<Int64> = []
        for moment in moments.sorted().map(Timestamp.init(milliseconds:)) {
            let since = moment.advanced(by: .zero - EventRule.callBackSpan)
            for contact in try PersonContacts(db, of: person, at: moment).called {
                guard let calledAt = contact.calledAt, calledAt >= since else { continue }
                if try note(callBackAt: moment, contact.id) { withdrawn.insert(contact.campaign) }
            }
        }
        return try withdrawn.sorted().map { .contactsChanged(campaign: try CampaignRows.name(db, $0)) }
    }

    private func noteCallBack(
        _ event: CallEvent, receivedAt: Timestamp, from called: [StoredCall]
    ) throws -> [EventEffect] {
        let withdrawn = try called.filter { call in
            let moment = event.moment(since: call.candidate.startedAt, receivedAt: receivedAt)
            return try note(callBackAt: moment, call.attempt.contact)
        }
        return try withdrawn.map { .contactsChanged(campaign: try CampaignRows.name(db, $0.campaign)) }
    }

    /// - Returns: whether the contact would have been called again.
    private func note(callBackAt moment: Timestamp, _ contact: Int64) throws -> Bool {
        // By rowid.
        let statement = try HotStatement(
            db,
            """
            UPDATE contact_row SET called_back_at = ?1
            WHERE id = ?2 AND (called_back_at IS NULL OR called_back_at > ?1)
            """)
        statement.bind(moment.milliseconds, at: 1)
        statement.bind(contact, at: 2)
        try statement.run()
        return try Redials.withdraw(db, contact)
    }

    /// A call that was in doubt has certainly reached Z-API. It gets the ids of the event, and one that lacks an id
    /// gets that.
    ///
    /// - Returns: whether it has got any.
    private func settle(_ call: StoredCall, _ event: CallEvent, receivedAt: Timestamp) throws -> Bool {
        let message = event.ids.sorted().first { $0 != event.zaapId }
        let zaap = event.zaapId ?? event.ids.sorted().first { $0 != message }
        let isNews = zaap != nil && !call.hasZaapId || message != nil && !call.hasMessageId
        guard isNews, call.outcome == .inDoubt || event.zaapId != nil && !call.hasZaapId else {
            return false
        }
        try CallTally.noteAccepted(db, call.attempt)
        // By primary key. With an end time, it no longer counts as interrupted. Its error text stays: it says what
        // happened.
        let statement = try HotStatement(
            db,
            """
            UPDATE attempt SET outcome = 'accepted', zaap_id = ifnull(zaap_id, ?1), message_id = ifnull(message_id, ?2),
                ended_at = ifnull(ended_at, max(started_at, ?3))
            WHERE contact_id = ?4 AND number = ?5
            """)
        statement.bind(zaap, at: 1)
        statement.bind(message, at: 2)
        statement.bind(receivedAt.milliseconds, at: 3)
        statement.bind(call.attempt.contact, at: 4)
        statement.bind(Int64(call.attempt.number), at: 5)
        try statement.run()
        return true
    }

    private func add(
        _ fact: CallFact, at moment: Timestamp, to call: StoredCall, _ applied: inout AppliedEvent
    ) throws {
        var facts = call.facts
        if let remark = facts.add(fact, at: moment) { applied.place.remark = remark }
        guard facts != call.facts else { return }
        try write(facts, of: call.attempt)
        try CallTally.note(db, CallSums(from: call.facts, to: facts), of: call.attempt)
        let change = try ContactStandings.settle(db, call.attempt.contact)
        if change == nil, !call.isLast { applied.place.remark = applied.place.remark ?? .movedOn }
        let campaign = try CampaignRows.name(db, call.campaign)
        let isRedialed = try facts.answer == .notAnswered && Redials.schedule(db, call.attempt.contact)
        if change != nil || isRedialed { applied.effects.append(.contactsChanged(campaign: campaign)) }
        if call.isLast, let failure = facts.failure, failure != call.facts.failure {
            applied.effects.append(.deliveryFailed(campaign: campaign, failure))
        }
    }

    /// By primary key.
    private func write(_ facts: CallFacts, of attempt: AttemptID) throws {
        let statement = try HotStatement(
            db,
            """
            UPDATE attempt SET delivery = ?, delivery_reason = ?, delivery_error = ?, delivered_at = ?, answer = ?,
                answered_at = ?
            WHERE contact_id = ? AND number = ?
            """)
        statement.bind(facts.delivery?.rawValue, at: 1)
        statement.bind(facts.failure?.rawValue, at: 2)
        statement.bind(facts.error, at: 3)
        statement.bind(facts.deliveredAt?.milliseconds, at: 4)
        statement.bind(facts.answer?.rawValue, at: 5)
        statement.bind(facts.answeredAt?.milliseconds, at: 6)
        statement.bind(attempt.contact, at: 7)
        statement.bind(Int64(attempt.number), at: 8)
        try statement.run()
    }
}
