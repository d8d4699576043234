import CampaignCore
import GRDB

/// A contact of a person who has written.
struct PersonContact {
    var id: Int64
    var campaign: Int64
    /// The number by which the person is meant: of several in its row, the one that they have written from.
    var identity: Int64
    var state: CallState
    /// When the person was last called as this contact, lately; nil when they were not. A call that certainly did not
    /// go out does not count.
    var calledAt: Timestamp?
    /// The campaign's own words for opting out, as stored; nil when it has none, or has never called the contact.
    var optOut: String?
}

/// The contacts of a person in all campaigns.
struct PersonContacts {
    /// A reply is about a call that is at most this old.
    static let callSpan = Duration.seconds(30 * 24 * 3600)

    let all: [PersonContact]

    init(_ db: Database, of person: EventPerson, at now: Timestamp) throws {
        // By rowid; attempt by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT contact.id, campaign.id,
                ifnull((SELECT own.identity FROM contact_phone AS own
                    WHERE own.contact_id = contact.id AND own.identity IN (SELECT value FROM json_each(?4))),
                    contact.identity), contact.state,
                (SELECT max(started_at) FROM attempt WHERE contact_id = contact.id AND started_at BETWEEN ?2 AND ?3
                    AND (outcome IS NULL OR outcome = 'accepted' OR outcome = 'in_doubt')),
                iif(contact.attempts > 0, campaign.opt_out, NULL)
            FROM contact_row AS contact CROSS JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id
            WHERE contact.id = ?1
            """)
        all = try StoredCalls(db).contacts(of: person).compactMap { contact in
            statement.bind(contact, at: 1)
            statement.bind(StoredValue.json(person.identities), at: 4)
            statement.bind(now.advanced(by: .zero - Self.callSpan).milliseconds, at: 2)
            statement.bind(now.advanced(by: EventRule.clockStep).milliseconds, at: 3)
            defer { statement.leave() }
            guard try statement.step(), let campaign = statement.number(1), let identity = statement.number(2),
                let state = statement.text(3)
            else { return nil }
            return PersonContact(
                id: contact, campaign: campaign, identity: identity, state: try StoredValue.word(state),
                calledAt: StoredValue.moment(statement.number(4)), optOut: statement.text(5))
        }
    }

    /// Those that were called lately.
    var called: [PersonContact] { all.filter { $0.calledAt != nil } }

    /// The one that was called last.
    var last: PersonContact? {
        called.max { ($0.calledAt ?? .epoch, $0.id) < ($1.calledAt ?? .epoch, $1.id) }
    }

    /// The identities under which the person must not be called.
    func identities(_ person: EventPerson) -> [Int64] {
        PersonNumbers.sorted(Set(all.map(\.identity)).union(person.identities))
    }
}
