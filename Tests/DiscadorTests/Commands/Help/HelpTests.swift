import ArgumentParser
import CampaignCore
import Foundation
import Testing

@testable import discador

/// The help of all commands, in both languages.
@Suite(.fewAtATime) struct `The help` {
    private static let portuguese = ["LC_ALL": "pt_BR.UTF-8"]
    private static let folder = FileManager.default.temporaryDirectory

    /// Every command with the words that lead to it; the topics are not among them.
    private static let commands: [(words: [String], type: any ParsableCommand.Type)] = {
        func below(_ words: [String], _ type: any ParsableCommand.Type) -> [([String], any ParsableCommand.Type)] {
            type.configuration.subcommands.filter { $0.configuration.shouldDisplay }.flatMap { command in
                let path = words + [command.configuration.commandName ?? ""]
                return [(path, command)] + below(path, command)
            }
        }
        return below([], Discador.self).map { (words: $0.0, type: $0.1) }
    }()

    private static func help(_ words: [String], _ environment: [String: String]) async throws -> String {
        let result = try await Program.run(["help"] + words, in: folder, environment: environment)
        #expect(result.exitCode == 0, "\(words): \(result.stderr)")
        return result.stdout
    }

    private static func names(_ help: String) -> Set<String> {
        Set(help.matches(of: /(?m)^ {2}(--?[a-z][a-z-]*|<[a-z:]+>|[a-z]+)/).map { String($0.1) })
    }

    @Test func `names the same commands, options and arguments in both languages`() async throws {
        #expect(Self.commands.count > 30)
        for words in [[]] + Self.commands.map(\.words) {
            let english = try await Self.help(words, [:])
            let portuguese = try await Self.help(words, Self.portuguese)
            #expect(Self.names(english).count > 1)
            #expect(Self.names(english) == Self.names(portuguese), "\(words)")
            #expect(english.contains("USAGE: ") && portuguese.contains("USO: "), "\(words)")
            for word in [
                "OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "SUBCOMMANDS", "Show ", "(default:",
                "; default:", "(values:",
            ] {
                #expect(!portuguese.contains(word), "\(words): \(word)")
            }
        }
    }

    @Test func `describes each command and option in Portuguese too`() async throws {
        for words in Self.commands.map(\.words) {
            func lines(_ environment: [String: String]) async throws -> Set<String> {
                let help = try await Self.help(words, environment).replacing("OVERVIEW: ", with: "")
                // What a person reads has several words, and is no example.
                let lines = help.components(separatedBy: "\n").filter { $0.contains(/[a-z]+ [a-z]+ [a-z]+/) }
                // What Z-API says is quoted as it is.
                return Set(lines.filter { !$0.contains("discador ") && !$0.contains("  --") && !$0.contains("\"") })
            }
            let shared = try await lines([:]).intersection(try await lines(Self.portuguese))
            #expect(shared == [], "\(words)")
        }
    }

    @Test func `has an example for every command, which the program understands and 80 columns have room for`() throws {
        for (words, type) in Self.commands {
            let text = type.configuration.discussion
            let examples = text.components(separatedBy: "\n").filter { $0.hasPrefix("  discador ") }
            #expect(!examples.isEmpty, "\(words)")
            for example in examples {
                let arguments = Array(MarkdownFile.words(example.trimmingCharacters(in: .whitespaces)).dropFirst())
                #expect(throws: Never.self, "\(example)") { try Discador.parseAsRoot(arguments) }
                #expect(arguments.starts(with: words), "\(example)")
                #expect(example.count < 80, "\(example)")
            }
        }
    }

    @Test func `explains filters and exit codes in one place, to which commands refer`() async throws {
        for environment in [[:], Self.portuguese] {
            let filters = try await Self.help(["filters"], environment)
            for field in ["httpStatus", "ddd", "calledBackAt", "in_doubt", "!~", "[Nome do Cliente]"] {
                #expect(filters.contains(field), "\(field)")
            }
            for command in ["retry", "report", "doubts", "resolve"] {
                #expect(try await Self.help([command], environment).contains("`discador help filters`"), "\(command)")
            }
            let codes = try await Self.help(["exit-codes"], environment).matches(of: /(?m)^ +([0-9]+) [a-zA-Zà-ú]/)
            #expect(codes.compactMap { Int32($0.1) } == ExitStatus.allCases.map(\.rawValue))
            #expect(try await Self.help([], environment).contains("exit-codes"))
        }
    }

    @Test func `is that of --lang, which comes before the environment`() async throws {
        func first(_ arguments: [String], _ environment: [String: String]) async throws -> Substring? {
            let result = try await Program.run(arguments, in: Self.folder, environment: environment)
            return result.stdout.split(separator: "\n").first
        }
        #expect(
            try await first(["pause", "--help", "--lang", "pt-BR"], [:])?.hasPrefix("Não faz mais ligações") == true)
        #expect(
            try await first(["pause", "--help", "--lang=en"], Self.portuguese)?.hasPrefix("OVERVIEW: Place") == true)
    }
}
