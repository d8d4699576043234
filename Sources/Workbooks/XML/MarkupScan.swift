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

    /// Passes over text up to the next tag, and gives it to a function, in pieces.
    ///
    /// - Returns: whether there is nothing in it that the parser should look at; if there is, the pieces are worthless.
    @inline(__always)
    mutating func text(_ take: (UnsafeRawBufferPointer) -> Void) -> Bool {
        while true {
            let start = next
            var place = next
            while MarkupScan.isPlainByte(place.pointee) { place += 1 }
            if place.pointee >= 0x80 {
                while place.pointee >= 0x80 || MarkupScan.isPlainByte(place.pointee) { place += 1 }
                guard isUTF8(UnsafeBufferPointer(start: start, count: place - start)) else { return false }
            }
            next = place
            if place > start { take(UnsafeRawBufferPointer(start: start, count: place - start)) }
            guard place.pointee == 0x26 else { return place.pointee == 0x3C }
            guard let character = reference() else { return false }
            var text = String(character)
            text.withUTF8 { take(UnsafeRawBufferPointer($0)) }
        }
    }

    /// Passes over a reference to a character, such as `&amp;` or `&#233;`.
    ///
    /// - Returns: nil when it is none, or to something else.
    private mutating func reference() -> Unicode.Scalar? {
        guard next[1] == UInt8(ascii: "#") else {
            if skip("&amp;") { return "&" }
            if skip("&lt;") { return "<" }
            if skip("&gt;") { return ">" }
            if skip("&quot;") { return "\"" }
            return skip("&apos;") ? "'" : nil
        }
        let isHexadecimal = next[2] == UInt8(ascii: "x")
        let digits = next + (isHexadecimal ? 3 : 2)
        var place = digits
        var value: UInt32 = 0
        // As many as fit into what is looked at beyond the end.
        while place - digits < 8, let digit = MarkupScan.digit(place.pointee, isHexadecimal: isHexadecimal) {
            value = value * (isHexadecimal ? 16 : 10) + digit
            place += 1
        }
        guard place > digits, place.pointee == UInt8(ascii: ";"), MarkupScan.isAllowed(value) else { return nil }
        next = place + 1
        return Unicode.Scalar(value)
    }

    private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f") where isHexadecimal: UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F") where isHexadecimal: UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// XML 1.0, fifth edition, production 2.
    private static func isAllowed(_ character: UInt32) -> Bool {
        switch character {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
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
