import ArgumentParser
import CampaignCore
import Foundation
import Logging
import Ongoing
import Testing
import ZAPISimulator

@testable import discador

/// What the documents say about the program, compared with the program.
@Suite(.fewAtATime) struct DocumentationTests {
    private static let reference = "Sources/discador/README.md"

    @Test(arguments: MarkdownFile.all)
    func `every command in a document is one that the program understands`(path: String) throws {
        for words in try MarkdownFile(path).commands {
            do {
                _ = try Discador.parseAsRoot(words)
            } catch {
                // The version and completions are asked for by what the parser throws.
                #expect(Discador.exitCode(for: error) == .success, "discador \(words.joined(separator: " "))")
            }
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
        let listed = help.matches(of: #/\n {2}([a-z]+) {2,}/#).map { String($0.1) }
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

    @Test func `the exit codes are those of the program, in the reference and in its help`() throws {
        let codes = (Int32(0)...255).filter { ExitStatus(rawValue: $0) != nil }
        let rows = try MarkdownFile(Self.reference).section("## Exit codes").table
        #expect(rows.compactMap { Int32($0[0]) } == codes)
        let help = Discador.helpMessage(for: ExitCodesTopic.self, columns: 80)
        let told = help.matches(of: #/\n +([0-9]+) [a-zA-Z]/#)
        #expect(told.compactMap { Int32($0.1) } == codes)
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
        let simulator = try await Self.simulator(Scenario())
        let folder = try Self.folder(simulator)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Commands that ask are answered, since there is no terminal.
        let asking = ["cancel", "retry"]
        #expect(readme.commands.count > 10)
        let environment = Self.environment(readme)
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

    @Test func `the rehearsal of the README calls people, and hears what they did`() async throws {
        let readme = try MarkdownFile("README.md").section("### A rehearsal")
        var scenario = Scenario()
        scenario.timeScale = 0
        let simulator = try await Self.simulator(scenario)
        let folder = try Self.folder(simulator, contacts: readme)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = Self.environment(readme)
        let first = Self.environment(try MarkdownFile("README.md").section("## A first campaign"))
        #expect(environment["DISCADOR_DB"] != nil && environment != first)
        let address = "127.0.0.1:7071"
        var service: (program: Program, address: String)?
        for words in readme.commands where words[0] != "simulate" {
            let words = words.map { $0.replacing(address, with: service?.address ?? "127.0.0.1:0") }
            if words[0] == "serve" {
                let program = try Program(words + ["--verbose"], in: folder, environment: environment)
                let line = try await program.line(with: "Webhooks are received at ")
                service = (program, try #require(line.firstMatch(of: /127\.0\.0\.1:[0-9]+/).map { String($0.output) }))
                try await program.wait(for: " serves ", count: 1)
                continue
            }
            let result = try await Program.run(words, in: folder, environment: environment)
            #expect(result.exitCode == 0, "discador \(words.joined(separator: " ")): \(result.stdout)\(result.stderr)")
            guard words[0] == "run" else { continue }
            try await #require(service).program.wait(for: "what the people do") {
                simulator.ledger().count { $0.webhook == "ReceivedCallback" && $0.httpStatus == 200 } >= 10
            }
        }
        #expect(simulator.ledger().count(where: \.rang) == 3)
        let status = try await Program.run(["status"], in: folder, environment: environment).stdout
        for words in ["1 called back", "1 replied"] { #expect(status.contains(words), "\(status)") }
        let blocked = try await Program.run(["block", "list"], in: folder, environment: environment).stdout
        #expect(blocked.contains("5511987657102"), "\(blocked)")
        await service?.program.send(SIGTERM)
        #expect(try await service?.program.result().exitCode == 0)
        await simulator.shutdown()
    }

    private static func simulator(_ scenario: Scenario) async throws -> ZAPISimulator {
        try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: scenario),
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A new folder with the README's first campaign for a simulator.
    ///
    /// - Parameter contacts: the text that has its contacts; nil: they are those of the first campaign.
    private static func folder(_ simulator: ZAPISimulator, contacts: MarkdownFile? = nil) throws -> URL {
        let readme = try MarkdownFile("README.md").section("## A first campaign")
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-readme-\(UUID().uuidString)")
        let campaign = folder.appending(path: "cobranca-novembro")
        try FileManager.default.createDirectory(at: campaign, withIntermediateDirectories: true)
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
        try write(try #require((contacts ?? readme).blocks(of: "csv").first), to: "contatos.csv")
        try write(try #require(readme.blocks(of: "dotenv").first), to: ".env")
        return folder
    }

    /// What the text's commands export.
    private static func environment(_ text: MarkdownFile) -> [String: String] {
        let exports = text.blocks(of: "sh").joined().compactMap { $0.firstMatch(of: /^export ([A-Z_]+)=([^ ]+)/) }
        return Dictionary(exports.map { (String($0.1), String($0.2)) }) { $1 }
    }

    private static func help() async throws -> String {
        try await Program.run(["--help"], in: FileManager.default.temporaryDirectory).stdout
    }

    /// The command that words begin with, or its subcommand.
    private static func command(_ words: [String]) -> (any ParsableCommand.Type)? {
        let words = words.first == "help" ? Array(words.dropFirst()) : words
        let found = Discador.configuration.subcommands.first { $0.configuration.commandName == words.first }
        let nested = found?.configuration.subcommands.first {
            words.count > 1 && $0.configuration.commandName == words[1]
        }
        return nested ?? found
    }
}
