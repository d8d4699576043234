package import CampaignCore
import Foundation
import GRDB

/// The attempt and contact to which an item of the provider queue belongs.
package struct ProviderQueueItemOwner: Hashable, Sendable {
    /// The attempt that placed it.
    package var attempt: AttemptID
    /// The campaign that the attempt belongs to.
    package var campaign: String
    /// The number as it was dialed.
    package var phone: PhoneNumber
    /// The contact's own cells, as in its list.
    package var own: [String]
}

extension StoreReader {
    /// The owners of calls at Z-API, by zaapId; calls that no attempt of any campaign has placed are missing.
    ///
    /// - Parameter instance: Z-API's id of the instance whose calls they are.
    package func owners(ofCalls zaapIds: [String], instance: String) throws(StoreError) -> [String:
        ProviderQueueItemOwner]
    {
        guard !zaapIds.isEmpty else { return [:] }
        return try read { db in
            let list = String(decoding: try JSONEncoder().encode(zaapIds), as: UTF8.self)
            // Reads every attempt once, since zaapIds are not indexed: a person waits for this, no call does.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT attempt.zaap_id, attempt.contact_id, attempt.number, campaign.name,
                        ifnull(dialed.phone, contact.phone), contact.own
                    FROM attempt
                    JOIN contact ON contact.id = attempt.contact_id
                    JOIN campaign ON campaign.id = contact.campaign_id
                    JOIN instance ON instance.id = attempt.instance_id
                    \(ContactPhones.dialed())
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
