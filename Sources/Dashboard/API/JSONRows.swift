import CampaignCore

/// Contacts that were sent as JSON: an object a line, or a list of objects.
package struct JSONRows: Hashable, Sendable {
    /// The keys that mean something; all others are columns of the contact's own.
    package static let keys = ["phone", "name", "callDuration", "callAudioUrl", "notBefore"]
    private static let mostColumns = 200
    private static let longestName = 100
    private static let mostFaults = 50

    /// The names of the columns, in the order in which they first came; the phone is the first.
    package private(set) var columns: [String] = ["phone"]
    /// Where each row begins: its line in the body, or its place in the list, from 1.
    package private(set) var places: [Int] = []
    private var rows: [[String: String]] = []

    /// An object a line; blank lines do not count.
    init(lines body: [UInt8]) throws {
        var values: [(Int, JSON)] = []
        for (index, line) in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
            guard let json = JSON(line) else {
                throw DashboardError.malformed("Line \(index + 1) is not valid JSON: nothing was added.")
            }
            values.append((index + 1, json))
            guard values.count <= SentContacts.mostRows else { throw SentContacts.tooMany }
        }
        try self.init(values, unit: "line")
    }

    /// A list of objects.
    init(list body: [UInt8]) throws {
        guard let json = JSON(body[...]) else { throw DashboardError.malformedJSON }
        guard case .list(let values) = json else {
            throw RequestRefusal("body", "Send a list of objects: [{\"phone\": \"5511999990001\"}].")
        }
        guard values.count <= SentContacts.mostRows else { throw SentContacts.tooMany }
        try self.init(values.enumerated().map { ($0.offset + 1, $0.element) }, unit: "row")
    }

    private init(_ values: [(Int, JSON)], unit: String) throws {
        guard !values.isEmpty else { throw RequestRefusal("body", "Send at least one contact.") }
        var faults: [RequestFault] = []
        var known: Set = ["phone"]
        for (place, value) in values {
            let row = Self.row(value, at: "\(unit) \(place)", &faults)
            guard faults.count < Self.mostFaults else { break }
            for (name, _) in row where known.insert(name).inserted { columns.append(name) }
            places.append(place)
            rows.append(Dictionary(row.map { ($0.name, $0.value) }) { first, _ in first })
        }
        if columns.count > Self.mostColumns {
            faults.append(RequestFault("body", "A contact has at most \(Self.mostColumns) keys."))
        }
        guard faults.isEmpty else { throw RequestRefusal(faults) }
    }

    private static func row(
        _ value: JSON, at place: String, _ faults: inout [RequestFault]
    ) -> [(name: String, value: String)] {
        guard case .object(let members) = value else {
            faults.append(RequestFault(place, "Write an object, such as {\"phone\": \"5511999990001\"}."))
            return []
        }
        var row: [(name: String, value: String)] = []
        for member in members {
            let shown = "\(place): \(RequestBodyReader.shown(member.name))"
            if let problem = problem(ofName: member.name) {
                faults.append(RequestFault(shown, problem))
            } else if row.contains(where: { $0.name == member.name }) {
                faults.append(RequestFault(shown, "The key occurs twice: send it once."))
            } else if let text = text(of: member.value) {
                row.append((member.name, text))
            } else {
                faults.append(RequestFault(shown, "Write a text, a number, true, false or null."))
            }
        }
        if !members.contains(where: { $0.name == "phone" }) {
            faults.append(RequestFault("\(place): phone", "The key is missing: every contact has a phone."))
        }
        return row
    }

    private static func problem(ofName name: String) -> String? {
        guard !name.isEmpty, name.unicodeScalars.count <= longestName,
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { return "A key has 1 to \(longestName) characters, without line ends." }
        return RejectColumns.names.contains(name) || name.hasPrefix("rejectedColumns")
            ? "The key means something in exports of rejected rows: choose another." : nil
    }

    private static func text(of value: JSON) -> String? {
        switch value {
        case .text(let text): text
        case .number(let digits): digits
        case .truth(let truth): "\(truth)"
        case .null: ""
        case .list, .object: nil
        }
    }

    package var count: Int { rows.count }

    /// The rows as CSV with a header: commas, and quotes around every cell.
    package var csv: [UInt8] {
        var bytes: [UInt8] = []
        Self.append(columns, to: &bytes)
        for row in rows { Self.append(columns.map { row[$0] ?? "" }, to: &bytes) }
        return bytes
    }

    /// For each line of ``csv`` on which a row begins, the row's place.
    package var placesByLine: [Int: Int] {
        var (line, found): (Int, [Int: Int]) = (2, [:])
        for (row, place) in zip(rows, places) {
            found[line] = place
            line += 1 + columns.reduce(0) { $0 + Self.cell(row[$1] ?? "").count { $0 == UInt8(ascii: "\n") } }
        }
        return found
    }

    private static func append(_ cells: [String], to bytes: inout [UInt8]) {
        for (index, text) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            for byte in cell(text) {
                bytes.append(byte)
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Every line end as LF, so that lines are counted alike everywhere; without NUL, which no cell can have.
    private static func cell(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var wasReturn = false
        for byte in text.utf8 where byte != 0 {
            if byte == UInt8(ascii: "\r") {
                bytes.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || !wasReturn {
                bytes.append(byte)
            }
            wasReturn = byte == UInt8(ascii: "\r")
        }
        return bytes
    }
}
