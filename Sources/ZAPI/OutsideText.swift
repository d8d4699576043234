import Foundation

/// Makes text from outside fit to be kept and shown: one line, bounded, without secrets, control characters and marks
/// that turn its direction. Every text that Z-API or the HTTP client gives goes through here.
struct OutsideText: Sendable {
    /// The longest text that is kept, in Unicode scalars.
    static let longest = 300
    /// More of a line is not looked at.
    private static let maxScalars = 1 << 13
    /// Where a line is longer, no more of it is shown: what is looked at may end in half a secret.
    private static let maxShown = 1 << 12
    private static let mark = "‹secret›"

    private let secrets: SecretForms

    /// - Parameter secrets: what must not be kept or shown, in whatever form it is written.
    init(secrets: [String] = []) {
        self.secrets = SecretForms(secrets)
    }

    /// `text` on one line of at most ``longest`` scalars.
    func line(_ text: String) -> String {
        // Unfit characters go first: they could stand in the midst of a secret.
        let scalars = Self.line(text)
        let isCut = scalars.count > Self.maxScalars
        let bytes = Array(String(scalars).utf8)
        let shown = isCut ? String(scalars.prefix(Self.maxShown)).utf8.count : bytes.count
        var line = ""
        var end = 0
        for range in secrets.ranges(in: bytes) where range.lowerBound < shown {
            line += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self) + Self.mark
            end = range.upperBound
        }
        if end < shown { line += String(decoding: bytes[end..<shown], as: UTF8.self) }
        return Self.shortened(isCut ? line + "…" : line, to: Self.longest)
    }

    /// Whether a secret stands in `text`.
    func isSecret(_ text: String) -> Bool {
        !secrets.ranges(in: Array(text.utf8)).isEmpty
    }

    /// Whether a character steers whatever shows it, or cannot be seen: control characters, marks of direction, line
    /// and paragraph separators, characters that are none.
    static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }

    /// At most `count` scalars; what is cut off is shown by `…`.
    static func shortened(_ text: String, to count: Int) -> String {
        // Scalars, since one character can hold any number of them.
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<scalars.index(before: end)]) + "…"
    }

    /// The characters that are fit, with one blank for any row of them; one more than are looked at, at most.
    private static func line(_ text: String) -> String.UnicodeScalarView {
        var line = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count > maxScalars { break }
            if scalar.properties.isWhitespace {
                guard let last = line.last, last != " " else { continue }
                line.append(" ")
            } else if !isUnfit(scalar) {
                line.append(scalar)
            } else {
                continue
            }
            count += 1
        }
        if line.last == " " { line.removeLast() }
        return line
    }
}
