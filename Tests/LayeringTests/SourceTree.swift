import Foundation

/// The package's own sources, as text.
struct SourceTree {
    struct File: Sendable, CustomStringConvertible {
        /// From the package's folder on, such as `Sources/ZAPI/Client/ZAPIClient.swift`.
        var path: String
        var lines: [String]
        var description: String { path }

        /// How many lines it has; the last one ends with a newline.
        var lineCount: Int { lines.count - 1 }

        /// The module that the file belongs to.
        var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

        /// The modules it imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                guard let index = words.firstIndex(of: "import"), index <= 2 else { return nil }
                guard words[..<index].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) }) else { return nil }
                return words.last?.split(separator: ".").first.map(String.init)
            }
        }

        private var accessLevels: Set<String> { ["public", "package", "internal", "private", "fileprivate"] }
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All Swift files under `Sources`.
    static let sources: [File] = files(under: "Sources")

    /// All Swift files under `Tests`.
    static let tests: [File] = files(under: "Tests")

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func files(under folder: String) -> [File] {
        let base = root.appending(path: folder)
        let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        return (found ?? []).filter { $0.pathExtension == "swift" }.map { url in
            let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            let path = url.path.replacing(root.path + "/", with: "", maxReplacements: 1)
            return File(path: path, lines: text.components(separatedBy: "\n"))
        }.sorted { $0.path < $1.path }
    }
}
