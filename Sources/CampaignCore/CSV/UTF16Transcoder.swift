/// UTF-16 in chunks of any size to UTF-8; other encodings pass through untouched. Half a pair of surrogates, and half a unit at
/// the end, become U+FFFD.
struct UTF16Transcoder: Sendable {
    private static let replacement: UInt32 = 0xFFFD

    private let isWide: Bool
    private let isLittleEndian: Bool
    private var halfUnit: UInt8?
    private var highSurrogate: UInt16?

    init(_ encoding: CSVDialect.Encoding) {
        switch encoding {
        case .utf8, .windows1252: (isWide, isLittleEndian) = (false, false)
        case .utf16LittleEndian: (isWide, isLittleEndian) = (true, true)
        case .utf16BigEndian: (isWide, isLittleEndian) = (true, false)
        }
    }

    mutating func append(_ chunk: ArraySlice<UInt8>, to output: inout [UInt8]) {
        chunk.withUnsafeBytes { bytes in append(bytes, to: &output) }
    }

    mutating func append(_ chunk: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard isWide else {
            output.append(contentsOf: chunk)
            return
        }
        for byte in chunk {
            guard let first = halfUnit else {
                halfUnit = byte
                continue
            }
            halfUnit = nil
            let (high, low) = isLittleEndian ? (byte, first) : (first, byte)
            take(UInt16(high) << 8 | UInt16(low), &output)
        }
    }

    mutating func finish(_ output: inout [UInt8]) {
        if highSurrogate != nil || halfUnit != nil { UTF16Transcoder.encode(UTF16Transcoder.replacement, &output) }
        highSurrogate = nil
        halfUnit = nil
    }

    private mutating func take(_ unit: UInt16, _ output: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if UTF16.isTrailSurrogate(unit) {
                let scalar = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
                UTF16Transcoder.encode(scalar, &output)
                return
            }
            UTF16Transcoder.encode(UTF16Transcoder.replacement, &output)
        }
        if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
        } else if UTF16.isTrailSurrogate(unit) {
            UTF16Transcoder.encode(UTF16Transcoder.replacement, &output)
        } else {
            UTF16Transcoder.encode(UInt32(unit), &output)
        }
    }

    private static func encode(_ scalar: UInt32, _ output: inout [UInt8]) {
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
}
