package import CampaignCore
import GRDB

/// Contacts of a campaign that are not called because somebody is on the do-not-call list.
package struct BlockedInCampaign: Hashable, Sendable {
    package var campaign: String
    /// Their numbers, as they would be dialed.
    package var phones: [PhoneNumber]
}

extension StoreReader {
    /// Some of the do-not-call list, in the order of the numbers, phones before what WhatsApp names people by.
    ///
    /// - Parameters:
    ///   - number: the last one of the page before; nil for the first page.
    ///   - limit: the maximum.
    package func blocks(after number: PhoneNumber?, limit: Int) throws(StoreError) -> [BlockEntry] {
        try read { db in
            // A part of the table in its own order, and then another.
            func entries(after last: Int64, through end: Int64, _ limit: Int) throws -> [BlockEntry] {
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT phone, reason, blocked_at FROM block WHERE identity > :last AND identity <= :end
                        ORDER BY identity LIMIT :limit
                        """,
                    arguments: ["last": last, "end": end, "limit": limit]
                ).map(Self.blockEntry)
            }
            let last = number?.identity ?? 0
            let phones = last < 0 ? [] : try entries(after: last, through: .max, limit)
            guard phones.count < limit else { return phones }
            return try phones + entries(after: last < 0 ? last : .min, through: 0, limit - phones.count)
        }
    }

    /// The contacts that were excluded because of one of these numbers, by campaign: whom `block remove --requeue` would
    /// put back.
    package func excludedContacts(blockedBy numbers: [PhoneNumber]) throws(StoreError) -> [BlockedInCampaign] {
        try read { db in
            let persons = try PersonNumbers(db).all(of: numbers.map(\.identity))
            // contact_identity by primary key once for each campaign and number, contact by row.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT campaign.name, contact.phone FROM campaign
                    CROSS JOIN json_each(:persons) AS person
                    CROSS JOIN contact_identity AS known
                        ON known.campaign_id = campaign.id AND known.identity = person.value
                    CROSS JOIN contact ON contact.id = known.contact_id
                    WHERE contact.state = 'excluded' AND contact.reason = :reason ORDER BY 1, 2
                    """,
                arguments: ["persons": StoredValue.json(persons), "reason": ExclusionReason.doNotCall.rawValue])
            var campaigns: [BlockedInCampaign] = []
            for row in rows {
                let name: String = try row.decode(atIndex: 0)
                if campaigns.last?.campaign != name { campaigns.append(BlockedInCampaign(campaign: name, phones: [])) }
                campaigns[campaigns.count - 1].phones.append(try StoredValue.phone(row.decode(atIndex: 1)))
            }
            return campaigns
        }
    }
}
