package import CampaignCore
import GRDB

/// What speaks for or against a call in doubt having rung.
package struct DoubtEvidence: Hashable, Sendable {
    /// Items of the provider queue that may be the call.
    package var queue: [QueueEvidence] = []
    /// Delivery events that may be about it, or about messages of another program to the same person.
    package var events = 0
    /// When the last of them came.
    package var lastEventAt: Timestamp?

    package init() {}
}

extension StoreReader {
    /// What is known of the doubts of these contacts, by ``ContactPage/Entry/id``; of those of which nothing is, nothing.
    package func doubtEvidence(ofContacts ids: [Int64]) throws(StoreError) -> [Int64: DoubtEvidence] {
        try read { db in
            var evidence: [Int64: DoubtEvidence] = [:]
            let chosen: StatementArguments = ["ids": StoredValue.json(ids)]
            // By primary keys.
            let items = try Row.fetchAll(
                db,
                sql: """
                    SELECT item.contact_id, item.number, item.zaap_id, item.message_id, item.created_at,
                        item.call_duration
                    FROM json_each(:ids) AS chosen
                    CROSS JOIN queue_evidence AS item ON item.contact_id = chosen.value
                    CROSS JOIN attempt ON attempt.contact_id = item.contact_id AND attempt.number = item.number
                    WHERE attempt.outcome = 'in_doubt'
                    ORDER BY item.contact_id, item.number, item.created_at, item.zaap_id
                    """,
                arguments: chosen)
            for row in items {
                evidence[try row.decode(atIndex: 0), default: DoubtEvidence()].queue.append(
                    QueueEvidence(
                        attempt: try row.decode(atIndex: 1), zaapId: try row.decode(atIndex: 2),
                        messageId: try row.decode(atIndex: 3),
                        createdAt: StoredValue.moment(try row.decode(atIndex: 4)),
                        callDuration: try row.decode(atIndex: 5)))
            }
            // Each contact by row; event_by_person.
            let events = try Row.fetchAll(
                db,
                sql: """
                    SELECT contact.id, count(*), max(event.received_at) FROM json_each(:ids) AS chosen
                    CROSS JOIN contact ON contact.id = chosen.value
                    CROSS JOIN event ON event.person = contact.identity AND event.contact_id = contact.id
                        AND event.number = contact.attempts AND event.remark = :remark
                    GROUP BY contact.id
                    """,
                arguments: chosen + ["remark": EventRemark.callOrMessage.rawValue])
            for row in events {
                let id: Int64 = try row.decode(atIndex: 0)
                evidence[id, default: DoubtEvidence()].events = try row.decode(atIndex: 1)
                evidence[id, default: DoubtEvidence()].lastEventAt = StoredValue.moment(try row.decode(atIndex: 2))
            }
            return evidence
        }
    }
}
