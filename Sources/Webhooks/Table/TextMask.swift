import CampaignCore

/// Finds secrets in texts: in addresses, and behind the names that secrets have, as in `Client-Token: …`, `password=…`,
/// `/token/…` and `"token":"…"`.
enum TextMask {
    static let mask = "***"

    /// Parts of the names of secrets, in lower case.
    private static let names = [
        "token", "password", "passwd", "passphrase", "pwd", "senha", "secret", "segredo", "apikey", "api_key",
        "api-key", "authorization", "credential",
    ].map { Array($0.utf8) }
    private static let patterns = PatternSet(names)
    private static let members = PatternSet(names + [Array("proxy".utf8)])
    /// What a secret without a name for it is like: as long, and with a digit.
    private static let shortest = 8

    /// - Parameter name: a member's, in lower case.
    static func isSecret(name: String) -> Bool { members.isAny(in: Array(name.utf8)) }

    /// - Parameter isPersonal: whether it is in a person's own words, in which only addresses are looked at.
    static func masked(_ text: String, isPersonal: Bool) -> String {
        let bytes = Array(text.utf8)
        let ranges = AddressSecrets.ranges(in: bytes) + (isPersonal ? [] : decodedPlaces(in: bytes))
        return ranges.isEmpty ? text : String(decoding: hidden(ranges, in: bytes), as: UTF8.self)
    }

    /// The name of a member without them; few look as if they had any.
    static func maskedName(_ name: String) -> String {
        name.utf8.contains { #"/\%&=@"#.utf8.contains($0) } ? masked(name, isPersonal: false) : name
    }

    /// The same of a body that cannot be read; nil when there are none.
    static func masked(_ bytes: [UInt8]) -> [UInt8]? {
        let ranges = AddressSecrets.ranges(in: bytes) + decodedPlaces(in: bytes)
        return ranges.isEmpty ? nil : hidden(ranges, in: bytes)
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

    /// What stands behind the names of secrets, and user names with passwords before an `@`.
    private static func places(in bytes: [UInt8]) -> [Range<Int>] {
        var places = logins(in: bytes)
        var looked = 0
        for name in patterns.places(in: bytes.map(AddressSecrets.lowercased)) where name.lowerBound >= looked {
            var scanner = Scanner(bytes: bytes, at: name.upperBound)
            let isPath = name.lowerBound > 0 && bytes[name.lowerBound - 1] == UInt8(ascii: "/")
            let value = scanner.value(isPath: isPath, shortest: shortest)
            // Each word is read once, however many names it has.
            looked = value?.upperBound ?? scanner.nameEnd
            if let value { places.append(value) }
        }
        return places
    }

    /// `user:password` before `@host`, where no scheme says that it is an address; a number with its device, as in `5511987654321:12@s.whatsapp.net`,
    /// is none.
    private static func logins(in bytes: [UInt8]) -> [Range<Int>] {
        bytes.indices.filter { bytes[$0] == UInt8(ascii: "@") }.compactMap { end in
            let start =
                bytes[..<end].lastIndex { $0 <= 0x20 || #",;"'<>()[]{}@"#.utf8.contains($0) }.map { $0 + 1 } ?? 0
            let word = bytes[start..<end]
            guard let colon = word.firstIndex(of: UInt8(ascii: ":")), colon > start, colon + 1 < end,
                !word[colon...].starts(with: "://".utf8),
                word.contains(where: { (0x61...0x7A).contains($0 | 0x20) })
            else { return nil }
            return start..<end
        }
    }

    /// Reads on behind a name.
    private struct Scanner {
        let bytes: [UInt8]
        var at: Int
        /// Where the word with the name ends.
        private(set) var nameEnd: Int

        init(bytes: [UInt8], at: Int) {
            (self.bytes, self.at, nameEnd) = (bytes, at, at)
        }

        private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

        /// The value that the name has; nil for none.
        mutating func value(isPath: Bool, shortest: Int) -> Range<Int>? {
            skip { AddressSecrets.isOfWord($0) && $0 != UInt8(ascii: "'") }
            nameEnd = at
            if isPath, next == UInt8(ascii: "/") || next == UInt8(ascii: "\\") {
                skip { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
                return word(endsAt: #"/?\"#)
            }
            skip { #"\"'"#.utf8.contains($0) }
            let end = at
            skip(Self.isBlank)
            guard let mark = next, ":=".utf8.contains(mark) else {
                // “Client-Token F00B4R47”, “token 'F00B4R47'”, “token is F00B4R47”, and not “the token is wrong”.
                for mark in ["is", "->", "=>"] where bytes[at...].starts(with: mark.utf8) {
                    at += mark.utf8.count
                    skip(Self.isBlank)
                    break
                }
                skip { #""'([<{"#.utf8.contains($0) }
                guard at > end, let word = word(), word.count >= shortest,
                    bytes[word].contains(where: Self.isDigit), bytes[word].contains(where: Self.isLetter)
                else { return nil }
                return word
            }
            skip { ":=>".utf8.contains($0) || Self.isBlank($0) }
            return quoted() ?? nested() ?? authorization() ?? word()
        }

        /// A text in quotes, up to the next one that is not escaped; they themselves stay.
        private mutating func quoted() -> Range<Int>? {
            let start = at
            skip { $0 == UInt8(ascii: "\\") }
            // Quotes that are escaped themselves end with a quote that is.
            let escapes = at - start
            guard let quote = next, #""'"#.utf8.contains(quote) else {
                at = start
                return nil
            }
            at += 1
            let first = at
            var slashes = 0
            while let byte = next, byte != quote || slashes > escapes {
                slashes = byte == UInt8(ascii: "\\") ? slashes + 1 : 0
                at += 1
            }
            return first < at ? first..<at : nil
        }

        /// An object or a list: everything to the end, since nobody knows where it ends.
        private func nested() -> Range<Int>? {
            guard let next, "{[".utf8.contains(next) else { return nil }
            return at..<bytes.count
        }

        /// `Bearer …`, both words.
        private mutating func authorization() -> Range<Int>? {
            let start = at
            guard let scheme = word(),
                ["bearer", "basic"].contains(String(decoding: bytes[scheme], as: UTF8.self).lowercased())
            else {
                at = start
                return nil
            }
            skip(Self.isBlank)
            return word().map { start..<$0.upperBound }
        }

        private mutating func word(endsAt marks: String = "") -> Range<Int>? {
            let start = at
            skip { $0 > 0x20 && !#",;&"'<>()[]{}"#.utf8.contains($0) && !marks.utf8.contains($0) }
            return start < at ? start..<at : nil
        }

        private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
            while let next, isSkipped(next) { at += 1 }
        }

        private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

        private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    }
}
