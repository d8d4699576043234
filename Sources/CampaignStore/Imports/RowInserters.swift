import CampaignCore
import GRDB

/// Inserts contacts, dozens per statement: SQLite then opens and closes its cursors once for all of them, which halves
/// the cost of a row.
struct ContactInserter {
    /// Contacts per statement; more gain nothing.
    private static let rowsPerStatement = 32

    /// The columns of a contact: those of every list, and those that few lists have.
    private enum Columns {
        case usual
        case all

        var count: Int32 {
            switch self {
            case .usual: 6
            case .all: 8
            }
        }

        /// The statements are texts that are made once.
        func statement(ofMany: Bool) -> String {
            switch self {
            case .usual: ofMany ? Self.manyUsual : Self.oneUsual
            case .all: ofMany ? Self.manyAll : Self.oneAll
            }
        }

        private static let (manyUsual, oneUsual) = statements(.usual)
        private static let (manyAll, oneAll) = statements(.all)

        private static func statements(_ columns: Columns) -> (many: String, one: String) {
            (columns.statement(rows: ContactInserter.rowsPerStatement), columns.statement(rows: 1))
        }

        private func statement(rows: Int) -> String {
            let count = Int(count)
            let values = (0..<rows).map { row in
                "(?1, ?2, " + (0..<count).map { "?\(3 + count * row + $0)" }.joined(separator: ", ") + ")"
            }
            let others =
                switch self {
                case .usual: ""
                case .all: ", call_audio_url, not_before"
                }
            // All begin as `ready`; blocked ones are excluded when their identities are inserted.
            return """
                INSERT INTO contact_row (campaign_id, import_id, id, line, identity, phone, call_duration, own\(others))
                VALUES \(values.joined(separator: ", "))
                """
        }
    }

    private let db: Database
    private let campaign: Int64

    init(_ db: Database, campaign: Int64) {
        self.db = db
        self.campaign = campaign
    }

    /// Writes some of `rows`, with ids from `firstID` on.
    ///
    /// - Parameter kept: the indexes of the rows to write.
    func write(_ rows: PreparedRows, kept: [Int], list: Int64, firstID: Int64) throws {
        let columns: Columns = rows.wishes.isEmpty ? .usual : .all
        let many = try HotStatement(db, columns.statement(ofMany: true))
        let one = try HotStatement(db, columns.statement(ofMany: false))
        for statement in [many, one] {
            statement.bind(campaign, at: 1)
            statement.bind(list, at: 2)
        }
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
                    if columns == .all { bind(rows.wishes[index], to: statement, at: parameter + Columns.usual.count) }
                    parameter += columns.count
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

    private func bind(_ wishes: PreparedRows.Wishes?, to statement: HotStatement, at parameter: Int32) {
        statement.bind(wishes?.callAudioURL, at: parameter)
        statement.bind(wishes?.notBefore?.milliseconds, at: parameter + 1)
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
