/// The text of a cell as XML.
enum CellText {
    /// The most UTF-16 units that Excel keeps of a cell.
    static let longest = 32_767

    /// Writes a text for a cell: at most as much as Excel keeps of it, with `…` at the end if that is not all.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        guard text.utf8.count > longest, text.utf16.count > longest else { return appendEscaped(text, to: &bytes) }
        var cut = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF16.width(scalar)
            guard count < longest else { break }
            cut.append(scalar)
        }
        appendEscaped(String(cut) + "…", to: &bytes)
    }

    /// Whether a reader of XML may drop the spaces at the ends of a text, unless it is told not to.
    static func needsItsSpaces(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return first <= 0x20 || last <= 0x20 || text.utf8.contains(0x0A)
    }

    /// Writes the text of an element or an attribute. What XML cannot hold is written as `_x0001_`, and an underscore
    /// that would be taken for the beginning of that as `_x005F_` (ECMA-376 part 1, 22.9.2.19).
    static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { appendEscaped($0, to: &bytes) }
    }

    private static func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        guard text.contains(where: isSpecial) else { return bytes.append(contentsOf: text) }
        for (index, byte) in text.enumerated() {
            guard isSpecial(byte) else {
                bytes.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "_"):
                if isEscape(text, at: index) { bytes += "_x005F_".utf8 } else { bytes.append(byte) }
            case 0xBE, 0xBF:
                bytes.append(byte)
                // U+FFFE and U+FFFF, EF BF BE and EF BF BF, are no characters for XML.
                guard index >= 2, text[index - 1] == 0xBF, text[index - 2] == 0xEF else { continue }
                bytes.removeLast(3)
                bytes += (byte == 0xBE ? "_xFFFE_" : "_xFFFF_").utf8
            default: appendControl(byte, to: &bytes)
            }
        }
    }

    /// Everything below a space but tab and line feed, which XML keeps; it would make a line feed of a carriage return.
    private static func appendControl(_ byte: UInt8, to bytes: inout [UInt8]) {
        let digits = String(byte, radix: 16, uppercase: true)
        bytes += "_x00\(digits.utf8.count < 2 ? "0" : "")\(digits)_".utf8
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A: false
        case 0..<0x20, 0xBE, 0xBF: true
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Whether `_x`, four hexadecimal digits and `_` begin at a place.
    private static func isEscape(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        guard place + 7 <= text.count, text[place + 1] == UInt8(ascii: "x"), text[place + 6] == UInt8(ascii: "_")
        else { return false }
        return text[place + 2..<place + 6].allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
            default: false
            }
        }
    }
}
