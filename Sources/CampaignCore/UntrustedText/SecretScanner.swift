/// Reads on behind the name of a secret.
struct SecretScanner {
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
        if next == UInt8(ascii: ">"), isElement { return content() }
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

    /// The value behind a name that is a word of its own, too, such as `auth`: it has to stand behind `:` or `=`.
    mutating func value(ofShort name: String) -> Range<Int>? {
        nameEnd = at
        if next == UInt8(ascii: ">"), isElement { return content() }
        skip { #"\"'"#.utf8.contains($0) }
        skip(Self.isBlank)
        guard let mark = next, ":=".utf8.contains(mark) else { return nil }
        skip { ":=>".utf8.contains($0) || Self.isBlank($0) }
        if name == "cookie" { return pairs() }
        if let quoted = quoted() { return quoted }
        guard let value = authorization() ?? word() else { return nil }
        // “auth: failed” tells what is wrong.
        return mark == UInt8(ascii: "=") || name != "auth" || isTokenLike(value) ? value : nil
    }

    /// What follows `Bearer` or `Basic` where nothing else says that it is a secret: not `Basic plan`.
    mutating func credentials() -> Range<Int>? {
        nameEnd = at
        guard let byte = next, Self.isBlank(byte) else { return nil }
        skip(Self.isBlank)
        guard let word = word(), isTokenLike(word) else { return nil }
        return word
    }

    /// Whether the word before `at` is the name of an element of XML: `<token>`, `<a:token>`.
    private var isElement: Bool {
        let before = bytes[..<at].last { !AddressSecrets.isOfWord($0) && $0 != UInt8(ascii: ":") }
        return before == UInt8(ascii: "<")
    }

    /// What is in the element whose name has been read.
    private mutating func content() -> Range<Int>? {
        at += 1
        let start = at
        skip { $0 != UInt8(ascii: "<") }
        return start < at ? start..<at : nil
    }

    /// `session=…; theme=…`, all of them; nil for what are none.
    private mutating func pairs() -> Range<Int>? {
        skip { #"\"'"#.utf8.contains($0) }
        let start = at
        var end = at
        while let pair = word(), bytes[pair].contains(UInt8(ascii: "=")) {
            end = pair.upperBound
            guard next == UInt8(ascii: ";") else { break }
            at += 1
            skip(Self.isBlank)
        }
        return start < end ? start..<end : nil
    }

    /// Whether a word looks drawn, not written: it has letters and digits, capitals behind small letters, or no end.
    private func isTokenLike(_ word: Range<Int>) -> Bool {
        let word = bytes[word]
        guard word.count >= 6, word.contains(where: Self.isLetter) else { return false }
        let hump = zip(word, word.dropFirst()).contains { (0x61...0x7A).contains($0) && (0x41...0x5A).contains($1) }
        return word.contains(where: Self.isDigit) || hump || word.count >= 20
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
