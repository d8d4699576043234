import Foundation
import Testing

/// People are spoken to in every language: a text in one language only is not handed to them.
@Suite struct `The languages` {
    @Test func `no command tells people something in English only`() {
        // A text that begins with a quotation mark, where `Phrase(…)` would stand before it.
        let plain: [(what: String, pattern: Regex<Substring>)] = [
            ("an error", /Failure\(\s*\.\w+,\s*"/), ("an error of the command line", /ValidationError\(\s*"/),
            ("a result", /\.result\(\s*"[^"]*[A-Za-z]{2,} [a-z]/),
            ("a note", /\.note\(\s*"[^"]*[A-Za-z]{2,} [a-z]/),
            ("a warning", /\.warn\(\s*"[^"]*[A-Za-z]{2,} [a-z]/), ("a question", /\.confirms\(\s*"/),
        ]
        for file in SourceTree.sources where file.module == "discador" {
            let text = file.lines.joined(separator: "\n")
            for (what, pattern) in plain {
                for match in text.matches(of: pattern) { Issue.record("\(file): \(what): \(match.output)") }
            }
        }
    }
}
