import GRDB

/// Where in the table the contacts of a campaign are. Reading that part from end to end gives them in the order of the
/// lists; by the index of a campaign, SQLite would have to sort all of them, with all that is read of them.
struct ContactRange {
    /// SQL condition for `contact`. Its question marks stand for ``numbers``.
    static let condition = "+contact.campaign_id = ? AND contact.id BETWEEN ? AND ?"

    let numbers: [Int64]

    init(_ db: Database, campaign: Int64) throws {
        // contact_by_turn covers it.
        let ends = try HotStatement(db, "SELECT min(id), max(id) FROM contact_row WHERE campaign_id = ?")
        ends.bind(campaign, at: 1)
        defer { ends.leave() }
        _ = try ends.step()
        numbers = [campaign, try ends.storedNumber(0) ?? 1, try ends.storedNumber(1) ?? 0]
    }
}
