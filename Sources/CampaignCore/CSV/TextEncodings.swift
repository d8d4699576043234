/// How the bytes of a file become the text that is parsed.
enum TextConversion: Sendable {
    /// Units of UTF-16 or UTF-32, of two or four bytes.
    case wide(unit: Int, isLittleEndian: Bool)
    /// One byte a character: those from 0x80 on.
    case table([UInt16])
}

/// An encoding in chunks of any size to the bytes of ``WTF8``; UTF-8 and Windows-1252 pass through untouched.
struct Transcoder: Sendable {
    private let conversion: TextConversion?
    /// The first bytes of a unit.
    private var rest: [UInt8] = []
    private var highSurrogate: UInt16?

    init(_ encoding: CSVDialect.Encoding) {
        conversion = encoding.conversion
    }

    mutating func append(_ chunk: ArraySlice<UInt8>, to output: inout [UInt8]) {
        chunk.withUnsafeBytes { bytes in append(bytes, to: &output) }
    }

    mutating func append(_ chunk: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        switch conversion {
        case nil: output.append(contentsOf: chunk)
        case .table(let table):
            for byte in chunk {
                if byte < 0x80 {
                    output.append(byte)
                } else {
                    WTF8.append(UInt32(table[Int(byte) - 0x80]), to: &output)
                }
            }
        case .wide(let unit, let isLittleEndian):
            for byte in chunk {
                rest.append(byte)
                guard rest.count == unit else { continue }
                let value = (isLittleEndian ? rest.reversed() : rest).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                if unit == 2 { take(UInt16(value), &output) } else { take(character: value, &output) }
                rest.removeAll(keepingCapacity: true)
            }
        }
    }

    mutating func finish(_ output: inout [UInt8]) {
        if let high = highSurrogate { WTF8.append(UInt32(high), to: &output) }
        for byte in rest { WTF8.append(halfUnit: byte, to: &output) }
        highSurrogate = nil
        rest = []
    }

    private mutating func take(character value: UInt32, _ output: inout [UInt8]) {
        guard value > 0x10FFFF else { return WTF8.append(value, to: &output) }
        for byte in rest { WTF8.append(halfUnit: byte, to: &output) }
    }

    private mutating func take(_ unit: UInt16, _ output: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if UTF16.isTrailSurrogate(unit) {
                let scalar = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                WTF8.append(scalar, to: &output)
                return
            }
            WTF8.append(UInt32(high), to: &output)
        }
        if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
        } else {
            WTF8.append(UInt32(unit), to: &output)
        }
    }
}

/// How text of a converted file is kept in bytes, so that nothing of the file is lost: UTF-8, in which half a pair of
/// surrogates is three bytes as any other unit (WTF-8, Simon Sapin, 2018), and each byte that is no character, such as
/// those of a unit that is cut off at the end of the file, is 0xFF and its two halves. Neither occurs in UTF-8, and no byte of either is a delimiter, a quote or a line end.
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

    /// The text; invalid characters become U+FFFD.
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
    static func original(_ bytes: ArraySlice<UInt8>, _ conversion: TextConversion) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        func write(_ scalar: UInt32) {
            switch conversion {
            case .wide(2, let isLittleEndian) where scalar > 0xFFFF:
                write(0xD800 + (scalar - 0x10000) >> 10, 2, isLittleEndian)
                write(0xDC00 + (scalar & 0x3FF), 2, isLittleEndian)
            case .wide(let unit, let isLittleEndian): write(scalar, unit, isLittleEndian)
            case .table(let table):
                let place = scalar < 0x80 ? nil : table.firstIndex(of: UInt16(truncatingIfNeeded: scalar))
                output.append(place.map { UInt8(0x80 + $0) } ?? UInt8(truncatingIfNeeded: scalar))
            }
        }
        func write(_ value: UInt32, _ unit: Int, _ isLittleEndian: Bool) {
            for place in 0..<unit {
                output.append(
                    UInt8(truncatingIfNeeded: value >> UInt32(8 * (isLittleEndian ? place : unit - 1 - place))))
            }
        }
        var rest = bytes.makeIterator()
        func tail() -> UInt32 { UInt32(rest.next() ?? 0x80) & 0x3F }
        while let lead = rest.next() {
            switch lead {
            case halfUnit: output.append(UInt8(truncatingIfNeeded: tail() << 4 | tail()))
            case 0xF0...: write(UInt32(lead & 0x07) << 18 | tail() << 12 | tail() << 6 | tail())
            case 0xE0...: write(UInt32(lead & 0x0F) << 12 | tail() << 6 | tail())
            case 0x80...: write(UInt32(lead & 0x1F) << 6 | tail())
            default: write(UInt32(lead))
            }
        }
        return output
    }
}

/// Windows-1252 to text, by the index of the WHATWG Encoding Standard (`index-windows-1252.txt`): every byte means
/// something, the five that Microsoft leaves undefined are the control characters of the same number.
enum Windows1252 {
    /// Bytes 0x80 to 0x9F; all others are the Unicode scalar of the same number.
    private static let specials: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    static func string(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.lazy.map(unit), as: UTF16.self)
    }

    static func unit(_ byte: UInt8) -> UInt16 {
        0x80...0x9F ~= byte ? specials[Int(byte) - 0x80] : UInt16(byte)
    }
}
