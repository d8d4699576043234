import Foundation
import Testing

@Suite(.fewAtATime) struct `The demo in both languages` {
    /// What is the same in both: names, keys, commands, and words that Portuguese has as well.
    private static let common: Set = [
        "a", "api", "as", "c", "csv", "ctrl", "ddd", "demo", "doubts", "excel", "ids", "ms", "no", "p", "phone",
        "resolve", "retry", "s", "total", "webhooks", "z",
    ]
    /// What Z-API says is shown as it is.
    private static let foreign = [
        "Too many requests", "Service Unavailable", "Internal error", "Phone number does not exist",
    ]

    @Test func `has no word of the English one in the Portuguese one`() async throws {
        let english = try await Self.demo("en")
        let portuguese = try await Self.demo("pt-BR")
        #expect(english.contains("accepted") && portuguese.contains("aceita"))
        #expect(english.intersection(portuguese).subtracting(Self.common) == [])
    }

    /// The words of stdout and stderr, without commands, paths, codes, numbers, and what is quoted.
    private static func demo(_ language: String) async throws -> Set<String> {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = "cp \"$0\" ./discador && exec ./discador \"$@\""
        let demo = try await Program(["demo", "--lang", language], in: folder, shell: copy).result()
        #expect(demo.exitCode == 0, "\(demo.stderr)")
        var text = demo.stdout + "\n" + demo.stderr
        for sentence in foreign { text = text.replacing(sentence, with: " ") }
        text.replace(#/`[^`]*`|“[^”]*”/#, with: " ")
        // A command ends where its column does.
        let lines = text.split(separator: "\n").map { $0.replacing(#/discador .*?(  |$)/#, with: " ") }
        let words = lines.flatMap { $0.split(separator: " ") }
            .filter { !$0.contains(#/.[\/_.:@=]./#) }
            .flatMap { $0.split { !$0.isLetter } }
        return Set(words.map { $0.lowercased() })
    }
}
