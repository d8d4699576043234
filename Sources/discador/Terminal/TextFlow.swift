import Reports

/// Lays out text in lines of a given width.
enum TextFlow {
    /// Puts as many parts on a line as fit, with `separator` between them. A part wider than a line is cut.
    ///
    /// - Parameters:
    ///   - indent: the number of spaces before each line.
    ///   - hanging: the number of additional spaces before each line but the first.
    static func lines(
        _ parts: [String], separator: String, indent: Int, hanging: Int = 0, width: Int
    ) -> [String] {
        var lines: [String] = []
        var line = ""
        for part in parts where !part.isEmpty {
            let margin = String(repeating: " ", count: indent + (lines.isEmpty ? 0 : hanging))
            if line.isEmpty {
                line = margin + part
            } else if TerminalText.width(line + separator + part) <= width {
                line += separator + part
            } else {
                lines.append(TerminalText.line(line, width: width))
                line = String(repeating: " ", count: indent + hanging) + part
            }
        }
        return line.isEmpty ? lines : lines + [TerminalText.line(line, width: width)]
    }

    /// A sentence, broken between its words into at most `maxLines` lines.
    static func sentence(_ text: String, indent: Int, hanging: Int = 0, width: Int, maxLines: Int) -> [String] {
        let words = TerminalText.line(text).split(separator: " ").map(String.init)
        let all = lines(words, separator: " ", indent: indent, hanging: hanging, width: width)
        guard all.count > maxLines else { return all }
        let last = all[maxLines - 1] + " " + all[maxLines].drop { $0 == " " }
        return all.prefix(maxLines - 1) + [
            TerminalText.line(last + " " + all.dropFirst(maxLines + 1).joined(), width: width)
        ]
    }

    /// A text for a terminal, broken between its words, each further line indented. A command in backticks stays on one
    /// line, so that it can be copied, and nothing is cut.
    static func paragraph(_ text: String, hanging: Int = 2, width: Int) -> [String] {
        guard TerminalText.width(text) > width else { return [text] }
        let indent = text.prefix { $0 == " " }
        let margin = indent + String(repeating: " ", count: hanging)
        var lines: [String] = []
        var line = String(indent)
        var isEmpty = true
        for word in words(text.dropFirst(indent.count)) {
            if isEmpty || TerminalText.width("\(line) \(word)") <= width {
                line += isEmpty ? word : " \(word)"
            } else {
                lines.append(line)
                line = margin + word
            }
            isEmpty = false
        }
        return lines + [line]
    }

    /// The words of a text; what stands in backticks is one.
    private static func words(_ text: Substring) -> [String] {
        var words: [String] = []
        var isQuoted = false
        for part in text.split(separator: " ") {
            if isQuoted, let last = words.indices.last { words[last] += " \(part)" } else { words.append(String(part)) }
            if part.count(where: { $0 == "`" }) % 2 == 1 { isQuoted.toggle() }
        }
        return words
    }
}
