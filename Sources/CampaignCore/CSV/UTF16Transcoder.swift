/// UTF-16 in chunks of any size to the bytes of ``WTF8``; other encodings pass through untouched.
struct UTF16Transcoder: Sendable {
    private let isWide: Bool
    private let isLittleEndian: Bool
    private var halfUnit: UInt8?
    private var highSurrogate: UInt16?

    init(_ encoding: CSVDialect.Encoding) {
        isWide = encoding.isWide
        isLittleEndian = encoding == .utf16LittleEndian
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
        if let high = highSurrogate { WTF8.append(UInt32(high), to: &output) }
        if let half = halfUnit { WTF8.append(halfUnit: half, to: &output) }
        highSurrogate = nil
        halfUnit = nil
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
