extension Anonymizer {
    /// As many digits in a row, whatever is between them, may be a phone.
    private static let fewestDigits = 5
    /// So may as many that are merely near each other, as in `8724 and 1122`, `{"ddd":"11","number":"87241122"}`, or
    /// `&#56;&#55;`, where the digits stand for others.
    private static let fewestNearDigits = 8
    /// As many characters may be between near digits.
    private static let mostBetween = 40

    /// A text without what may be a phone. A status at its beginning, as in `HTTP 422: …`, stays.
    static func withoutPhones(_ text: String) -> String {
        let status = text.prefixMatch(of: /HTTP [1-5][0-9]{2}(?![0-9])/)
        let rest = status.map { text[$0.range.upperBound...] } ?? text[...]
        return (status.map { String($0.output) } ?? "") + withoutLongDigits(withoutNearDigits(String(rest)))
    }

    /// Digits that are near each other are masked as a whole, from the first to the last.
    private static func withoutNearDigits(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var shown = String.UnicodeScalarView()
        var first: Int?
        var last = 0
        var digits = 0
        var next = 0
        func end() {
            guard let begin = first else { return }
            shown.append(contentsOf: scalars[next..<begin])
            shown.append(
                contentsOf: digits >= fewestNearDigits ? Array(mask.unicodeScalars) : Array(scalars[begin...last]))
            next = last + 1
            (first, digits) = (nil, 0)
        }
        for (place, scalar) in scalars.enumerated() where isDigit(scalar) {
            if first != nil, place - last > mostBetween + 1 { end() }
            if first == nil { first = place }
            last = place
            digits += 1
        }
        end()
        shown.append(contentsOf: scalars[next...])
        return String(shown)
    }

    private static func withoutLongDigits(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        // A run from its first digit to its last, and what follows that and may still belong to it.
        var run = String.UnicodeScalarView()
        var rest = String.UnicodeScalarView()
        var digits = 0
        func end() {
            shown.append(contentsOf: digits >= fewestDigits ? mask.unicodeScalars : run)
            shown.append(contentsOf: rest)
            run = String.UnicodeScalarView()
            rest = run
            digits = 0
        }
        for scalar in text.unicodeScalars {
            if isDigit(scalar) {
                run.append(contentsOf: rest)
                rest = String.UnicodeScalarView()
                run.append(scalar)
                digits += 1
            } else if digits > 0,
                rest.isEmpty
                    ? !scalar.properties.isAlphabetic
                    : rest.count < 3 && rest.allSatisfy(isBetweenDigits) && isBetweenDigits(scalar)
            {
                rest.append(scalar)
            } else {
                end()
                shown.append(scalar)
            }
        }
        end()
        return String(shown)
    }

    /// Digits of any script, also raised, circled, or as a word of one letter (`五`).
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }

    /// What may stand between digits in several, or beside a space; a single one may be anything but a letter.
    private static func isBetweenDigits(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "()-./+_".unicodeScalars.contains(scalar)
            || scalar.properties.generalCategory == .dashPunctuation || scalar.properties.generalCategory == .format
    }
}
