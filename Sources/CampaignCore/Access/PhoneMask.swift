/// Hides what may be phones in texts that are kept.
package enum PhoneMask {
    /// Shorter ones are counts, dates or times.
    private static let fewestDigits = 8

    /// A text in which of each sequence of digits that is as long as a phone only the first and last are left, as in
    /// `5511•••••4321`. The digits may have spaces, dots, dashes and other punctuation between them.
    package static func masked(_ text: String) -> String {
        let characters = Array(text)
        var shown = ""
        var index = 0
        while index < characters.count {
            guard isDigit(characters[index]) else {
                shown.append(characters[index])
                index += 1
                continue
            }
            let end = end(of: characters, from: index)
            let digits = characters[index..<end].filter(isDigit)
            let isPhone = digits.count >= fewestDigits && !isDate(characters[index..<end])
            shown += isPhone ? hidden(digits) : String(characters[index..<end])
            index = end
        }
        return shown
    }

    /// As ``PhoneNumber/masked``.
    private static func hidden(_ digits: [Character]) -> String {
        let tail = max(0, min(4, digits.count - 5))
        let head = max(0, min(4, digits.count - 5 - tail))
        return String(digits.prefix(head)) + String(repeating: "•", count: digits.count - head - tail)
            + String(digits.suffix(tail))
    }

    /// How people write phones: `(11) 98765 - 4321`, `11 98765/4321`, with any dash and any space.
    private static let separators = Set(" .,-()/_\u{A0}\u{2007}\u{2009}\u{202F}‐‑‒–—−")
    private static let mostSeparators = 4

    /// Where a sequence of digits ends that may have a few other characters between them.
    private static func end(of characters: [Character], from start: Int) -> Int {
        var (end, index) = (start + 1, start + 1)
        while index < characters.count, index - end <= mostSeparators {
            if isDigit(characters[index]) {
                end = index + 1
            } else if !separators.contains(characters[index]) {
                break
            }
            index += 1
        }
        return end
    }

    /// `2026-11-28`, perhaps with the hour behind it.
    private static func isDate(_ text: ArraySlice<Character>) -> Bool {
        let digits = text.prefix(10).map { isDigit($0) ? "0" : $0 }
        return text.count <= 13 && (String(digits) == "0000-00-00" || String(digits) == "00/00/0000")
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
