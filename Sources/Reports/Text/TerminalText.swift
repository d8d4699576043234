/// Makes untrusted text (error texts, file names, cells of a list) safe for a terminal: it stays on its line and within
/// its width, and cannot control the terminal.
package enum TerminalText {
    /// Flags and families have fewer; a letter under a heap of marks has more, and would cover the lines around it.
    private static let maxScalars = 16

    /// `text` on one line of at most `width` columns; `…` marks what is cut off.
    package static func line(_ text: String, width limit: Int = .max) -> String {
        if isPlain(text), text.utf8.count <= limit { return text }
        var line = ""
        var used = 0
        for character in text {
            let shown = character.unicodeScalars.contains(where: isUnfit) ? " " : bounded(character)
            let places = width(of: shown)
            guard used + places <= limit else { return cut(line, used, to: limit) }
            line.append(shown)
            used += places
        }
        return line
    }

    /// How many columns `text` takes. East Asian characters and most emoji take two.
    package static func width(_ text: String) -> Int {
        isPlain(text) ? text.utf8.count : text.reduce(0) { $0 + width(of: $1) }
    }

    /// Whether every byte is a printable character of ASCII, as of most cells: a million rows need not be taken apart
    /// into characters.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 0x20..<0x7F ~= $0 }
    }

    private static func bounded(_ character: Character) -> Character {
        guard character.unicodeScalars.count > maxScalars else { return character }
        // The beginning of a character is one itself.
        return String(String.UnicodeScalarView(character.unicodeScalars.prefix(maxScalars))).first ?? " "
    }

    private static func cut(_ line: String, _ width: Int, to limit: Int) -> String {
        var line = line
        var used = width
        while used + 1 > limit, let last = line.popLast() { used -= self.width(of: last) }
        return limit > 0 ? line + "…" : ""
    }

    /// Control characters, line ends, marks that change the direction of the text around them, and what is not seen.
    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0x2066...0x2069,
            0xFEFF, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// Ranges after Unicode Standard Annex #11, "East Asian Width" (classes W and F), by blocks.
    private static func width(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        // Drawn as an emoji: by default, or because a variation selector follows.
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return switch first.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60: 2
        case 0xFFE0...0xFFE6, 0x1F1E6...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD: 2
        default: 1
        }
    }
}
