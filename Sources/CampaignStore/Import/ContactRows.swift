import CampaignCore
import GRDB

/// Contacts on their way into the table, some dozens in one statement: SQLite then opens and closes its cursors once for
/// all of them, which halves the price of a row.
struct ContactRows {
    /// Contacts in one statement; more gain nothing.
    private static let most = 32
    private static let many = statement(rows: most)
    private static let one = statement(rows: 1)

    private let campaign: Int64
    private var rows: [Pending] = []
    private var own: [UInt8] = []

    private struct Pending {
        var id: Int64
        var list: Int64
        var line: Int
        var phone: PhoneNumber
        var callDuration: Int?
        var ownEnd: Int
    }

    init(campaign: Int64) {
        self.campaign = campaign
        rows.reserveCapacity(Self.most)
    }

    /// Takes a contact, and writes when there are enough.
    mutating func append(_ contact: ListContact, id: Int64, list: Int64, _ db: Database) throws {
        CellsJSON.append(contact.cells, to: &own)
        rows.append(
            Pending(
                id: id, list: list, line: contact.line, phone: contact.phone, callDuration: contact.callDuration,
                ownEnd: own.count))
        if rows.count == Self.most { try write(rows[...], Self.many, db) }
    }

    /// Writes what is left.
    mutating func flush(_ db: Database) throws {
        while let row = rows.first { try write([row], Self.one, db) }
    }

    private mutating func write(_ group: ArraySlice<Pending>, _ sql: String, _ db: Database) throws {
        let statement = try HotStatement(db, sql)
        statement.bind(campaign, at: 1)
        try own.withUnsafeBytes { own in
            var start = 0
            var index: Int32 = 2
            for row in group {
                statement.bind(row.id, at: index)
                statement.bind(row.list, at: index + 1)
                statement.bind(Int64(row.line), at: index + 2)
                statement.bind(row.phone.identity, at: index + 3)
                statement.bind(row.phone.value, at: index + 4)
                statement.bind(row.callDuration.map(Int64.init), at: index + 5)
                statement.bind(staying: UnsafeRawBufferPointer(rebasing: own[start..<row.ownEnd]), at: index + 6)
                start = row.ownEnd
                index += 7
            }
            try statement.run()
        }
        let written = group.last?.ownEnd ?? 0
        own.removeFirst(written)
        rows.removeFirst(group.count)
        for index in rows.indices { rows[index].ownEnd -= written }
    }

    private static func statement(rows: Int) -> String {
        let values = (0..<rows).map { row in
            "(?1, " + (0..<7).map { "?\(2 + 7 * row + $0)" }.joined(separator: ", ") + ")"
        }
        // Everybody begins as `ready`; who asked not to be called is excluded when the identities are entered.
        return """
            INSERT INTO contact (campaign_id, id, import_id, line, identity, phone, call_duration, own)
            VALUES \(values.joined(separator: ", "))
            """
    }
}
