package import CampaignCore
import Foundation
import GRDB

/// Whose call an item of Z-API's queue is.
package struct ProviderQueueItemOwner: Hashable, Sendable {
    /// The attempt that placed it.
    package var attempt: AttemptID
    /// The campaign that the attempt belongs to.
    package var campaign: String
    /// The number as it was dialed.
    package var phone: PhoneNumber
    /// The contact's own cells, as its list has them.
    package var own: [String]
}

/// An item of Z-API's queue that may be the call of an attempt in doubt.
package struct QueueEvidence: Hashable, Sendable {
    /// The attempt's number.
    package var attempt: Int
    /// The item's id at Z-API.
    package var zaapId: String
    /// Its id at WhatsApp; nil when the queue told none.
    package var messageId: String?
    /// When Z-API took it, by its clock; nil when the queue did not tell.
    package var createdAt: Timestamp?
    /// How long it rings, when its fields say that it is a call.
    package var callDuration: Int?
}

extension StoreReader {
    /// What Z-API's queue held that may be a call of a contact, by the numbers of those that have such evidence.
    ///
    /// - Parameter phone: only of this contact, as the campaign has its number; nil is all.
    package func queueEvidence(
        campaign: String, of phone: PhoneNumber? = nil
    ) throws(StoreError) -> [PhoneNumber: [QueueEvidence]] {
        try read { db in
            // Read from the evidence, of which there is little; the others by primary key. What the attempt has turned out
            // to be since then leaves none in doubt.
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

    /// The owners of calls at Z-API, by zaapId; a call that no attempt of any campaign has placed has none.
    ///
    /// - Parameter instance: Z-API's id of the instance whose calls they are.
    package func owners(ofCalls zaapIds: [String], instance: String) throws(StoreError) -> [String:
        ProviderQueueItemOwner]
    {
        guard !zaapIds.isEmpty else { return [:] }
        return try read { db in
            let list = String(decoding: try JSONEncoder().encode(zaapIds), as: UTF8.self)
            // Reads every attempt once, since zaapIds stand in no index: a person waits for it, no call does.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT attempt.zaap_id, contact_id, number, campaign.name, contact.phone, contact.own
                    FROM attempt
                    JOIN contact ON contact.id = attempt.contact_id
                    JOIN campaign ON campaign.id = contact.campaign_id
                    JOIN instance ON instance.id = attempt.instance_id
                    WHERE attempt.zaap_id IN (SELECT value FROM json_each(:list)) AND instance.zapi_id = :instance
                    """,
                arguments: ["list": list, "instance": instance])
            var owners: [String: ProviderQueueItemOwner] = [:]
            for row in rows {
                owners[try row.decode(atIndex: 0)] = ProviderQueueItemOwner(
                    attempt: AttemptID(contact: try row.decode(atIndex: 1), number: try row.decode(atIndex: 2)),
                    campaign: try row.decode(atIndex: 3),
                    phone: try StoredValue.phone(row.decode(atIndex: 4)),
                    own: try ListColumns.cells(try row.decode(atIndex: 5)))
            }
            return owners
        }
    }
}
