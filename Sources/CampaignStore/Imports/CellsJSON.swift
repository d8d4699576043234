import CampaignCore

/// The cells of a row as a JSON array, the form in which the database stores them.
enum CellsJSON {
    private static let quote: UInt8 = 0x22
    private static let backslash: UInt8 = 0x5C

    /// Appends the array of these cells.
    static func append(_ cells: ListCells, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        switch cells {
        case .record(let record, let places):
            var isFirst = true
            for place in places {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                append(record, at: place, to: &bytes)
            }
        case .texts(let texts):
            for (index, text) in texts.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(text.utf8, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The texts of an array as ``append(_:to:)`` writes it, if it has no escapes, as most have none; nil for any
    /// other. A JSON decoder would take ten times as long, for every contact that a filter or a report reads.
    static func plainTexts(_ json: String) -> [String]? {
        var json = json
        return json.withUTF8(plainTexts)
    }

    /// The same of its bytes.
    static func plainTexts(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return nil }
        let end = bytes.count - 1
        if end == 1 { return [] }
        var texts: [String] = []
        var index = 1
        while true {
            guard bytes[index] == quote else { return nil }
            let start = index + 1
            index = start
            while index < end, bytes[index] != quote {
                guard bytes[index] != backslash, bytes[index] >= 0x20 else { return nil }
                index += 1
            }
            guard index < end else { return nil }
            texts.append(String(decoding: bytes[start..<index], as: UTF8.self))
            index += 1
            if index == end { return texts }
            guard bytes[index] == UInt8(ascii: ",") else { return nil }
            index += 1
        }
    }

    /// The array of these texts.
    static func text(_ cells: [String]) -> String {
        var bytes: [UInt8] = []
        append(.texts(cells), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ record: CSVRecord, at place: Int, to bytes: inout [UInt8]) {
        let cell = record.bytes(at: place)
        // Most cells are plain ASCII, which is the same in every encoding: they are copied unchanged.
        let isPlain = cell.withUnsafeBytes { raw in
            raw.allSatisfy { 0x20..<0x7F ~= $0 && $0 != quote && $0 != backslash }
        }
        guard isPlain else {
            append(record.string(at: place).utf8, to: &bytes)
            return
        }
        bytes.append(quote)
        bytes.append(contentsOf: cell)
        bytes.append(quote)
    }

    /// A JSON string (RFC 8259, section 7).
    private static func append(_ utf8: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(quote)
        for byte in utf8 {
            switch byte {
            case quote, backslash:
                bytes.append(backslash)
                bytes.append(byte)
            case ..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexDigit(byte >> 4))
                bytes.append(hexDigit(byte & 0xF))
            default:
                bytes.append(byte)
            }
        }
        bytes.append(quote)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
