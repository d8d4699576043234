/// How text of a UTF-16 file is kept in bytes, so that nothing of the file is lost: UTF-8, in which half a pair of surrogates
/// is three bytes as any other unit (WTF-8, Simon Sapin, 2018), and half a unit at the end of the file is 0xFF and its two
/// halves. Neither occurs in UTF-8, and no byte of either is a delimiter, a quote or a line end.
enum WTF8 {
    private static let halfUnit: UInt8 = 0xFF
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    static func append(_ scalar: UInt32, to output: inout [UInt8]) {
        if scalar < 0x80 {
            output.append(UInt8(scalar))
        } else if scalar < 0x800 {
            output.append(UInt8(0xC0 | scalar >> 6))
            output.append(UInt8(0x80 | scalar & 0x3F))
        } else if scalar < 0x10000 {
            output.append(UInt8(0xE0 | scalar >> 12))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        } else {
            output.append(UInt8(0xF0 | scalar >> 18))
            output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        }
    }

    static func append(halfUnit byte: UInt8, to output: inout [UInt8]) {
        output.append(halfUnit)
        output.append(0x80 | byte >> 4)
        output.append(0x80 | byte & 0x0F)
    }

    /// The text; what is no character becomes U+FFFD.
    static func string(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var repaired: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
            if byte == halfUnit || byte == 0xED && next >= 0xA0 {
                repaired += replacement
                index += 3
            } else {
                repaired.append(byte)
                index += 1
            }
        }
        return String(decoding: repaired, as: UTF8.self)
    }

    /// The bytes of the file that the text came from.
    static func original(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        func write(_ unit: UInt32) {
            let (high, low) = (UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit))
            output.append(isLittleEndian ? low : high)
            output.append(isLittleEndian ? high : low)
        }
        var rest = bytes.makeIterator()
        func tail() -> UInt32 { UInt32(rest.next() ?? 0x80) & 0x3F }
        while let lead = rest.next() {
            switch lead {
            case halfUnit: output.append(UInt8(truncatingIfNeeded: tail() << 4 | tail()))
            case 0xF0...:
                let scalar = UInt32(lead & 0x07) << 18 | tail() << 12 | tail() << 6 | tail()
                write(0xD800 + (scalar - 0x10000) >> 10)
                write(0xDC00 + (scalar & 0x3FF))
            case 0xE0...: write(UInt32(lead & 0x0F) << 12 | tail() << 6 | tail())
            case 0x80...: write(UInt32(lead & 0x1F) << 6 | tail())
            default: write(UInt32(lead))
            }
        }
        return output
    }
}
