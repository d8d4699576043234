import CampaignCore
import GRDB

/// Writes down which numbers of a list became no contact, so that every row of every list is accounted for.
struct DuplicateRows {
    private let insert: HotStatement

    init(_ db: Database) throws {
        insert = try HotStatement(
            db, "INSERT INTO duplicate (import_id, line, phone, contact_id, reason) VALUES (?, ?, ?, ?, ?)")
    }

    /// - Parameters:
    ///   - list: the list's row.
    ///   - contact: the contact that has the number; nil when the campaign has none.
    func write(list: Int64, line: Int64, phone: Int64, contact: Int64?, _ reason: DuplicateReason) throws {
        insert.bind(list, at: 1)
        insert.bind(line, at: 2)
        insert.bind(phone, at: 3)
        insert.bind(contact, at: 4)
        insert.bind(reason.rawValue, at: 5)
        try insert.run()
    }
}
