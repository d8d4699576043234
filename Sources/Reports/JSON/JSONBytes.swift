import CampaignCore

/// JSON written by hand (RFC 8259): keys keep their order, and no intermediate values are built. The simulator's ledger
/// has its own escaping, since that module imports none of ours.
extension [UInt8] {
    /// Writes a string with its quotes.
    ///
    /// Escaped are quotes, backslashes and control characters, as JSON demands, and DEL with them; U+2028 and U+2029
    /// too, which end a line in some programs, so that a row stays one line everywhere.
    mutating func append(json text: String) {
        append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy(Self.isPlain) {
            append(ascii: text)
        } else {
            for byte in text.utf8 { append(escaped: byte) }
        }
        append(UInt8(ascii: "\""))
    }

    /// Whether a byte never needs escaping; most strings have only such bytes and are copied as a whole.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7F && byte != 0xE2
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0x0A: append(ascii: "\\n")
        case 0x0D: append(ascii: "\\r")
        case 0x09: append(ascii: "\\t")
        case 0x00..<0x20, 0x7F:
            append(ascii: "\\u00")
            append(hexDigit: byte >> 4)
            append(hexDigit: byte & 0xF)
        default:
            append(byte)
            if byte == 0xA8 || byte == 0xA9 { escapeLineSeparator() }
        }
    }

    /// Writes a whole number.
    mutating func append(json number: Int) {
        append(ascii: String(number))
    }

    /// Writes a string, or `null`.
    mutating func append(json text: String?) {
        if let text { append(json: text) } else { append(ascii: "null") }
    }

    /// Writes a value.
    mutating func append(json cell: ReportCell, in times: inout LocalTimes) {
        switch cell {
        case .absent: append(ascii: "null")
        case .text(let text): append(json: text)
        case .number(let number): append(json: number)
        case .time(let moment):
            append(UInt8(ascii: "\""))
            times.append(moment, to: &self)
            append(UInt8(ascii: "\""))
        }
    }

    /// Writes text unchanged; only for text that needs no escapes.
    mutating func append(ascii text: String) {
        append(contentsOf: text.utf8)
    }

    private mutating func append(hexDigit value: UInt8) {
        append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }

    /// U+2028 is E2 80 A8 and U+2029 is E2 80 A9; the bytes E2 80 begin no shorter character, so the last three bytes
    /// are one of the two or none.
    private mutating func escapeLineSeparator() {
        guard count >= 3, self[count - 3] == 0xE2, self[count - 2] == 0x80 else { return }
        let last = self[count - 1]
        removeLast(3)
        append(ascii: last == 0xA8 ? "\\u2028" : "\\u2029")
    }
}
