import CampaignCore
import GRDB

/// Which contacts of a campaign are on the do-not-call list, in whatever form of their number.
///
/// The claims look at the number that is dialed alone; whoever brings a contact back looks at every form that it is
/// known by, as blocking does.
struct BlockedContacts {
    /// Ascending.
    private let rows: [Int64]

    init(_ db: Database, campaign: Int64, in states: [CallState]) throws {
        let words = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        // Once for each number of the list: contact_identity by primary key, contact by row.
        let cursor = try Int64.fetchCursor(
            db,
            sql: """
                SELECT contact.id FROM block
                CROSS JOIN contact_identity AS known
                    ON known.campaign_id = :campaign AND known.identity = block.identity
                CROSS JOIN contact ON contact.id = known.contact_id
                WHERE contact.state IN (\(words))
                """,
            arguments: ["campaign": campaign])
        var rows: [Int64] = []
        while let row = try cursor.next() { rows.append(row) }
        self.rows = rows.sorted()
    }

    func contains(_ contact: Int64) -> Bool {
        var range = rows.indices
        while let first = range.first, let last = range.last {
            let middle = first + (last - first) / 2
            if rows[middle] == contact { return true }
            range = rows[middle] < contact ? (middle + 1)..<range.upperBound : first..<middle
        }
        return false
    }
}
