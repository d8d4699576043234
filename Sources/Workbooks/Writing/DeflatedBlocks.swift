import CZlib

/// Bytes packed piece by piece (RFC 1951). Each piece is packed by itself and ends at a whole byte, so that nothing has
/// to be kept between two of them.
enum DeflatedBlocks {
    /// An empty block that is marked as the last one.
    static let end: [UInt8] = [0x03, 0x00]
    /// Worth its time: the next levels pack a sheet by a tenth more, and take twice as long.
    private static let level: Int32 = 1
    /// The most that a block of unpacked bytes can have.
    private static let longestPlainBlock = 0xFFFF

    static func append(_ piece: [UInt8], to bytes: inout [UInt8]) {
        guard !piece.isEmpty else { return }
        let start = bytes.count
        guard !appendPacked(piece, to: &bytes) else { return }
        // zlib has no memory: the bytes as they are.
        bytes.removeSubrange(start...)
        appendPlain(piece, to: &bytes)
    }

    private static func appendPacked(_ piece: [UInt8], to bytes: inout [UInt8]) -> Bool {
        var stream = z_stream()
        return withUnsafeMutablePointer(to: &stream) { stream in
            // Negative window bits: neither zlib's header nor its checksum.
            let code = deflateInit2_(
                stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size))
            guard code == Z_OK else { return false }
            defer { deflateEnd(stream) }
            let bound = Int(deflateBound(stream, UInt(piece.count))) + 16
            let packed = [UInt8](unsafeUninitializedCapacity: bound) { room, count in
                piece.withUnsafeBufferPointer { source in
                    // zlib reads only; its pointer is not marked so.
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                    stream.pointee.avail_in = UInt32(source.count)
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    if deflate(stream, Z_SYNC_FLUSH) == Z_OK, stream.pointee.avail_in == 0,
                        stream.pointee.avail_out > 0
                    {
                        count = room.count - Int(stream.pointee.avail_out)
                    }
                }
            }
            bytes += packed
            return !packed.isEmpty
        }
    }

    static func appendPlain(_ piece: [UInt8], to bytes: inout [UInt8]) {
        var rest = piece[...]
        while !rest.isEmpty {
            let block = rest.prefix(longestPlainBlock)
            let count = UInt16(block.count)
            bytes.append(0)
            bytes.append(littleEndian: count)
            bytes.append(littleEndian: ~count)
            bytes += block
            rest = rest.dropFirst(block.count)
        }
    }
}

/// The checksum that ZIP has of a part.
struct CyclicChecksum: Sendable {
    private(set) var value: UInt32 = 0

    mutating func add(_ piece: [UInt8]) {
        value = UInt32(truncatingIfNeeded: crc32(UInt(value), piece, UInt32(piece.count)))
    }
}

extension [UInt8] {
    /// Writes a whole number as ZIP has it.
    mutating func append(littleEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
