import CampaignCore
import GRDB

/// Writes what people reply, and what follows: a block, a hold, or only that they replied.
struct ReplyEvents {
    private let db: Database
    private let feed: BlockFeed

    init(_ db: Database, _ feed: BlockFeed) {
        self.db = db
        self.feed = feed
    }

    func apply(
        _ reply: Reply, _ event: CallEvent, receivedAt: Timestamp, instance: Int64
    ) throws -> AppliedEvent {
        let person = try EventPerson(db, event)
        guard let phone = event.phone ?? event.lid, let main = person.main else {
            return AppliedEvent(place: EventPlace(.unmatched, .noCall))
        }
        let contacts = try PersonContacts(db, of: person, at: receivedAt)
        let reading = ReplyReading(reply, try contacts.all.filter { $0.calledAt != nil || $0.optOut != nil }.map(lists))
        var stored = StoredReply(
            reading: reading, identities: contacts.identities(person), main: contacts.last?.identity ?? main,
            receivedAt: receivedAt)
        var applied = AppliedEvent(place: EventPlace(.applied, person: stored.main))
        // The block comes before anything else of the event.
        switch reading.level {
        case .optOut:
            try ReplyRows(db, feed).block(stored.identities, stored.reason, at: receivedAt)
        case .review, .media, .none:
            // A stranger's chat is nobody's business.
            guard reading.level == .review || !contacts.called.isEmpty else {
                return AppliedEvent(
                    place: EventPlace(.unmatched, .noCall, person: contacts.all.first?.identity ?? main))
            }
            guard reading.level != .none else { break }
            stored.isBlocked = try stored.identities.contains { try BlockRows.contains(db, $0) }
        }
        let row = try insert(stored, reply, phone, contacts.last?.id, instance: instance)
        // Whoever was to be called again for want of an answer is not, whatever is decided about the reply.
        let withdrawn = try noteReply(of: contacts.called, at: receivedAt)
        if reading.level == .review, !stored.isBlocked { try ReplyRows(db, feed).hold(stored.identities, reply: row) }
        applied.effects = try effects(stored, contacts)
        applied.effects += try changes(in: withdrawn)
        return applied
    }

    /// Notes of a person's calls that they have replied, where the reply came before it was known that these numbers are
    /// theirs.
    func noteEarlier(of numbers: [Int64]) throws -> [EventEffect] {
        // reply_by_person.
        let moments = try Int64.fetchAll(
            db,
            sql: "SELECT received_at FROM reply WHERE identity IN (SELECT value FROM json_each(:numbers))",
            arguments: ["numbers": StoredValue.json(numbers)])
        var withdrawn: Set<Int64> = []
        for moment in moments.map(Timestamp.init(milliseconds:)) {
            let contacts = try PersonContacts(db, of: EventPerson(identities: numbers), at: moment)
            withdrawn.formUnion(try noteReply(of: contacts.called, at: moment))
        }
        return try changes(in: withdrawn.sorted())
    }

    private func changes(in campaigns: [Int64]) throws -> [EventEffect] {
        try campaigns.map { .contactsChanged(campaign: try CampaignRows.name(db, $0)) }
    }

    private func effects(_ reply: StoredReply, _ contacts: PersonContacts) throws -> [EventEffect] {
        guard reply.reading.level == .optOut || reply.reading.level == .review else { return [] }
        // Also by the other numbers of their rows.
        let stopped = try ContactPhones.besides(db, reply.identities)
        var effects = stopped.map { EventEffect.mustNotBeCalled(identity: $0) }
        if reply.reading.level == .optOut {
            let campaign = try contacts.last.map { try CampaignRows.name(db, $0.campaign) }
            effects.append(.optedOut(campaign: campaign, identity: reply.main))
        }
        for contact in contacts.all where contact.state == .ready {
            effects.append(.contactsChanged(campaign: try CampaignRows.name(db, contact.campaign)))
        }
        if stopped.count > reply.identities.count {
            effects += try CampaignRows.names(db, having: stopped).map { .contactsChanged(campaign: $0) }
        }
        return effects
    }

    private func lists(_ contact: PersonContact) throws -> OptOutLists {
        try contact.optOut.map { try StoredOptOut.lists($0) } ?? OptOutLists()
    }

    /// - Returns: the reply's row.
    private func insert(
        _ stored: StoredReply, _ reply: Reply, _ phone: PhoneNumber, _ contact: Int64?, instance: Int64
    ) throws -> Int64 {
        let statement = try HotStatement(
            db,
            """
            INSERT INTO reply (instance_id, identity, phone, contact_id, received_at, form, text, level, rule, decision,
                decided_at, decided_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(instance, at: 1)
        statement.bind(stored.main, at: 2)
        statement.bind(phone.value, at: 3)
        statement.bind(contact, at: 4)
        statement.bind(stored.receivedAt.milliseconds, at: 5)
        statement.bind(reply.form.rawValue, at: 6)
        statement.bind(String(reply.text.prefix(StoredReply.longestText)), at: 7)
        statement.bind(stored.reading.level.rawValue, at: 8)
        statement.bind(stored.reading.rule, at: 9)
        // Who is on the list already needs no decision.
        statement.bind(stored.isBlocked ? ReplyDecision.blocked.rawValue : nil, at: 10)
        statement.bind(stored.isBlocked ? stored.receivedAt.milliseconds : nil, at: 11)
        statement.bind(stored.isBlocked ? ReplyRows.byReply : nil, at: 12)
        try statement.run()
        return db.lastInsertedRowID
    }

    /// - Returns: the campaigns that will not call the person again for want of an answer.
    private func noteReply(of called: [PersonContact], at moment: Timestamp) throws -> [Int64] {
        // By rowid.
        let statement = try HotStatement(
            db, "UPDATE contact_row SET replied_at = ?1 WHERE id = ?2 AND (replied_at IS NULL OR replied_at > ?1)")
        return try called.filter { contact in
            statement.bind(moment.milliseconds, at: 1)
            statement.bind(contact.id, at: 2)
            try statement.run()
            return try Redials.withdraw(db, contact.id)
        }.map(\.campaign)
    }
}

/// A reply that is being written.
private struct StoredReply {
    /// Longer texts are cut off; the event's body has the rest.
    static let longestText = 2_000

    var reading: ReplyReading
    /// Under which the person must not be called.
    var identities: [Int64]
    /// The one by which the reply is found.
    var main: Int64
    var receivedAt: Timestamp
    /// Whether the person is on the do-not-call list, so that no decision is needed.
    var isBlocked = false

    var reason: String { "reply: \(reading.rule)" }
}
