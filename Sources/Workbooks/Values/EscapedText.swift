import Glibc

/// Characters that XML cannot hold are written as `_x000D_` (ECMA-376 part 1, 22.9.2.19), and `_x005F_` is an underscore
/// that must not be taken for the beginning of one.
enum EscapedText {
    /// Decodes the bytes from a place on; the result is never longer.
    static func decode(_ bytes: inout [UInt8], from start: Int) {
        let count = bytes.count
        let end = bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress, memchr(base + start, 0x5F, count - start) != nil else { return count }
            return decode(buffer, from: start)
        }
        if end < count { bytes.removeSubrange(end...) }
    }

    private static func decode(_ buffer: UnsafeMutableRawBufferPointer, from start: Int) -> Int {
        var (source, target) = (start, start)
        while source < buffer.count {
            guard let unit = unit(buffer, at: source) else {
                buffer[target] = buffer[source]
                source += 1
                target += 1
                continue
            }
            source += 7
            var units = [unit]
            // A character beyond the first plane takes two of them.
            if UTF16.isLeadSurrogate(unit), let second = self.unit(buffer, at: source), UTF16.isTrailSurrogate(second) {
                units.append(second)
                source += 7
            }
            for byte in String(decoding: units, as: UTF16.self).utf8 {
                buffer[target] = byte
                target += 1
            }
        }
        return target
    }

    /// The UTF-16 unit that `_xHHHH_` stands for.
    private static func unit(_ buffer: UnsafeMutableRawBufferPointer, at place: Int) -> UInt16? {
        guard place + 7 <= buffer.count, buffer[place] == 0x5F, buffer[place + 1] == 0x78, buffer[place + 6] == 0x5F
        else { return nil }
        var unit: UInt16 = 0
        for index in place + 2..<place + 6 {
            let byte = buffer[index]
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt16((byte | 0x20) - 0x61 + 10)
            default: return nil
            }
        }
        return unit
    }

    /// Bytes of undecoded text after which there is no need to read on: each character may be an escape.
    static func mostBytes(characters: Int) -> Int {
        7 * characters
    }

    /// Whether the text from a place on has more UTF-16 units than allowed.
    static func isTooLong(_ bytes: [UInt8], from start: Int, characters: Int) -> Bool {
        if bytes.count - start <= characters { return false }
        var units = 0
        for byte in bytes[start...] where byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
        return units > characters
    }
}
