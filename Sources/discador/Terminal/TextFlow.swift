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
}
