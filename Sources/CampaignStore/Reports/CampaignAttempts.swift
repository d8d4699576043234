import GRDB

/// How the attempts of a campaign are found: by their contacts' ids alone, where no other campaign has ids among these.
struct CampaignAttempts {
    private struct Range {
        var campaign, first, last: Int64
    }

    /// SQL: what comes after `FROM`, to which conditions can be added.
    let rows: String
    /// What its question marks stand for.
    let numbers: [Int64]

    var arguments: StatementArguments { StatementArguments(numbers) }

    init(_ db: Database, campaign: Int64) throws {
        // contact_by_turn covers it: its entries are read once, and no row.
        let ranges = try Row.fetchAll(
            db, sql: "SELECT campaign_id, min(id), max(id) FROM contact_row GROUP BY campaign_id"
        ).map { row in
            Range(
                campaign: try row.decode(atIndex: 0), first: try row.decode(atIndex: 1),
                last: try row.decode(atIndex: 2))
        }
        guard let own = ranges.first(where: { $0.campaign == campaign }),
            !ranges.contains(where: { $0.campaign != campaign && $0.first <= own.last && $0.last >= own.first })
        else {
            // Each contact by its row, which takes three times as long.
            rows = "attempt CROSS JOIN contact ON contact.id = attempt.contact_id WHERE contact.campaign_id = ?"
            numbers = [campaign]
            return
        }
        // A part of the primary key.
        rows = "attempt WHERE attempt.contact_id BETWEEN ? AND ?"
        numbers = [own.first, own.last]
    }
}
