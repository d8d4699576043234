/// A column's name as people mean it: without case, accents, spaces and punctuation, and as the words it is made of.
struct HeaderName: Hashable {
    /// All words in one: `Nº do Celular` is `nodocelular`.
    let joined: String
    /// `Telefone_1`, `phoneNumber`, `Celular (DDD)`: `telefone` `1`, `phone` `number`, `celular` `ddd`.
    let words: [String]

    init(_ text: String) {
        var words: [String] = []
        var word = ""
        var last = Kind.gap
        for scalar in text.unicodeScalars {
            let letter = scalar.plainLetter
            let kind = Kind(scalar, letter)
            if kind == .mark { continue }
            // A new word: after a gap, between letters and digits, and at the hump of camelCase.
            let startsWord = kind != last && !(last == .upper && kind == .lower)
            if startsWord, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if kind != .gap { word += letter }
            last = kind
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
        joined = words.joined()
    }

    private enum Kind {
        case lower, upper, digit, gap, mark

        init(_ scalar: Unicode.Scalar, _ letter: String) {
            if letter.isEmpty {
                let isMark = 0x300...0x36F ~= scalar.value || scalar.value == 0xFEFF || scalar.value == 0x200B
                self = isMark ? .mark : .gap
            } else if "0"..."9" ~= scalar {
                self = .digit
            } else {
                self = scalar.properties.isUppercase ? .upper : .lower
            }
        }
    }
}
