import Foundation

/// The repository's documents, as text.
enum Documents {
    private static let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
        url.deletingLastPathComponent()
    }

    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: root.appending(path: path))
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The contents of `` ` blocks of this kind.
    static func blocks(of kind: String, in path: String) throws -> [String] {
        var blocks: [String] = []
        var block: [Substring]?
        for line in try text(path).split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = block {
                if line == "```" {
                    blocks.append(lines.joined(separator: "\n") + "\n")
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

    /// The rows of the first table below a heading, cell by cell, without its header.
    static func table(under heading: String, in path: String) throws -> [[String]] {
        try text(path).split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != heading }
            .drop { !$0.hasPrefix("|") }
            .prefix { $0.hasPrefix("|") }
            .dropFirst(2)
            .map { line in
                line.dropFirst().dropLast().components(separatedBy: " | ").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
            }
    }
}
