import Glibc

/// Goes through bytes of XML that are expected to be simple: only what is matched is passed over. There are zeros behind
/// the bytes, so that looking a little further needs no check; zeros match nothing.
struct MarkupScan {
    private let first: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private(set) var next: UnsafePointer<UInt8>

    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
        first = base
        next = base
        end = base + bytes.count
    }

    /// Bytes that have been passed over.
    var count: Int { next - first }

    /// What it means that something did not match: the bytes may end here.
    var mismatch: XMLShortcut { end - next <= 16 ? .incomplete : .declined }

    /// Passes over a text of at most 16 bytes.
    @inline(__always)
    mutating func skip(_ text: StaticString) -> Bool {
        guard memcmp(next, text.utf8Start, text.utf8CodeUnitCount) == 0 else { return false }
        next += text.utf8CodeUnitCount
        return true
    }

    /// Passes over one attribute and the space before it.
    ///
    /// - Returns: nil when there is none, or not a simple one.
    @inline(__always)
    mutating func attribute() -> (name: UnsafePointer<UInt8>, nameCount: Int, value: UnsafePointer<CChar>, count: Int)?
    {
        guard next[0] == 0x20 else { return nil }
        let name = next + 1
        var place = name
        while MarkupScan.isNameByte(place.pointee) { place += 1 }
        let nameCount = place - name
        guard nameCount > 0, name[0] >= 0x41, place[0] == 0x3D, place[1] == 0x22 else { return nil }
        place += 2
        let value = place
        while MarkupScan.isPlainByte(place.pointee), place.pointee != 0x22 { place += 1 }
        guard place.pointee == 0x22, place < end else { return nil }
        next = place + 1
        return (name, nameCount, UnsafeRawPointer(value).assumingMemoryBound(to: CChar.self), place - value)
    }

    /// Passes over text up to the next tag.
    ///
    /// - Returns: nil when there is anything in it that stands for something else, or that the parser should look at.
    @inline(__always)
    mutating func text() -> UnsafeRawBufferPointer? {
        let start = next
        var place = next
        while MarkupScan.isPlainByte(place.pointee) { place += 1 }
        if place.pointee >= 0x80 {
            while place.pointee >= 0x80 || MarkupScan.isPlainByte(place.pointee) { place += 1 }
            guard isUTF8(UnsafeBufferPointer(start: start, count: place - start)) else { return nil }
        }
        next = place
        guard place.pointee == 0x3C else { return nil }
        return UnsafeRawBufferPointer(start: start, count: place - start)
    }

    /// ASCII that stands for itself: no control character, no `&`, no `<`.
    @inline(__always)
    private static func isPlainByte(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != 0x26 && byte != 0x3C
    }

    @inline(__always)
    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x3A
    }

    /// Whether bytes are UTF-8 of characters that XML allows; those above U+D7FF are left to the parser, but for
    /// whole planes beyond the first.
    private func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            let length: Int
            switch byte {
            case ..<0x80: length = 1
            case 0xC2...0xDF: length = 2
            case 0xE1...0xEC: length = 3
            default: return false
            }
            guard place + length <= bytes.count else { return false }
            for index in 1..<max(length, 1) where bytes[place + index] & 0xC0 != 0x80 { return false }
            place += length
        }
        return true
    }
}
