import Foundation

/// A document of the repository, as far as its commands and tables are tested.
struct MarkdownFile: Sendable, CustomStringConvertible {
    let path: String
    let lines: [String]

    var description: String { path }

    static let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
        url.deletingLastPathComponent()
    }

    init(_ path: String) throws {
        self.path = path
        lines = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
    }

    /// Every document that users and developers read.
    static let all: [String] = {
        let folders = ["", ".github", "Sources", "Tests", "campaigns"]
        return folders.flatMap { folder -> [String] in
            let base = folder.isEmpty ? root : root.appending(path: folder)
            let names =
                folder.isEmpty
                ? try? FileManager.default.contentsOfDirectory(atPath: base.path)
                : FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
            return (names ?? []).filter { $0.hasSuffix(".md") }.map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
        }.sorted()
    }()

    /// The section below a heading, up to the next one of its level or above.
    func section(_ heading: String) -> MarkdownFile {
        let level = heading.prefix { $0 == "#" }.count
        let body = lines.drop { $0 != heading }.dropFirst().prefix { line in
            let signs = line.prefix { $0 == "#" }.count
            return !(1...level).contains(signs) || !line.dropFirst(signs).hasPrefix(" ")
        }
        return MarkdownFile(path: path, lines: Array(body))
    }

    /// The contents of `` ` blocks of this kind.
    func blocks(of kind: String) -> [[String]] {
        var blocks: [[String]] = []
        var block: [String]?
        for line in lines {
            if let open = block {
                if line == "```" {
                    blocks.append(open)
                    block = nil
                } else {
                    block?.append(line)
                }
            } else if line == "```\(kind)" {
                block = []
            }
        }
        return blocks
    }

    /// The rows of its first table, cell by cell, without the header.
    var table: [[String]] {
        lines.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2).map { row in
            row.dropFirst().dropLast().components(separatedBy: " | ").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// The commands in blocks for a shell, word by word from behind `discador` on.
    var commands: [[String]] {
        blocks(of: "sh").joined().compactMap { line in
            let words = Self.words(line)
            guard let program = words.firstIndex(where: { $0 == "discador" || $0.hasSuffix("/discador") }) else {
                return nil
            }
            guard program == 0 || Array(words[..<program]) == ["swift", "run"] else { return nil }
            return Array(words[(program + 1)...])
        }
    }

    /// The commands in code spans of its text, such as `discador retry --help`.
    var spans: [[String]] {
        lines.flatMap { $0.matches(of: /`discador ([^`]+)`/).map { Self.words(String($0.1)) } }
    }

    private init(path: String, lines: [String]) {
        self.path = path
        self.lines = lines
    }

    /// The words of a line as a shell has them, up to a comment or the file that the output goes to.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
                continue
            }
            switch character {
            case "\"", "'":
                quote = character
                word = word ?? ""
            case "#" where word == nil, ">" where word == nil: return words
            case " ":
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let done = word { words.append(done) }
        return words
    }
}
