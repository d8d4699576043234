package import CampaignCore
import GRDB

extension StoreReader {
    /// The first contacts that a text finds, in the order of the lists.
    ///
    /// - Parameter limit: the maximum; the rest of the campaign is not read when there are as many.
    package func contacts(
        campaign name: String, finding search: TextSearch, atMost limit: Int
    ) throws(StoreError) -> [ContactRow] {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            // A part of the table in its own order: a text can be anywhere in a row. What else is known of a contact is
            // read only of those that it finds.
            let rows = try HotStatement(
                alone: "SELECT id, phone, own FROM contact WHERE \(ContactRange.condition) ORDER BY id", db)
            rows.bind(try ContactRange(db, campaign: campaign).numbers)
            defer { rows.leave() }
            var (ids, buffer): ([Int64], [UInt8]) = ([], [])
            while ids.count < limit, try rows.step() {
                var isFound = try search.matches(StoredValue.phone(rows.requiredNumber(1)))
                if !isFound { isFound = try Self.matches(search, rows, cells: 2, &buffer) }
                if isFound { ids.append(try rows.requiredNumber(0)) }
            }
            return try StoredContacts(db, campaign: campaign).contacts(ids).sorted { $0.id < $1.id }.map(\.contact)
        }
    }

    /// The first rejected rows with a cell that has these digits in a row, whatever stands between them.
    package func rejects(
        campaign name: String, withDigits digits: String, atMost limit: Int
    ) throws(StoreError) -> [RejectRow] {
        let wanted = Array(digits.utf8)
        return try rejects(campaign: name, atMost: limit) { rows in
            let plain: Bool? = rows.withText(1) { bytes in
                bytes.contains(UInt8(ascii: "\\")) ? nil : Self.hasDigits(wanted, bytes)
            }
            return try plain
                ?? ListColumns.cells(rows.requiredText(1)).contains { Self.hasDigits(wanted, $0.utf8) }
        }
    }

    /// The first rejected rows that a text finds.
    package func rejects(
        campaign name: String, finding search: TextSearch, atMost limit: Int
    ) throws(StoreError) -> [RejectRow] {
        var buffer: [UInt8] = []
        return try rejects(campaign: name, atMost: limit) { rows in
            try Self.matches(search, rows, cells: 1, &buffer)
        }
    }

    private func rejects(
        campaign name: String, atMost limit: Int, where isOne: (HotStatement) throws -> Bool
    ) throws(StoreError) -> [RejectRow] {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            // reject_by_import; most rows are only looked at.
            let rows = try HotStatement(
                alone: """
                    SELECT reject.id, reject.own FROM import JOIN reject ON reject.import_id = import.id
                    WHERE import.campaign_id = ? ORDER BY import.id, reject.id
                    """, db)
            rows.bind(campaign, at: 1)
            defer { rows.leave() }
            var ids: [Int64] = []
            while ids.count < limit, try rows.step() {
                if try isOne(rows) { ids.append(try rows.requiredNumber(0)) }
            }
            return try Self.rejects(db, campaign: campaign, ids)
        }
    }

    /// Whether a cell has the digits. Quotes separate the cells of a JSON array.
    private static func hasDigits(_ wanted: [UInt8], _ cells: some Sequence<UInt8>) -> Bool {
        var digits: [UInt8] = []
        for byte in cells {
            if byte == UInt8(ascii: "\"") { digits.removeAll(keepingCapacity: true) }
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { continue }
            digits.append(byte)
            if digits.count >= wanted.count, digits.suffix(wanted.count).elementsEqual(wanted) { return true }
        }
        return false
    }

    static func matches(
        _ search: TextSearch, _ row: HotStatement, cells column: Int32, _ buffer: inout [UInt8]
    ) throws -> Bool {
        let plain: Bool? = row.withText(column) { bytes in
            bytes.contains(UInt8(ascii: "\\")) ? nil : search.matches(json: bytes, buffer: &buffer)
        }
        if let plain { return plain }
        return try ListColumns.cells(row.requiredText(column)).contains { cell in
            search.matches(cell: cell.utf8, buffer: &buffer)
        }
    }
}
