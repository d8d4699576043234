extension DecodedText {
    mutating func closedEntity() -> (plain: [UInt8], count: Int)? {
        if let (plain, count) = numericEntity(from: 2) { return (plain, count + 1) }
        var name: [UInt8] = []
        while let byte = end(name.count + 2), Self.isLetter(byte), name.count <= NamedEntities.longest {
            name.append(byte)
        }
        guard end(name.count + 2) == UInt8(ascii: "&") else { return nil }
        return NamedEntities.plain(String(decoding: name.reversed(), as: UTF8.self)).map { ($0, name.count + 2) }
    }

    /// The entity that ends before `next` without a semicolon.
    mutating func openEntity(before next: UInt8?) -> (plain: [UInt8], count: Int)? {
        guard notations.contains(.openEntities), next != UInt8(ascii: ";"), let last = end(1), Self.digit(last) != nil
        else { return nil }
        return numericEntity(from: 1, followedBy: next.flatMap(Self.base))
    }

    /// The number of an entity may begin with any number of zeros; none is kept, so the longest spelling stays short.
    mutating func dropZero(before next: UInt8) {
        guard notations.contains(.entities), let base = Self.base(next), end(1) == UInt8(ascii: "0"),
            zeroLeads(base: base)
        else { return }
        dropEnd()
    }

    /// Whether the end is `&#0` or `&#x0`, and a digit of `base` can belong to it.
    private mutating func zeroLeads(base: Int) -> Bool {
        if end(2) == UInt8(ascii: "#") { return base == 10 && end(3) == UInt8(ascii: "&") }
        return isEnd(2, "xX") && end(3) == UInt8(ascii: "#") && end(4) == UInt8(ascii: "&")
    }

    /// The entity whose digits end at a given distance from the end.
    ///
    /// - Parameter next: the smallest base of the digit that follows; nil when none does.
    private mutating func numericEntity(from start: Int, followedBy next: Int? = nil) -> (plain: [UInt8], count: Int)? {
        let longest = 8
        let count = digits(from: start, base: 16, max: longest)
        guard count > 0 else { return nil }
        let mark = start + count
        if isEnd(mark, "xX") {
            guard next == nil, end(mark + 1) == UInt8(ascii: "#"), end(mark + 2) == UInt8(ascii: "&") else {
                return nil
            }
            return number(count, base: 16, from: start).flatMap(Self.utf8).map { ($0, count + 3) }
        }
        guard next != 10, end(mark) == UInt8(ascii: "#"), end(mark + 1) == UInt8(ascii: "&") else { return nil }
        return number(count, base: 10, from: start).flatMap(Self.utf8).map { ($0, count + 2) }
    }
}

/// HTML's names of the characters that a secret may contain or be split by (WHATWG, named character references, read
/// 2026).
private enum NamedEntities {
    /// The longest name.
    static let longest = names.keys.map(\.utf8.count).max() ?? 0

    /// The UTF-8 of a named character, in any case; nil when the name is unknown.
    static func plain(_ name: String) -> [UInt8]? {
        names[name.lowercased()].map { Array($0.utf8) }
    }

    private static let names = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "excl": "!", "num": "#", "dollar": "$",
        "percnt": "%", "lpar": "(", "rpar": ")", "ast": "*", "midast": "*", "plus": "+", "comma": ",", "period": ".",
        "sol": "/", "colon": ":", "semi": ";", "equals": "=", "quest": "?", "commat": "@", "lsqb": "[", "lbrack": "[",
        "bsol": "\\", "rsqb": "]", "rbrack": "]", "hat": "^", "lowbar": "_", "underbar": "_", "grave": "`",
        "lcub": "{", "lbrace": "{", "verbar": "|", "vert": "|", "rcub": "}", "rbrace": "}",
        // Not ASCII's minus, but characters used in its place.
        "hyphen": "-", "dash": "-", "minus": "-",
        // Displayed as a space, or not at all.
        "nbsp": " ", "nonbreakingspace": " ", "newline": " ", "tab": " ", "ensp": " ", "emsp": " ", "thinsp": " ",
        "hairsp": " ", "shy": " ", "zwj": " ", "zwnj": " ", "lrm": " ", "rlm": " ", "zerowidthspace": " ",
        "nobreak": " ",
    ]
}
