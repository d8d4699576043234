import ArgumentParser
import CampaignCore
import Foundation
import Logging
import Testing
import ZAPISimulator

@testable import discador

/// What the documents say about the program, compared with the program.
@Suite(.fewAtATime) struct DocumentationTests {
    private static let reference = "Sources/discador/README.md"

    @Test(arguments: MarkdownFile.all)
    func `every command in a document is one that the program understands`(path: String) throws {
        for words in try MarkdownFile(path).commands {
            #expect(throws: Never.self, "discador \(words.joined(separator: " "))") { try Discador.parseAsRoot(words) }
        }
    }

    @Test(arguments: MarkdownFile.all)
    func `every command that a text mentions is there, with its options`(path: String) throws {
        for words in try MarkdownFile(path).spans {
            let command = Self.command(words)
            if words[0] != "<command>" { #expect(command != nil, "discador \(words.joined(separator: " "))") }
            let help = Discador.helpMessage(for: command ?? Discador.self, columns: 200)
            for option in words where option.hasPrefix("-") {
                #expect(help.contains(option), "discador \(words.joined(separator: " "))")
            }
        }
    }

    @Test func `the reference lists the commands that the program has`() async throws {
        let help = try await Self.help()
        let listed =
            help.components(separatedBy: "SUBCOMMANDS:").last?.matches(of: #/\n {2}([a-z]+) {2,}/#)
            .map { String($0.1) } ?? []
        #expect(listed.count > 15)
        let rows = try MarkdownFile(Self.reference).section("## Commands").table
        let documented = rows.map { row in row[0].matches(of: /`([^`]+)`/).map { String($0.1) } }
        let names = documented.map { $0.first?.split(separator: " ").first.map(String.init) ?? "" }
        #expect(Set(names) == Set(listed))
        #expect(names.count == listed.count)
        for group in Discador.configuration.subcommands where !group.configuration.subcommands.isEmpty {
            let name = try #require(group.configuration.commandName)
            let row = try #require(documented.first { $0.first?.hasPrefix("\(name) ") == true })
            let subcommands = group.configuration.subcommands.compactMap { $0.configuration.commandName }
            let written = row.map { $0.split(separator: " ").prefix { !$0.hasPrefix("<") }.joined(separator: " ") }
            #expect(Set(written) == Set(subcommands.map { "\(name) \($0)" }))
        }
        for row in rows {
            let command = try #require(
                Self.command(row[0].replacing("`", with: "").split(separator: " ").map(String.init)))
            let help = Discador.helpMessage(for: command, columns: 200)
            for option in row[1].matches(of: /--[a-z-]+/) { #expect(help.contains(String(option.0)), "\(row)") }
        }
    }

    @Test func `the exit codes are those of the program, in the reference and in its help`() async throws {
        let codes = (Int32(0)...255).filter { ExitStatus(rawValue: $0) != nil }
        let rows = try MarkdownFile(Self.reference).section("## Exit codes").table
        #expect(rows.compactMap { Int32($0[0]) } == codes)
        let help = try await Self.help().replacing(/\s+/, with: " ")
        let told = help.components(separatedBy: "Exit codes: ").last?.matches(of: #/(?:^|· )([0-9]+) /#)
        #expect(told?.compactMap { Int32($0.1) } == codes)
    }

    @Test func `the table of states has every state and reason`() throws {
        let text = try MarkdownFile("Sources/README.md").section("## The states of a call").lines.joined()
        let reasons =
            ExclusionReason.allCases.map(\.rawValue) + FailureReason.allCases.map(\.rawValue)
            + DoubtReason.allCases.map(\.rawValue)
        for word in CallState.allCases.map(\.rawValue) + reasons { #expect(text.contains("`\(word)`"), "\(word)") }
    }

    @Test func `the first campaign of the README runs from end to end`() async throws {
        let readme = try MarkdownFile("README.md").section("## A first campaign")
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(), logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-readme-\(UUID().uuidString)")
        let campaign = folder.appending(path: "cobranca-novembro")
        try FileManager.default.createDirectory(at: campaign, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ lines: [String], to name: String) throws {
            let file = campaign.appending(path: name)
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
        let file = readme.blocks(of: "yaml")
        try #require(file.count == 2)
        let address = "http://127.0.0.1:8080"
        #expect(file[1].joined().contains(address))
        try write((file[0] + file[1]).map { $0.replacing(address, with: simulator.baseURL) }, to: "campaign.yml")
        try write(try #require(readme.blocks(of: "csv").first), to: "contatos.csv")
        try write(try #require(readme.blocks(of: "dotenv").first), to: ".env")
        // Commands that ask are answered, since there is no terminal.
        let asking = ["cancel", "retry"]
        #expect(readme.commands.count > 10)
        let exports = readme.blocks(of: "sh").joined().compactMap { $0.firstMatch(of: /^export ([A-Z_]+)=([^ ]+)/) }
        let environment = Dictionary(exports.map { (String($0.1), String($0.2)) }) { $1 }
        #expect(environment["DISCADOR_DB"] != nil, "a rehearsal has a database of its own")
        for words in readme.commands {
            let answered = asking.contains(words[0]) ? words + ["--yes"] : words
            let result = try await Program.run(answered, in: folder, environment: environment)
            #expect(result.exitCode == 0, "discador \(words.joined(separator: " ")): \(result.stdout)\(result.stderr)")
        }
        #expect(simulator.ledger().count(where: \.rang) == 3)
        let report = try String(contentsOf: folder.appending(path: "chamadas.csv"), encoding: .utf8)
        #expect(report.components(separatedBy: "accepted").count == 4)
        await simulator.shutdown()
    }

    private static func help() async throws -> String {
        try await Program.run(["--help"], in: FileManager.default.temporaryDirectory).stdout
    }

    /// The command that words begin with, or its subcommand.
    private static func command(_ words: [String]) -> (any ParsableCommand.Type)? {
        let found = Discador.configuration.subcommands.first { $0.configuration.commandName == words.first }
        let nested = found?.configuration.subcommands.first {
            words.count > 1 && $0.configuration.commandName == words[1]
        }
        return nested ?? found
    }
}
