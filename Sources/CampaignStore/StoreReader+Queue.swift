public import CampaignCore
import Foundation
import GRDB

/// Whose call an item of Z-API's queue is.
public struct QueuedCallOwner: Hashable, Sendable {
    /// The attempt that placed it.
    public var attempt: AttemptID
    /// The campaign that the attempt belongs to.
    public var campaign: String
    /// The number as it was dialled.
    public var phone: PhoneNumber
    /// The contact's own cells, as its list has them.
    public var own: [String]
}

extension StoreReader {
    /// The owners of calls at Z-API, by zaapId; a call that no attempt of any campaign has placed has none.
    public func owners(ofCalls zaapIds: [String]) throws(QueueError) -> [String: QueuedCallOwner] {
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
                    WHERE attempt.zaap_id IN (SELECT value FROM json_each(:list))
                    """,
                arguments: ["list": list])
            var owners: [String: QueuedCallOwner] = [:]
            for row in rows {
                owners[row[0]] = QueuedCallOwner(
                    attempt: AttemptID(contact: row[1], number: row[2]), campaign: row[3],
                    phone: try StoredValue.phone(row[4]), own: try OwnColumns.cells(row[5]))
            }
            return owners
        }
    }
}
