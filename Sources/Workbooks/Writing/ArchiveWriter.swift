/// A ZIP archive (APPNOTE.TXT 6.3.10) that is written from its start to its end, so that it can go into a pipe, needs
/// no temporary file, and whoever writes the bytes away learns of a full disk. The sizes of a part stand behind it.
struct ArchiveWriter: Sendable {
    /// What one part may have before it is packed; larger ones need fields that readers of workbooks do not expect.
    static let longestPart = Int(UInt32.max)
    /// How many bytes are packed at a time.
    private static let pieceSize = 1 << 18
    /// The sizes follow the part (bit 3).
    private static let flags: UInt16 = 0x0008
    private static let deflated: UInt16 = 8
    /// 1980-01-01, the first day of ZIP's calendar: the same content gives the same bytes.
    private static let date: UInt16 = 0x0021

    /// Bytes written so far.
    private var place: UInt64
    private var entries: [Entry] = []
    private var piece: [UInt8] = []
    private var checksum = CyclicChecksum()
    /// Of the current part, before it is packed.
    private(set) var partSize = 0
    private var packedSize = 0

    private struct Entry {
        var name: [UInt8]
        var place: UInt64
        var checksum: UInt32 = 0
        var packedSize = 0
        var size = 0

        var fixedFields: [UInt8] {
            var fields: [UInt8] = []
            fields.append(littleEndian: ArchiveWriter.flags)
            fields.append(littleEndian: ArchiveWriter.deflated)
            fields.append(littleEndian: UInt16(0))
            fields.append(littleEndian: ArchiveWriter.date)
            return fields
        }

        var sizes: [UInt8] {
            var fields: [UInt8] = []
            fields.append(littleEndian: checksum)
            fields.append(littleEndian: UInt32(truncatingIfNeeded: packedSize))
            fields.append(littleEndian: UInt32(truncatingIfNeeded: size))
            return fields
        }
    }

    /// - Parameter place: where in a file the archive begins.
    init(at place: UInt64 = 0) {
        self.place = place
    }

    /// Begins a part.
    mutating func begin(_ name: String, to bytes: inout [UInt8]) {
        let entry = Entry(name: Array(name.utf8), place: place)
        write(to: &bytes) { bytes in
            bytes.append(littleEndian: UInt32(0x0403_4B50))
            bytes.append(littleEndian: UInt16(20))
            bytes += entry.fixedFields
            bytes += entry.sizes
            bytes.append(littleEndian: UInt16(entry.name.count))
            bytes.append(littleEndian: UInt16(0))
            bytes += entry.name
        }
        entries.append(entry)
        checksum = CyclicChecksum()
        (partSize, packedSize) = (0, 0)
    }

    /// Adds to the current part.
    mutating func add(to bytes: inout [UInt8], _ make: (inout [UInt8]) -> Void) {
        let before = piece.count
        make(&piece)
        partSize += piece.count - before
        if piece.count >= Self.pieceSize { pack(to: &bytes) }
    }

    /// Ends the current part.
    mutating func end(to bytes: inout [UInt8]) {
        pack(to: &bytes)
        packedSize += write(to: &bytes) { $0 += DeflatedBlocks.end }
        guard var entry = entries.popLast() else { return }
        entry.checksum = checksum.value
        entry.packedSize = packedSize
        entry.size = partSize
        entries.append(entry)
        write(to: &bytes) { bytes in
            bytes.append(littleEndian: UInt32(0x0807_4B50))
            bytes += entry.sizes
        }
    }

    /// Writes a whole part.
    mutating func append(_ name: String, _ content: String, to bytes: inout [UInt8]) {
        begin(name, to: &bytes)
        add(to: &bytes) { $0 += content.utf8 }
        end(to: &bytes)
    }

    /// Writes the directory.
    mutating func finish(to bytes: inout [UInt8]) {
        let start = place
        write(to: &bytes) { [entries] bytes in
            for entry in entries { Self.append(entry, to: &bytes) }
        }
        let directory = ArchiveEnd(entries: entries.count, start: start, end: place)
        write(to: &bytes) { directory.append(to: &$0) }
    }

    private static func append(_ entry: Entry, to bytes: inout [UInt8]) {
        let isFar = entry.place >= UInt64(UInt32.max)
        bytes.append(littleEndian: UInt32(0x0201_4B50))
        bytes.append(littleEndian: UInt16(isFar ? 45 : 20))
        bytes.append(littleEndian: UInt16(isFar ? 45 : 20))
        bytes += entry.fixedFields
        bytes += entry.sizes
        bytes.append(littleEndian: UInt16(entry.name.count))
        bytes.append(littleEndian: UInt16(isFar ? 12 : 0))
        // No comment, on the first disk, no attributes.
        bytes += [UInt8](repeating: 0, count: 10)
        bytes.append(littleEndian: isFar ? UInt32.max : UInt32(entry.place))
        bytes += entry.name
        guard isFar else { return }
        bytes.append(littleEndian: UInt16(0x0001))
        bytes.append(littleEndian: UInt16(8))
        bytes.append(littleEndian: entry.place)
    }

    private mutating func pack(to bytes: inout [UInt8]) {
        checksum.add(piece)
        packedSize += write(to: &bytes) { [piece] bytes in DeflatedBlocks.append(piece, to: &bytes) }
        piece.removeAll(keepingCapacity: true)
    }

    @discardableResult
    private mutating func write(to bytes: inout [UInt8], _ make: (inout [UInt8]) -> Void) -> Int {
        let before = bytes.count
        make(&bytes)
        let count = bytes.count - before
        place += UInt64(count)
        return count
    }
}

/// The end of a ZIP archive's directory, with the wider fields of ZIP64 where they are needed.
private struct ArchiveEnd {
    var entries: Int
    /// Where the directory begins and ends.
    var start: UInt64
    var end: UInt64

    func append(to bytes: inout [UInt8]) {
        let isFar = start >= UInt64(UInt32.max)
        if isFar { appendWide(to: &bytes) }
        bytes.append(littleEndian: UInt32(0x0605_4B50))
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: UInt16(entries))
        bytes.append(littleEndian: UInt16(entries))
        bytes.append(littleEndian: UInt32(end - start))
        bytes.append(littleEndian: isFar ? UInt32.max : UInt32(start))
        bytes.append(littleEndian: UInt16(0))
    }

    private func appendWide(to bytes: inout [UInt8]) {
        bytes.append(littleEndian: UInt32(0x0606_4B50))
        bytes.append(littleEndian: UInt64(44))
        bytes.append(littleEndian: UInt16(45))
        bytes.append(littleEndian: UInt16(45))
        bytes.append(littleEndian: UInt64(0))
        bytes.append(littleEndian: UInt64(entries))
        bytes.append(littleEndian: UInt64(entries))
        bytes.append(littleEndian: end - start)
        bytes.append(littleEndian: start)
        // Where these fields are, and that there is one disk.
        bytes.append(littleEndian: UInt32(0x0706_4B50))
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: end)
        bytes.append(littleEndian: UInt32(1))
    }
}
