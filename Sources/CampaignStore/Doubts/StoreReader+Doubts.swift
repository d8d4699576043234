package import CampaignCore
import GRDB

/// Calls in doubt that share one reason.
package struct DoubtGroup: Hashable, Sendable {
    /// Why it is not known whether they rang; nil when the contacts do not say.
    package var reason: String?
    /// How many there are.
    package var contacts: Int
}

/// An item of the provider queue that may be the call of an attempt in doubt.
package struct QueueEvidence: Hashable, Sendable {
    /// The attempt's number.
    package var attempt: Int
    /// The item's id at Z-API.
    package var zaapId: String
    /// Its id at WhatsApp; nil when the provider queue did not say.
    package var messageId: String?
    /// When Z-API received it, by Z-API's clock; nil when the provider queue did not say.
    package var createdAt: Timestamp?
    /// How long it rings; nil unless its fields say that it is a call.
    package var callDuration: Int?
}

extension StoreReader {
    /// Passes the doubts of a campaign that match a filter to `body`, grouped by reason, the most frequent first;
    /// memory does not grow with their number.
    ///
    /// - Parameters:
    ///   - filter: nil means all.
    ///   - begin: called with each reason before its doubts.
    package func forEachDoubt(
        campaign: String, where filter: ContactFilter?, _ begin: (DoubtGroup) throws -> Void,
        _ body: (ContactRow) throws -> Void
    ) throws {
        // In one snapshot: a run may continue at the same time.
        try readStreaming { db in
            let contacts = try StoredContacts(db, campaign: try CampaignRows.id(db, named: campaign))
            var counts: [String?: Int] = [:]
            try contacts.forEach(in: [.inDoubt]) { _, contact in
                if filter?.matches(contact) ?? true { counts[contact.reason, default: 0] += 1 }
            }
            let groups = counts.map { DoubtGroup(reason: $0, contacts: $1) }
                .sorted { ($1.contacts, $0.reason ?? "") < ($0.contacts, $1.reason ?? "") }
            // Once more for each reason; there are only a handful.
            for group in groups {
                try begin(group)
                try contacts.forEach(in: [.inDoubt], reason: group.reason) { _, contact in
                    guard contact.reason == group.reason, filter?.matches(contact) ?? true else { return }
                    try body(contact)
                }
            }
        }
    }

    /// Items of the provider queue that may be calls of contacts, by the contact's number.
    ///
    /// - Parameter phone: only of this contact, by the number that the campaign has; nil means all.
    package func queueEvidence(
        campaign: String, of phone: PhoneNumber? = nil
    ) throws(StoreError) -> [PhoneNumber: [QueueEvidence]] {
        try read { db in
            // Reads the few rows of evidence, and the rest by primary key. Evidence of attempts that have been resolved
            // since then is omitted.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT contact.phone, evidence.number, evidence.zaap_id, evidence.message_id, evidence.created_at,
                        evidence.call_duration
                    FROM queue_evidence AS evidence
                    CROSS JOIN contact ON contact.id = evidence.contact_id
                    CROSS JOIN attempt
                        ON attempt.contact_id = evidence.contact_id AND attempt.number = evidence.number
                    WHERE contact.campaign_id = :campaign AND contact.phone = ifnull(:phone, contact.phone)
                        AND attempt.outcome = 'in_doubt'
                    ORDER BY evidence.contact_id, evidence.number, evidence.created_at, evidence.zaap_id
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: campaign), "phone": phone?.value])
            var evidence: [PhoneNumber: [QueueEvidence]] = [:]
            for row in rows {
                evidence[try StoredValue.phone(row.decode(atIndex: 0)), default: []].append(
                    QueueEvidence(
                        attempt: try row.decode(atIndex: 1), zaapId: try row.decode(atIndex: 2),
                        messageId: try row.decode(atIndex: 3),
                        createdAt: StoredValue.moment(try row.decode(atIndex: 4)),
                        callDuration: try row.decode(atIndex: 5)))
            }
            return evidence
        }
    }

    /// Delivery events that may be about calls in doubt, or about messages of another program to the same people, by
    /// the contact's number: how many, and when the last one came.
    package func eventEvidence(
        campaign: String
    ) throws(StoreError) -> [PhoneNumber: (events: Int, lastAt: Timestamp)] {
        try read { db in
            // contact_by_turn, each contact by its row; event_by_person.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT contact.phone, count(*), max(event.received_at) FROM contact
                    CROSS JOIN event ON event.person = contact.identity AND event.contact_id = contact.id
                        AND event.number = contact.attempts AND event.remark = :remark
                    WHERE contact.campaign_id = :campaign AND contact.state = 'in_doubt' GROUP BY contact.id
                    """,
                arguments: [
                    "campaign": try CampaignRows.id(db, named: campaign),
                    "remark": EventRemark.callOrMessage.rawValue,
                ])
            var evidence: [PhoneNumber: (events: Int, lastAt: Timestamp)] = [:]
            for row in rows {
                evidence[try StoredValue.phone(row.decode(atIndex: 0))] = (
                    try row.decode(atIndex: 1), Timestamp(milliseconds: try row.decode(atIndex: 2))
                )
            }
            return evidence
        }
    }
}
