import Foundation

/// A text for man(1), in the macros of man(7), which put no words of their own into the page.
struct ManualText {
    private var lines: [String]

    /// - Parameters:
    ///   - program: what the foot of the page names.
    ///   - manual: the title of the book that the page is of.
    init(title: String, program: String, manual: String) {
        let words = [title, "1", "", program, manual].map(Self.quoted)
        // Words are not divided, since many are to be typed.
        lines = ["'\\\" -*- coding: utf-8 -*-", ".TH " + words.joined(separator: " "), ".nr HY 0", ".ad l"]
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func section(_ heading: String) {
        lines.append(".SH " + Self.quoted(heading))
    }

    mutating func subsection(_ heading: String) {
        lines.append(".SS " + Self.quoted(heading))
    }

    /// A finished line.
    mutating func line(_ finished: String) {
        lines.append(finished)
    }

    /// A paragraph of finished lines.
    mutating func paragraph(_ finished: String...) {
        lines += [".PP", finished.joined(separator: "\n.br\n")]
    }

    /// Something and what it is.
    ///
    /// - Parameter tag: finished, see ``bold(_:)``.
    mutating func item(_ tag: String, _ texts: [String?]) {
        lines += [".TP", tag]
        for (index, text) in texts.compactMap(\.self).filter({ !$0.isEmpty }).enumerated() {
            if index > 0 { lines += [".IP"] }
            lines += text.components(separatedBy: "\n").map(Self.prose)
        }
    }

    /// A text as help has it: paragraphs, and indented lines or a JSON object that stay as they are.
    mutating func plain(_ text: String) {
        var isInBlock = false
        var isInParagraph = false
        for line in text.components(separatedBy: "\n") + [""] {
            let isFixed = line.hasPrefix("  ") || ["{", "}"].contains(line)
            if isInBlock, !isFixed {
                lines.append(".EE")
                (isInBlock, isInParagraph) = (false, false)
            }
            if line.isEmpty {
                isInParagraph = false
            } else if isFixed {
                if !isInBlock { lines.append(".EX") }
                isInBlock = true
                lines.append(Self.escaped(line))
            } else {
                if !isInParagraph { lines.append(".PP") }
                isInParagraph = true
                lines.append(Self.prose(line))
            }
        }
    }

    static func bold(_ text: String) -> String { "\\fB" + escaped(text) + "\\fR" }

    static func italic(_ text: String) -> String { "\\fI" + escaped(text) + "\\fR" }

    /// A text in which `` ` `` encloses what is typed.
    static func prose(_ text: String) -> String {
        let parts = text.components(separatedBy: "`")
        guard parts.count % 2 == 1 else { return escaped(text) }
        return parts.enumerated().map { index, part in
            index % 2 == 1 ? bold(part) : index == 0 ? escaped(part) : escapedInside(part)
        }.joined()
    }

    /// The text as it is to be read: a hyphen can be copied, and nothing at the beginning of a line is a request.
    private static func escaped(_ text: String) -> String {
        (text.hasPrefix(".") ? "\\&" : "") + escapedInside(text)
    }

    /// A list of names without blanks may be broken after each comma.
    private static func escapedInside(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\": "\\(rs"
            case "-": "\\-"
            case "'": "\\(aq"
            case "\"": "\\(dq"
            case "`": "\\(ga"
            case "^": "\\(ha"
            case "~": "\\(ti"
            default: String(character)
            }
        }.joined().replacing(/,(?=[a-z])/, with: ",\\:")
    }

    /// An argument of a macro.
    private static func quoted(_ text: String) -> String { "\"" + escapedInside(text) + "\"" }
}
