import Foundation

/// Writes ZIP archives byte for byte, also wrong ones (APPNOTE.TXT 6.3.10).
package struct ZIPWriter {
    /// A file of the archive, and what is wrong with it.
    package struct Entry {
        package var name: String
        package var content: [UInt8]
        /// The compressed bytes, if it is not stored.
        package var deflated: [UInt8]?
        /// Instead of the content's length.
        package var claimedSize: Int?
        package var checksum: UInt32?
        /// Sizes and checksum stand behind the content.
        package var hasDescriptor = false
        package var isEncrypted = false
        package var method: UInt16?

        package init(_ name: String, _ content: String) {
            self.init(name, Array(content.utf8))
        }

        package init(_ name: String, _ content: [UInt8]) {
            self.name = name
            self.content = content
        }
    }

    package var entries: [Entry] = []
    /// The directory's end is in the form for large archives.
    package var isWide = false

    package init(isWide: Bool = false) {
        self.isWide = isWide
    }

    package var bytes: [UInt8] {
        var file = Bytes()
        var directory = Bytes()
        for entry in entries {
            let data = entry.deflated ?? entry.content
            let checksum = entry.checksum ?? ZIPWriter.crc32(entry.content)
            let size = entry.claimedSize ?? entry.content.count
            let flags: UInt16 = (entry.hasDescriptor ? 8 : 0) | (entry.isEncrypted ? 1 : 0) | 0x800
            let method = entry.method ?? (entry.deflated == nil ? 0 : 8)
            let start = file.bytes.count
            func head(_ bytes: inout Bytes, isKnown: Bool) {
                bytes.add16(flags, method, 0, 0x21)
                bytes.add32(isKnown ? checksum : 0, isKnown ? UInt32(data.count) : 0, isKnown ? UInt32(size) : 0)
                bytes.add16(UInt16(entry.name.utf8.count), 0)
            }
            file.add32(0x0403_4B50)
            file.add16(20)
            head(&file, isKnown: !entry.hasDescriptor)
            file.bytes += Array(entry.name.utf8) + data
            if entry.hasDescriptor { file.add32(0x0807_4B50, checksum, UInt32(data.count), UInt32(size)) }
            directory.add32(0x0201_4B50)
            directory.add16(20, 20)
            head(&directory, isKnown: true)
            directory.add16(0, 0, 0)
            directory.add32(0, UInt32(start))
            directory.bytes += Array(entry.name.utf8)
        }
        let start = file.bytes.count
        file.bytes += directory.bytes
        if isWide {
            let end = file.bytes.count
            file.add32(0x0606_4B50)
            file.add64(44)
            file.add16(45, 45)
            file.add32(0, 0)
            file.add64(UInt64(entries.count), UInt64(entries.count), UInt64(directory.bytes.count), UInt64(start))
            file.add32(0x0706_4B50, 0)
            file.add64(UInt64(end))
            file.add32(1)
        }
        file.add32(0x0605_4B50)
        let count = isWide ? 0xFFFF : UInt16(entries.count)
        file.add16(0, 0, count, count)
        file.add32(isWide ? 0xFFFF_FFFF : UInt32(directory.bytes.count), isWide ? 0xFFFF_FFFF : UInt32(start))
        file.add16(0)
        return file.bytes
    }

    struct Bytes {
        var bytes: [UInt8] = []
        mutating func add16(_ numbers: UInt16...) { for number in numbers { add(UInt64(number), 2) } }
        mutating func add32(_ numbers: UInt32...) { for number in numbers { add(UInt64(number), 4) } }
        mutating func add64(_ numbers: UInt64...) { for number in numbers { add(number, 8) } }
        private mutating func add(_ number: UInt64, _ count: Int) {
            for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))) }
        }
    }

    package static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
    }

    /// Text in which one character is repeated, compressed with the fixed code (RFC 1951, 3.2.6): 13 bits for 258
    /// repetitions. Text around it is not compressed.
    package static func deflated(_ before: String, _ character: UInt8, times: Int, _ after: String) -> [UInt8] {
        var (bytes, bits, filled) = ([UInt8](), UInt32(0), 0)
        func put(_ value: UInt32, _ count: Int) {
            bits |= value << UInt32(filled)
            filled += count
            while filled >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits >>= 8
                filled -= 8
            }
        }
        /// Codes are packed from their highest bit on.
        func code(_ value: UInt32, _ count: Int) {
            for index in stride(from: count - 1, through: 0, by: -1) { put(value >> UInt32(index) & 1, 1) }
        }
        put(1, 1)
        put(1, 2)
        func literal(_ byte: UInt8) { byte < 144 ? code(0x30 + UInt32(byte), 8) : code(0x190 + UInt32(byte) - 144, 9) }
        before.utf8.forEach(literal)
        literal(character)
        for _ in 0..<(times / 258) {
            code(0xC5, 8)
            code(0, 5)
        }
        after.utf8.forEach(literal)
        code(0, 7)
        if filled > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
        return bytes
    }
}
