import Foundation

/// Finds secrets in text, however they are written: as they are, percent-encoded, with the escapes of JSON and HTML,
/// in base64, and as whatever stands behind `/token/` in an address of Z-API.
struct SecretForms: Sendable {
    /// A shorter secret is looked for as a whole word only: “t” stands in every second word.
    private static let shortestAnywhere = 8
    /// Encoded, and encoded again.
    private static let deepest = 3
    private static let instancesPart = Array("instances/".utf8)
    private static let tokenPart = Array("/token/".utf8)

    private let long: [[UInt8]]
    private let short: [[UInt8]]
    private let base64: [[UInt8]]

    init(_ secrets: [String]) {
        let bytes = Set(secrets).map { Array($0.utf8) }.filter { !$0.isEmpty }
        long = bytes.filter { $0.count >= Self.shortestAnywhere }.map { $0.map(Self.lowercased) }
        short = bytes.filter { $0.count < Self.shortestAnywhere }
        base64 = bytes.filter { $0.count >= Self.shortestAnywhere }.flatMap(Self.base64)
    }

    /// Where secrets stand in `bytes`, which are UTF-8: in order, none touching another.
    func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var view = EncodedView(bytes)
        var found = base64.flatMap { Self.places(of: $0, in: bytes) }
        for _ in 0...Self.deepest {
            let lowercased = view.bytes.map(Self.lowercased)
            let places =
                long.flatMap { Self.places(of: $0, in: lowercased) } + short.flatMap { words($0, in: view.bytes) }
                + Self.tokens(in: lowercased)
            found += places.map(view.source)
            guard let next = view.decoded() else { break }
            view = next
        }
        return Self.merged(found)
    }

    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    // MARK: Searching

    private static func places<Bytes: RandomAccessCollection<UInt8>>(
        of pattern: [UInt8], in bytes: Bytes
    ) -> [Range<Int>] where Bytes.Index == Int {
        guard let first = pattern.first, bytes.count >= pattern.count else { return [] }
        return (bytes.startIndex...bytes.endIndex - pattern.count).compactMap { start in
            guard bytes[start] == first, bytes[start...].starts(with: pattern) else { return nil }
            return start..<start + pattern.count
        }
    }

    private func words(_ pattern: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
        Self.places(of: pattern, in: bytes).filter { place in
            let before = place.lowerBound > 0 ? bytes[place.lowerBound - 1] : UInt8(ascii: " ")
            let behind = place.upperBound < bytes.count ? bytes[place.upperBound] : UInt8(ascii: " ")
            return !Self.isOfWord(before) && !Self.isOfWord(behind)
        }
    }

    /// What stands behind `/token/` of an address: a secret, also when it is not one of ours.
    private static func tokens(in bytes: [UInt8]) -> [Range<Int>] {
        let words = bytes.split(separator: UInt8(ascii: " "))
        return words.flatMap { word -> [Range<Int>] in
            guard let instances = places(of: instancesPart, in: word).first else { return [] }
            return places(of: tokenPart, in: word).compactMap { place in
                let token = word[place.upperBound...].prefix { isOfWord($0) || $0 == UInt8(ascii: "%") }
                let isOfAddress = place.lowerBound >= instances.upperBound && !token.isEmpty
                return isOfAddress ? token.startIndex..<token.endIndex : nil
            }
        }
    }

    /// Letters, digits, what joins them in names, and whatever is not ASCII.
    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "'"),
            UInt8(ascii: "~"), 0x80...:
            true
        default:
            false
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// What of a secret's base64 does not depend on what stands around it, for each of three places where it can begin,
    /// in both alphabets.
    private static func base64(of secret: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { offset in
            let text = Data([UInt8](repeating: 0, count: offset) + secret).base64EncodedString()
            let whole = Array(text.utf8)[((offset * 8 + 5) / 6)..<((offset + secret.count) * 8 / 6)]
            let other = whole.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 }
                .map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
            return Set([Array(whole), other])
        }
    }
}

/// Bytes with the place that each comes from.
private struct EncodedView {
    private(set) var bytes: [UInt8]
    private var sources: [Range<Int>]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        sources = bytes.indices.map { $0..<$0 + 1 }
    }

    /// Where the bytes of a range come from.
    func source(of range: Range<Int>) -> Range<Int> {
        sources[range.lowerBound].lowerBound..<sources[range.upperBound - 1].upperBound
    }

    /// One layer of encoding less; nil when there is none.
    func decoded() -> EncodedView? {
        var view = EncodedView([])
        var at = 0
        while at < bytes.count {
            let (decoded, count) = unit(at)
            let source = source(of: at..<at + count)
            for byte in decoded {
                view.bytes.append(byte)
                view.sources.append(source)
            }
            at += count
        }
        return view.bytes == bytes ? nil : view
    }

    /// What the bytes at a place stand for, and how many they are.
    private func unit(_ at: Int) -> (bytes: [UInt8], count: Int) {
        switch bytes[at] {
        case UInt8(ascii: "%"):
            if let value = hex(at + 1, 2) { return ([UInt8(value)], 3) }
        case UInt8(ascii: "\\"):
            if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") { return ([bytes[at + 1]], 2) }
            for (mark, digits) in [(UInt8(ascii: "u"), 4), (UInt8(ascii: "x"), 2)] {
                guard at + 1 < bytes.count, bytes[at + 1] == mark, let value = hex(at + 2, digits),
                    let scalar = Unicode.Scalar(value)
                else { continue }
                return (Array(String(Character(scalar)).utf8), 2 + digits)
            }
        case UInt8(ascii: "&"):
            if let entity = entity(at) { return entity }
        default:
            break
        }
        return ([bytes[at]], 1)
    }

    private func hex(_ start: Int, _ count: Int) -> UInt32? {
        guard start + count <= bytes.count else { return nil }
        let digits = bytes[start..<start + count]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// `&amp;`, `&#47;` and `&#x2F;`.
    private func entity(_ at: Int) -> (bytes: [UInt8], count: Int)? {
        let longest = 8
        guard let end = bytes[at...].prefix(longest).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[at + 1..<end], as: UTF8.self).lowercased()
        let count = end + 1 - at
        let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let text = named[name] { return (Array(text.utf8), count) }
        guard name.hasPrefix("#") else { return nil }
        let value = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        guard let scalar = value.flatMap(Unicode.Scalar.init) else { return nil }
        return (Array(String(Character(scalar)).utf8), count)
    }
}
