/// Where a cell with several numbers may be cut.
extension PhoneText {
    /// The cell cut at its separators: slashes, semicolons, commas, colons, bars, line ends, a `+`, "or" and "and",
    /// wherever eight digits and more are in front. With fewer it is a mask, as in `11/99999-0001`.
    static func parts(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var index = text.startIndex
        var digits = 0
        while index < text.endIndex {
            let first = text[index]
            let run = text[index...].prefix { isLetter(first) ? isLetter($0) : isColon(first) && isColon($0) }
            let end = index + max(1, run.count)
            if isSeparator(text, index..<end) {
                if digits >= wholeNumber {
                    parts.append(text[start..<index])
                    start = text[index] == UInt8(ascii: "+") ? index : end
                }
                digits = 0
            } else if isDigit(text[index]) {
                digits += 1
            }
            index = end
        }
        return parts + [text[start...]]
    }

    /// Where a gap between two digits begins that is wide enough to separate two numbers, as `isWide` says.
    static func gaps(_ text: ArraySlice<UInt8>, isWide: (ArraySlice<UInt8>) -> Bool) -> [Int] {
        var gaps: [Int] = []
        var gap: Int?
        for index in text.indices where isDigit(text[index]) {
            if let gap, gap < index, isWide(text[gap..<index]) { gaps.append(gap) }
            gap = index + 1
        }
        return gaps
    }

    /// A space of any kind, or a parenthesis that opens: dashes and dots alone belong to a number.
    static func isSpace(_ gap: ArraySlice<UInt8>) -> Bool {
        gap.contains { $0 <= 0x20 || $0 >= 0x80 || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }
    }

    /// A dash of any kind between spaces.
    static func isSpacedDash(_ gap: ArraySlice<UInt8>) -> Bool {
        let dashes: [[UInt8]] = [[0x2D], [0x96], [0x97], [0xE2, 0x80, 0x93], [0xE2, 0x80, 0x94], [0xE2, 0x88, 0x92]]
        let words = gap.split(omittingEmptySubsequences: false) { $0 == 0x20 || $0 == 0x09 }
        return words.dropFirst().dropLast().contains { dashes.contains(Array($0)) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func isColon(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") }

    private static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte & 0xDF }

    /// A sign, or a whole word, that may separate two numbers.
    private static func isSeparator(_ text: ArraySlice<UInt8>, _ run: Range<Int>) -> Bool {
        let before = run.lowerBound > text.startIndex ? text[run.lowerBound - 1] : 0x20
        switch text[run.lowerBound] {
        case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|"),
            UInt8(ascii: "&"), UInt8(ascii: ":"), 0x0A, 0x0D:
            return true
        case UInt8(ascii: "+"):
            return before & 0xDF != UInt8(ascii: "E")
        case let first where isLetter(first):
            guard isConjunction(String(decoding: text[run].map { $0 | 0x20 }, as: UTF8.self)) else { return false }
            return !isPartOfWord(text, run) && !isExponent(text, run)
        default:
            return false
        }
    }

    /// The `e` of `mãe`: a letter beyond ASCII is next to it, in UTF-8 or in Windows-1252.
    private static func isPartOfWord(_ text: ArraySlice<UInt8>, _ run: Range<Int>) -> Bool {
        let before = text[..<run.lowerBound].suffix(2)
        let after = run.upperBound < text.endIndex ? text[run.upperBound] : 0x20
        return before.last ?? 0 >= 0xC0 || before.count == 2 && before.first == 0xC3 || after == 0xC3
    }

    /// The `E` of `5,51199E+12`.
    private static func isExponent(_ text: ArraySlice<UInt8>, _ run: Range<Int>) -> Bool {
        guard run.count == 1, run.lowerBound > text.startIndex, run.upperBound < text.endIndex else { return false }
        let after = text[run.upperBound]
        return isDigit(text[run.lowerBound - 1])
            && (isDigit(after) || after == UInt8(ascii: "+") || after == UInt8(ascii: "-"))
    }
}

/// What people write around the number in a cell and that says nothing else than that it is one.
extension PhoneText {
    private static let labels: Set<String> = [
        "tel", "telefone", "telefono", "fone", "cel", "celular", "movel", "movil", "whatsapp", "whats", "wpp", "zap",
        "phone", "mobile", "cell", "ddd",
    ]

    /// Without `Cel.`, `Tel:` or `DDD` in front, and without the stars of bold text in WhatsApp around. What else is in
    /// the cell is judged without them.
    static func undressed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = bytes
        let star = UInt8(ascii: "*")
        if text.count > 2, text.first == star, text.last == star { text = text.dropFirst().dropLast() }
        while let first = text.first, isLetter(first) {
            let word = text.prefix { isLetter($0) }
            guard labels.contains(String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)) else { return text }
            let rest = text.dropFirst(word.count)
            // `Tel1` and `Tel 1: …` are names of their own; so a sign, a space or a parenthesis must follow.
            guard let next = rest.first, !(0x30...0x39 ~= next) else { return text }
            let number = rest.drop { $0 == 0x20 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
            guard !number.isEmpty else { return text }
            text = number
        }
        return text
    }
}
