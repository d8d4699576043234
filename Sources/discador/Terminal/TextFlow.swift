import Reports

/// Texts laid out in lines of a width.
enum TextFlow {
    /// As many parts on a line as there is room for, with `separator` between them. A part that is wider than a line is cut.
    ///
    /// - Parameters:
    ///   - indent: the spaces before each line.
    ///   - hanging: further spaces before each line but the first.
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

    /// A sentence, broken between its words into `most` lines at most.
    static func sentence(_ text: String, indent: Int, hanging: Int = 0, width: Int, most: Int) -> [String] {
        let words = TerminalText.line(text).split(separator: " ").map(String.init)
        let all = lines(words, separator: " ", indent: indent, hanging: hanging, width: width)
        guard all.count > most else { return all }
        let last = all[most - 1] + " " + all[most].drop { $0 == " " }
        return all.prefix(most - 1) + [TerminalText.line(last + " " + all.dropFirst(most + 1).joined(), width: width)]
    }
}
