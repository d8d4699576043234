import Foundation
import Testing

/// The links of the documents lead to existing files and headings.
@Suite struct DocumentLinkTests {
    /// All documents of the repository, by their paths from its root.
    static let documents: [String] = {
        let folders = ["", ".github/", "Sources/", "Tests/", "campaigns/"]
        return folders.flatMap { folder -> [String] in
            let path = SourceTree.root.appending(path: folder).path
            let names =
                folder.isEmpty
                ? try? FileManager.default.contentsOfDirectory(atPath: path)
                : FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }
            return (names ?? []).filter { $0.hasSuffix(".md") }.map { folder + $0 }
        }.sorted()
    }()

    @Test(arguments: documents)
    func `every link leads to a file that is there, and to a heading of it`(document: String) throws {
        let folder = SourceTree.root.appending(path: document).deletingLastPathComponent()
        for target in try Self.text(document).matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) }) {
            guard !target.contains("://") else { continue }
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? SourceTree.root.appending(path: document) : folder.appending(path: parts[0])
            guard FileManager.default.fileExists(atPath: file.path) else {
                Issue.record("\(document): \(target) leads nowhere")
                continue
            }
            guard parts.count > 1 else { continue }
            let headings = Self.anchors(in: try String(contentsOf: file, encoding: .utf8))
            #expect(headings.contains(parts[1]), "\(document): \(target)")
        }
    }

    @Test(arguments: documents)
    func `every suite of tests that is named is there`(document: String) throws {
        let files = Set(SourceTree.tests.map { $0.path.split(separator: "/").last.map(String.init) ?? "" })
        let targets = Set(SourceTree.tests.map(\.module))
        for name in try Self.text(document).matches(of: /`([A-Z][A-Za-z]+(?:Tests|Contract))`/).map({ String($0.1) }) {
            #expect(files.contains("\(name).swift") || targets.contains(name), "\(document): \(name)")
        }
        for target in try Self.text(document).matches(of: /--filter '\^([A-Za-z]+)\\\./).map({ String($0.1) }) {
            #expect(targets.contains(target), "\(document): \(target)")
        }
    }

    @Test func `the documents that a newcomer is sent to are there`() {
        let expected = [
            ".github/CONTRIBUTING.md", "CHANGELOG.md", "README.md", "Sources/README.md", "Sources/discador/README.md",
            "Tests/README.md", "campaigns/README.md",
        ]
        #expect(Set(expected).subtracting(Self.documents) == [])
    }

    /// A document without its code blocks.
    private static func text(_ document: String) throws -> String {
        var isCode = false
        return try SourceTree.text(document).components(separatedBy: "\n").filter { line in
            guard line.hasPrefix("```") else { return !isCode || line.contains("--filter") }
            isCode.toggle()
            return false
        }.joined(separator: "\n")
    }

    /// GitHub's anchors for the headings of a document: lower case, without punctuation, dashes for spaces.
    private static func anchors(in text: String) -> Set<String> {
        var isCode = false
        var anchors: Set<String> = []
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode, line.wholeMatch(of: /#{1,6} .+/) != nil else { continue }
            let heading = line.drop { $0 == "#" }.dropFirst().lowercased()
            let kept = heading.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
            anchors.insert(kept.replacing(" ", with: "-"))
        }
        return anchors
    }
}
