/// Finds secrets in texts: in addresses, and behind the names that secrets have, as in `Client-Token: …`, `password=…`,
/// `/token/…`, `"token":"…"`, `<token>…` and `Bearer …`.
package enum TextMask {
    package static let mask = "***"

    /// Parts of the names of secrets, in lower case.
    private static let names = [
        "token", "password", "passwd", "passphrase", "pwd", "senha", "secret", "segredo", "apikey", "api_key",
        "api-key", "authorization", "credential", "accesskey", "access_key", "access-key", "privatekey", "private_key",
        "private-key",
    ].map { Array($0.utf8) }
    /// Names that other words contain: they have to be a name, or the last word of one, as in `proxy_pass`.
    private static let shortNames = ["pass", "pw", "auth", "cookie"].map { Array($0.utf8) }
    /// They stand before a secret without any mark.
    private static let schemes = ["bearer", "basic"].map { Array($0.utf8) }
    private static let patterns = PatternSet(names + shortNames + schemes)
    private static let members = PatternSet(names + [Array("proxy".utf8)])
    /// What a secret without a name for it is like: as long, and with a digit.
    private static let shortest = 8

    /// - Parameter name: a member's.
    package static func isSecret(name: String) -> Bool {
        let bytes = Array(name.utf8)
        let lowercased = bytes.map(AddressSecrets.lowercased)
        return members.isAny(in: lowercased)
            || shortNames.contains { short in
                lowercased.suffix(short.count).elementsEqual(short)
                    && isName(bytes.count - short.count..<bytes.count, in: bytes)
            }
    }

    /// Where the secrets of a text are, in order, none touching another.
    package static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        AddressSecrets.merged(AddressSecrets.ranges(in: bytes) + decodedPlaces(in: bytes))
    }

    /// - Parameter isPersonal: whether it is in a person's own words, in which only addresses are looked at.
    package static func masked(_ text: String, isPersonal: Bool) -> String {
        let bytes = Array(text.utf8)
        let ranges = isPersonal ? AddressSecrets.ranges(in: bytes) : ranges(in: bytes)
        return ranges.isEmpty ? text : String(decoding: hidden(ranges, in: bytes), as: UTF8.self)
    }

    /// The name of a member without them; few look as if they had any.
    package static func maskedName(_ name: String) -> String {
        name.utf8.contains { #"/\%&=@"#.utf8.contains($0) } ? masked(name, isPersonal: false) : name
    }

    /// The same of a body that cannot be read; nil when there are none.
    package static func masked(_ bytes: [UInt8]) -> [UInt8]? {
        let ranges = ranges(in: bytes)
        return ranges.isEmpty ? nil : hidden(ranges, in: bytes)
    }

    /// A body without a secret that is known, wherever it stands, as it is or encoded as in an address or in JSON.
    package static func masked(_ bytes: [UInt8], without secret: String) -> [UInt8] {
        guard !secret.isEmpty else { return bytes }
        let pattern = PatternSet([Array(secret.utf8)])
        var found = pattern.places(in: bytes)
        if bytes.contains(where: { #"%\"#.utf8.contains($0) }) {
            let decoded = DecodedText(bytes, without: [.percents, .escapes])
            found += pattern.places(in: decoded.bytes).map(decoded.source)
        }
        return found.isEmpty ? bytes : hidden(found, in: bytes)
    }

    private static func hidden(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        var shown: [UInt8] = []
        var end = 0
        for range in AddressSecrets.merged(ranges) {
            shown += bytes[end..<range.lowerBound] + Array(mask.utf8)
            end = range.upperBound
        }
        return shown + bytes[end...]
    }

    // MARK: Searching

    /// The same as ``places(in:)`` under any layers of encodings.
    private static func decodedPlaces(in bytes: [UInt8]) -> [Range<Int>] {
        var found = places(in: bytes)
        guard bytes.contains(where: { #"\%&="#.utf8.contains($0) }) else { return found }
        for notations in AddressSecrets.encodings where !notations.isEmpty {
            let decoded = DecodedText(bytes, without: notations)
            if decoded.bytes.count < bytes.count { found += places(in: decoded.bytes).map(decoded.source) }
        }
        return found
    }

    /// What stands behind the names of secrets, and user names with passwords beside a host.
    private static func places(in bytes: [UInt8]) -> [Range<Int>] {
        var places = logins(in: bytes) + proxyLogins(in: bytes)
        var looked = 0
        let lowercased = bytes.map(AddressSecrets.lowercased)
        for name in patterns.places(in: lowercased) where name.lowerBound >= looked {
            var scanner = SecretScanner(bytes: bytes, at: name.upperBound)
            let found = Array(lowercased[name])
            let value: Range<Int>?
            if names.contains(found) {
                let isPath = name.lowerBound > 0 && bytes[name.lowerBound - 1] == UInt8(ascii: "/")
                value = scanner.value(isPath: isPath, shortest: shortest)
            } else if !isName(name, in: bytes) {
                continue
            } else if schemes.contains(found) {
                value = scanner.credentials()
            } else {
                value = scanner.value(ofShort: String(decoding: found, as: UTF8.self))
            }
            // Each word is read once, however many names it has.
            looked = value?.upperBound ?? scanner.nameEnd
            if let value { places.append(value) }
        }
        return places
    }

    /// Whether a word stands by itself, or ends a name: `pass`, `db-pass`, `dbPass`, and not `bypass` or `passed`.
    private static func isName(_ place: Range<Int>, in bytes: [UInt8]) -> Bool {
        if place.upperBound < bytes.count, AddressSecrets.isOfWord(bytes[place.upperBound]),
            bytes[place.upperBound] != UInt8(ascii: "'")
        {
            return false
        }
        guard place.lowerBound > 0 else { return true }
        let (before, first) = (bytes[place.lowerBound - 1], bytes[place.lowerBound])
        let isHump = (0x61...0x7A).contains(before) && (0x41...0x5A).contains(first)
        return isHump || "_-'".utf8.contains(before) || !AddressSecrets.isOfWord(before)
    }

    /// `user:password` before `@host`, where no scheme says that it is an address; a number with its device, as in `5511987654321:12@s.whatsapp.net`,
    /// is none.
    private static func logins(in bytes: [UInt8]) -> [Range<Int>] {
        bytes.indices.filter { bytes[$0] == UInt8(ascii: "@") }.compactMap { end in
            let start =
                bytes[..<end].lastIndex { $0 <= 0x20 || #",;"'<>()[]{}@"#.utf8.contains($0) }.map { $0 + 1 } ?? 0
            let word = bytes[start..<end]
            guard let colon = word.firstIndex(of: UInt8(ascii: ":")), colon > start, colon + 1 < end,
                !isScheme(word[colon...]), word.contains(where: { (0x61...0x7A).contains($0 | 0x20) })
            else { return nil }
            return start..<end
        }
    }

    /// Whether a colon is that of `://`, perhaps written as in JSON.
    private static func isScheme(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.dropFirst().filter { $0 != UInt8(ascii: "\\") }.starts(with: "//".utf8)
    }

    /// `user:password` in `host:port:user:password`, as lists of proxies have it.
    private static func proxyLogins(in bytes: [UInt8]) -> [Range<Int>] {
        var logins: [Range<Int>] = []
        for word in bytes.split(whereSeparator: { $0 <= 0x20 || #",;"'<>()[]{}/\=@"#.utf8.contains($0) }) {
            let parts = word.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, parts[0].contains(UInt8(ascii: ".")) || parts[0].elementsEqual("localhost".utf8),
                1...5 ~= parts[1].count, parts[1].allSatisfy({ (0x30...0x39).contains($0) }),
                parts[2].contains(where: { !(0x30...0x39).contains($0) }), !parts[3].isEmpty
            else { continue }
            logins.append(parts[2].startIndex..<parts[3].endIndex)
        }
        return logins
    }
}
