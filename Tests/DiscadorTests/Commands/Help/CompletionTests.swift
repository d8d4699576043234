import Foundation
import Testing
import ZAPISimulator

@testable import discador

/// What shells complete, and what the program is called.
@Suite(.fewAtATime) struct `The installed program` {
    @Test(arguments: ["bash", "zsh", "fish"])
    func `has completions that the shell can read, in both languages`(shell: String) async throws {
        let folder = FileManager.default.temporaryDirectory
        let isInstalled = ["/usr/bin", "/bin"].contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)")
        }
        for language in ["en", "pt_BR"] {
            let file = folder.appending(path: "discador-\(UUID().uuidString).\(shell)")
            defer { try? FileManager.default.removeItem(at: file) }
            let script = try await Program.run(
                ["--generate-completion-script", shell], in: folder, environment: ["LC_ALL": language])
            #expect(script.exitCode == 0 && script.stdout.contains("---completion"))
            #expect(script.stdout.contains("init") && !script.stdout.contains("exit-codes"))
            guard isInstalled else { continue }
            try Data(script.stdout.utf8).write(to: file)
            let check = try await Program(["--version"], in: folder, shell: "\(shell) -n '\(file.path)' || exit 9")
                .result()
            #expect(check.exitCode == 0 && check.stderr.isEmpty, "\(check.stderr)")
        }
    }

    @Test func `completes the campaigns of the database, and folders that have one or lead to one`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp", "--db", "other.db").exitCode == 0)
        try FileManager.default.createDirectory(
            at: cli.folder.appending(path: "old/camp-2025"), withIntermediateDirectories: true)
        try Data().write(to: cli.folder.appending(path: "old/camp-2025/campaign.yml"))
        try Data().write(to: cli.folder.appending(path: "campfile"))
        func complete(_ prefix: String, _ database: [String]) async throws -> [String] {
            let words = ["discador", "pause"] + database + [prefix]
            let index = "\(words.count - 1)"
            let result = try await Program.run(
                ["---completion", "pause", "--", "positional@0", index, "\(prefix.count)"] + words, in: cli.folder)
            return result.stdout.split(separator: "\n").map(String.init)
        }
        #expect(try await complete("c", []) == ["camp"])
        #expect(try await complete("c", ["--db", "other.db"]) == ["camp", "camp"])
        #expect(try await complete("", []) == ["camp", "old/"])
        #expect(try await complete("old/", []) == ["old/camp-2025"])
        // Nothing was made by looking.
        #expect(!FileManager.default.fileExists(atPath: cli.database))
        await cli.simulator.shutdown()
    }

    @Test func `says its version, and the commit where there is one`() async throws {
        let result = try await Program.run(["--version"], in: FileManager.default.temporaryDirectory)
        let words = try #require(
            result.stdout.wholeMatch(of: /discador ([0-9.]+)( \([0-9a-f]{7}\))?\n/), "\(result.stdout)")
        #expect(words.1 == Discador.version)
    }
}
