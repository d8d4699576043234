/// Reads JSON strictly, in a single pass.
struct JSONScanner {
    struct NotJSON: Error {}

    /// Deeper nesting than in anything that Z-API sends.
    private static let deepest = 64

    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        at = bytes.startIndex
    }

    mutating func document() throws -> JSON {
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        guard at == bytes.endIndex else { throw NotJSON() }
        return value
    }

    // MARK: Values

    private mutating func value(depth: Int) throws -> JSON {
        guard depth < Self.deepest, let first = next else { throw NotJSON() }
        switch first {
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .list(try values(depth: depth))
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return try word()
        default: return .number(try number())
        }
    }

    private mutating func members(depth: Int) throws -> [JSON.Member] {
        try expect("{")
        skipBlanks()
        if skip("}") { return [] }
        var members: [JSON.Member] = []
        repeat {
            skipBlanks()
            let name = try string()
            skipBlanks()
            try expect(":")
            skipBlanks()
            members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
            skipBlanks()
        } while skip(",")
        try expect("}")
        return members
    }

    private mutating func values(depth: Int) throws -> [JSON] {
        try expect("[")
        skipBlanks()
        if skip("]") { return [] }
        var values: [JSON] = []
        repeat {
            skipBlanks()
            values.append(try value(depth: depth + 1))
            skipBlanks()
        } while skip(",")
        try expect("]")
        return values
    }

    private mutating func word() throws -> JSON {
        let words: [(String, JSON)] = [("true", .truth(true)), ("false", .truth(false)), ("null", .null)]
        for (word, value) in words where bytes[at...].starts(with: word.utf8) {
            at += word.utf8.count
            return value
        }
        throw NotJSON()
    }

    private mutating func number() throws -> String {
        let start = at
        skip("-")
        if !skip("0") { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { skip("-") }
            try digits()
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws {
        let start = at
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw NotJSON() }
    }

    // MARK: Strings

    private mutating func string() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw NotJSON()
            default: text.append(byte)
            }
        }
        throw NotJSON()
    }

    private mutating func escape(into text: inout [UInt8]) throws {
        guard let byte = next else { throw NotJSON() }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += Array(String(Character(try scalar())).utf8)
        default: throw NotJSON()
        }
    }

    /// What follows `\u`; two surrogates are one character, and a single one is invalid.
    private mutating func scalar() throws -> Unicode.Scalar {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), bytes[at...].starts(with: #"\u"#.utf8) else { return "\u{FFFD}" }
        at += 2
        let second = try unit()
        guard UTF16.isTrailSurrogate(second) else { return Unicode.Scalar(second) ?? "\u{FFFD}" }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func unit() throws -> UInt16 {
        let digits = bytes[at...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw NotJSON() }
        at += 4
        return unit
    }

    // MARK: Bytes

    private var next: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    }

    @discardableResult
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard skip(character) else { throw NotJSON() }
    }
}
