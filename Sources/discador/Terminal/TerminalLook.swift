import Foundation
import Reports

/// How text looks on a stream: with colors on a terminal that has them, and in ASCII where the locale is not UTF-8.
struct TerminalLook: Hashable, Sendable {
    /// Whether signs other than ASCII can be shown.
    let isUTF8: Bool
    let hasColor: Bool
    private let isTerminal: Bool

    /// - Parameter environment: `LC_ALL`, `LC_CTYPE` and `LANG` say the locale (without any, it is taken for UTF-8);
    ///   `NO_COLOR` (no-color.org) and `TERM=dumb` that there are no colors.
    init(isTerminal: Bool, environment: [String: String]) {
        self.isTerminal = isTerminal
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        isUTF8 = locale.map { $0.lowercased().filter { $0 != "-" }.contains("utf8") } ?? true
        hasColor = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Text as it is: for what is drawn without a stream.
    static let plain = TerminalLook(isTerminal: false, environment: [:])

    /// A finished line, ready to be written.
    func dressed(_ line: String) -> String { painted(folded(line)) }

    /// The line in ASCII, if that is all that can be shown. In a pipe letters stay what they are, since they may be data.
    func folded(_ line: String) -> String {
        guard !isUTF8, line.utf8.contains(where: { $0 >= 0x80 }) else { return line }
        return line.map(folded).joined()
    }

    /// The line in ASCII, if that is all that can be shown, and no wider than `width`.
    func fitted(_ line: String, width: Int) -> String {
        let line = TerminalText.line(line, width: width)
        guard !isUTF8 else { return line }
        var shown = ""
        for character in line {
            // The sign for what is cut takes three columns: two more of the text go.
            if character == "…" {
                for _ in 0..<2 where shown.last.map({ $0 != " " }) ?? false { shown.removeLast() }
            }
            shown += folded(character)
        }
        return TerminalText.line(shown, width: width) == shown ? shown : String(shown.prefix(width))
    }

    private func folded(_ character: Character) -> String {
        if character.isASCII { return String(character) }
        if let sign = Self.signs[character] { return sign }
        guard isTerminal else { return String(character) }
        let letters = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.filter(\.isASCII)
        if !letters.isEmpty { return String(String.UnicodeScalarView(letters)) }
        return String(repeating: "?", count: TerminalText.width(String(character)))
    }

    private static let signs: [Character: String] = [
        "█": "#", "░": "-", "·": "-", "–": "-", "—": "-", "−": "-", "…": "...", "“": "\"", "”": "\"", "„": "\"",
        "‘": "'", "’": "'", "×": "x", "•": "*", "→": "->", "≤": "<=", "≥": ">=", "\u{A0}": " ",
    ]
}
