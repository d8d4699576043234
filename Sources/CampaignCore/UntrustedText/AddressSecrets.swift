/// Finds what is secret in addresses of any kind, whoever's it is: anything after `/token/` in an address of Z-API, and
/// the user name and password before the `@` of an address.
package enum AddressSecrets {
    /// The encodings that a text may have. What looks like the beginning or the end of an encoding may not be one.
    package static let encodings: [DecodedText.Notations] = [
        [], [.percents, .entities, .escapes], [.percents, .entities, .openEntities, .escapes],
        [.percents, .entities, .openEntities], [.percents, .entities, .escapes, .quotedPrintable],
    ]
    private static let tokenPart = Array("/token/".utf8)
    private static let address = PatternSet([Array("instances/".utf8), tokenPart])
    private static let scheme = PatternSet([Array("://".utf8)])

    /// Where they are in `bytes`, which may have any layers of encodings: in order, none touching another.
    package static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        // Without any of these there is no address, and nothing is encoded.
        guard bytes.contains(where: { #"/\%&="#.utf8.contains($0) }) else { return [] }
        var found: [Range<Int>] = []
        for notations in encodings {
            let decoded = DecodedText(bytes, without: notations)
            if !notations.isEmpty, decoded.bytes.count == bytes.count { continue }
            found += places(in: decoded.bytes.map(lowercased)).map(decoded.source)
        }
        return merged(found)
    }

    /// Where they are in a text in lower case that is not encoded.
    package static func places(in bytes: [UInt8]) -> [Range<Int>] { tokens(in: bytes) + logins(in: bytes) }

    /// The same in order, and as one range what touches or overlaps.
    package static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// Letters, digits, characters that join them in names, and everything that is not ASCII.
    package static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "'"),
            UInt8(ascii: "~"), 0x80...:
            true
        default:
            false
        }
    }

    package static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    // MARK: Searching

    /// What follows `/token/` in an address: a secret, even if it is not one of ours.
    private static func tokens(in bytes: [UInt8]) -> [Range<Int>] {
        var tokens: [Range<Int>] = []
        // The end of the last “instances/” in the word.
        var instances: Int?
        var looked = 0
        for place in address.places(in: bytes) {
            if looked < place.lowerBound, bytes[looked..<place.lowerBound].contains(UInt8(ascii: " ")) {
                instances = nil
            }
            looked = place.upperBound
            guard place.count == tokenPart.count else {
                instances = place.upperBound
                continue
            }
            let token = bytes[place.upperBound...].prefix { isOfWord($0) || $0 == UInt8(ascii: "%") }
            if let instances, place.lowerBound >= instances, !token.isEmpty {
                tokens.append(token.startIndex..<token.endIndex)
            }
        }
        return tokens
    }

    /// User name and password in an address, such as that of a proxy: everything up to the last `@` of the word, since a
    /// password may have slashes and an `@`.
    private static func logins(in bytes: [UInt8]) -> [Range<Int>] {
        var logins: [Range<Int>] = []
        // Each word is examined once.
        var looked = 0
        for place in scheme.places(in: bytes) where place.lowerBound >= looked {
            let word = bytes[place.upperBound..<wordEnd(of: bytes, from: place.upperBound)]
            looked = word.endIndex
            guard let end = word.lastIndex(of: UInt8(ascii: "@")), end > word.startIndex else { continue }
            let first = word.firstIndex(of: UInt8(ascii: "/")) ?? word.endIndex
            // The `@` is in the path: `https://example.com/@ana`.
            if first < end, isHost(word[..<first]) { continue }
            logins.append(word.startIndex..<end)
        }
        return logins
    }

    /// Where a word ends: at a space, or with the text of JSON that it is in.
    private static func wordEnd(of bytes: [UInt8], from start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] > 0x20 {
            let isLast = at + 1 == bytes.count
            if bytes[at] == UInt8(ascii: "\""), isLast || ",:}]".utf8.contains(bytes[at + 1]) { break }
            at += 1
        }
        return at
    }

    /// Whether what stands before the first slash is the name of a host, perhaps with a port, and not a user's name and
    /// the beginning of a password.
    private static func isHost(_ text: ArraySlice<UInt8>) -> Bool {
        guard !text.contains(UInt8(ascii: "@")) else { return false }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2 else { return false }
        if parts.count == 2, parts[1].isEmpty || !parts[1].allSatisfy({ (0x30...0x39).contains($0) }) { return false }
        return host.contains(UInt8(ascii: ".")) || host.elementsEqual("localhost".utf8)
    }
}
