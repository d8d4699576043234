import CampaignCore

/// Writes a row as one JSON object on one line. Every row has all keys; a missing value is `null`.
struct JSONRow<Table: ReportTable>: Sendable {
    let table: Table
    private var times: LocalTimes
    private let ownKeys: [[UInt8]]
    private let keys: [[UInt8]]

    init(_ table: Table, _ context: ReportContext) {
        self.table = table
        times = LocalTimes(context.timeZone)
        ownKeys = Self.withoutDuplicates(context.ownColumns).map(Self.key)
        keys = table.columns.map { Self.key($0.rawValue) }
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        if table.hasOwnCells {
            bytes.append(ascii: "\"contact\":{")
            appendOwn(table.ownCells(of: row), to: &bytes)
            bytes.append(ascii: "},")
        }
        for (index, cell) in table.cells(of: row).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: keys[index])
            bytes.append(json: cell, in: &times)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private func appendOwn(_ cells: [String], to bytes: inout [UInt8]) {
        for (index, key) in ownKeys.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: key)
            bytes.append(json: index < cells.count ? cells[index] : nil)
        }
    }

    /// A name that occurs a second time gets ` (2)` appended, or the first number that makes it unique.
    static func withoutDuplicates(_ names: [String]) -> [String] {
        let spelled = Set(names)
        var used: Set<String> = []
        return names.map { name in
            var unique = name
            var number = 2
            while used.contains(unique) || (unique != name && spelled.contains(unique)) {
                unique = "\(name) (\(number))"
                number += 1
            }
            used.insert(unique)
            return unique
        }
    }

    private static func key(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(json: name)
        bytes.append(UInt8(ascii: ":"))
        return bytes
    }
}
