import CampaignCore

/// The cells of a row as the JSON array that the database keeps them in.
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

    /// The array of these texts.
    static func text(_ cells: [String]) -> String {
        var bytes: [UInt8] = []
        append(.texts(cells), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ record: CSVRecord, at place: Int, to bytes: inout [UInt8]) {
        let cell = record.bytes(at: place)
        // Most cells are plain ASCII, which is the same in every encoding: they go over as they are.
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
