/// What people write around the number in a cell and that says nothing else than that it is one.
extension PhoneText {
    private static let labels: Set<String> = [
        "tel", "telefone", "telefono", "fone", "cel", "celular", "movel", "movil", "whatsapp", "whats", "wpp", "zap",
        "phone", "mobile", "cell", "ddd",
    ]

    /// Without `Cel.`, `Tel:` or `DDD` in front, and without the stars of bold text in WhatsApp around. What else stands in the
    /// cell is judged without them.
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

    private static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte & 0xDF }
}
