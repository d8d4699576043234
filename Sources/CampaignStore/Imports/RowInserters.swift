import CampaignCore
import GRDB

/// Inserts contacts, dozens per statement: SQLite then opens and closes its cursors once for all of them, which halves
/// the cost of a row.
struct ContactInserter {
    /// Contacts per statement; more gain nothing.
    private static let rowsPerStatement = 32

    private let many: HotStatement
    private let one: HotStatement

    init(_ db: Database, campaign: Int64) throws {
        many = try HotStatement(db, Self.statementOfMany)
        one = try HotStatement(db, Self.statementOfOne)
        for statement in [many, one] { statement.bind(campaign, at: 1) }
    }

    /// Writes some of `rows`, with ids from `firstID` on.
    ///
    /// - Parameter kept: the indexes of the rows to write.
    func write(_ rows: PreparedRows, kept: [Int], list: Int64, firstID: Int64) throws {
        for statement in [many, one] { statement.bind(list, at: 2) }
        try rows.own.withUnsafeBytes { own in
            var id = firstID
            var start = 0
            while start < kept.count {
                let isWhole = kept.count - start >= Self.rowsPerStatement
                let group = kept[start..<(isWhole ? start + Self.rowsPerStatement : start + 1)]
                let statement = isWhole ? many : one
                var parameter: Int32 = 3
                for index in group {
                    bind(rows, index, id: id, own: own, to: statement, at: parameter)
                    parameter += 6
                    id += 1
                }
                try statement.run()
                start += group.count
            }
        }
    }

    private func bind(
        _ rows: PreparedRows, _ index: Int, id: Int64, own: UnsafeRawBufferPointer, to statement: HotStatement,
        at parameter: Int32
    ) {
        let contact = rows.contacts[index]
        statement.bind(id, at: parameter)
        statement.bind(Int64(contact.line), at: parameter + 1)
        statement.bind(contact.identity, at: parameter + 2)
        statement.bind(contact.phone.value, at: parameter + 3)
        statement.bind(contact.callDuration.map(Int64.init), at: parameter + 4)
        statement.bind(staying: UnsafeRawBufferPointer(rebasing: own[rows.ownRange(index)]), at: parameter + 5)
    }

    private static let statementOfMany = statement(rows: rowsPerStatement)
    private static let statementOfOne = statement(rows: 1)

    private static func statement(rows: Int) -> String {
        let values = (0..<rows).map { row in
            "(?1, ?2, " + (0..<6).map { "?\(3 + 6 * row + $0)" }.joined(separator: ", ") + ")"
        }
        // All begin as `ready`; blocked ones are excluded when their identities are inserted.
        return """
            INSERT INTO contact_row (campaign_id, import_id, id, line, identity, phone, call_duration, own)
            VALUES \(values.joined(separator: ", "))
            """
    }
}

/// Records which numbers of a list did not become a contact, so that every row of every list is accounted for.
struct DuplicateInserter {
    private let insert: HotStatement

    init(_ db: Database) throws {
        insert = try HotStatement(
            db, "INSERT INTO duplicate (import_id, line, phone, contact_id, reason) VALUES (?, ?, ?, ?, ?)")
    }

    /// - Parameters:
    ///   - list: the list's row id.
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
