import Foundation

/// The texts that a module's sources have in quotation marks.
struct SourceTexts {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What stands in a text where something else is put in.
    static let filling = "7"

    /// Each text once, without those of comments and of the log.
    let texts: Set<String>

    /// - Parameters:
    ///   - folder: such as `Sources/ZAPI`.
    ///   - isRead: whether the file of this name is read.
    init(_ folder: String, where isRead: (String) -> Bool) throws {
        let base = Self.root.appending(path: folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        var texts: Set<String> = []
        for file in found ?? [] where file.pathExtension == "swift" && isRead(file.lastPathComponent) {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
                !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//")
            }
            // A long text is written in several parts.
            let joined = lines.joined(separator: "\n").replacing(/"\s*\+\s*"/, with: "")
            for line in joined.replacing(/logger\.\w+\(\s*"/, with: "logger(").split(separator: "\n")
            where !line.contains("logger(") {
                texts.formUnion(Self.texts(in: line))
            }
        }
        self.texts = texts
    }

    /// The texts in a line, also those within what is put into another text.
    private static func texts(in line: Substring) -> [String] {
        var found: [String] = []
        var rest = line
        while let start = rest.firstIndex(of: "\"") {
            rest = rest[rest.index(after: start)...]
            let text = text(from: &rest, &found)
            found.append(text)
        }
        return found
    }

    /// The text that begins here; what follows it is left.
    private static func text(from rest: inout Substring, _ found: inout [String]) -> String {
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            guard character == "\\", let next = rest.popFirst() else {
                text.append(character)
                continue
            }
            guard next == "(" else { continue }
            text += filling
            var depth = 1
            while depth > 0, let inner = rest.popFirst() {
                switch inner {
                case "(": depth += 1
                case ")": depth -= 1
                case "\"":
                    let within = Self.text(from: &rest, &found)
                    found.append(within)
                default: break
                }
            }
        }
        return text
    }
}
