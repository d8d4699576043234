import ArgumentParser
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// What programs read, as a whole: files of `Golden`, and the page that describes them.
@Suite(.fewAtATime) struct `JSON documents` {
    /// Of these, no document is in `Golden`: it runs until it is stopped, which other tests do.
    private static let others = ["simulate", "serve"]

    /// To write the files after an intended change: `DISCADOR_GOLDEN=write`.
    @Test(arguments: ["C.UTF-8", "pt_BR.UTF-8"])
    func `of all commands are as they were, key by key and value by value, in English everywhere`(locale: String)
        async throws
    {
        let cli = try await CLIFixture(
            phones: [
                "11987654301", "11987654393", "21987654397", "11987654398", "98765-4302", "11 8765-4301",
            ], settings: "workers: 1\n")
        defer { try? FileManager.default.removeItem(at: cli.folder) }
        // One instance, so that it is certain which one calls.
        try cli.change { text in
            let second = CLIFixture.instance("B", baseURL: cli.simulator.baseURL, pace: "open")
            return text.replacing(second + "\n", with: "")
        }
        let place = try #require(cli.folder.path.withCString { realpath($0, nil) })
        defer { free(place) }
        let golden = GoldenDocument(place: String(cString: place))
        let writes = ProcessInfo.processInfo.environment["DISCADOR_GOLDEN"] == "write" && locale.hasPrefix("C")
        let environment = CLIFixture.environment.merging(["LC_ALL": locale]) { $1 }
        for command in try GoldenDocument.commands() {
            if command.name == "run-several" { try await cli.addCampaign("outra", phones: ["5531987654301"]) }
            let result = try await Program.run(command.words + ["--json"], in: cli.folder, environment: environment)
            #expect(result.exitCode == command.exitCode, "\(command.name): \(result.stderr)")
            let document = golden.masked(try JSONValue(result.stdout))
            #expect(document["version"] == 1, "\(command.name)")
            if writes { try Self.write(document, as: command.name) }
            let differences = GoldenDocument.differences(document, try GoldenDocument.expected(command.name))
            #expect(differences == [], "\(command.name)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `are there for every command that prints them`() throws {
        let shown = try GoldenDocument.commands().map(\.words)
        for command in Discador.configuration.subcommands {
            let name = try #require(command.configuration.commandName)
            let subcommands = command.configuration.subcommands.compactMap { $0.configuration.commandName }
            for words in subcommands.isEmpty ? [[name]] : subcommands.map({ [name, $0] }) {
                let printsJSON = Discador.helpMessage(for: command, columns: 200).contains("--json")
                guard printsJSON || words.count > 1, !Self.others.contains(name) else { continue }
                #expect(shown.contains { $0.starts(with: words) }, "\(words) is not in commands.txt")
            }
        }
    }

    @Test func `have the keys that the page describes, and no others`() throws {
        let keys = try GoldenDocument.commands().reduce(into: Set<String>()) {
            $0.formUnion(GoldenDocument.keys(try GoldenDocument.expected($1.name)))
        }
        let rows = try Self.rows(of: "key")
        let described = Set(rows.flatMap(\.names))
        let certain = Set(rows.filter { !$0.isOptional }.flatMap(\.names))
        let optional = Set(rows.filter(\.isOptional).flatMap(\.names))
        #expect(keys.subtracting(described).sorted() == [], "keys that the page does not describe")
        #expect(certain.subtracting(keys).subtracting(optional).sorted() == [], "keys that no document has")
        for key in described { #expect(!key.contains("_"), "\(key) is not in camelCase") }
    }

    @Test func `of check have the codes that the page lists`() throws {
        let codes = try Self.rows(of: "code").flatMap(\.names)
        #expect(codes.sorted() == FindingCode.allCases.map(\.rawValue).sorted())
        for subject in ["campaign file", "incoming calls of vendas", "webhooks of vendas", "queue of a of b"] {
            #expect(FindingCode(subject: subject) != .other)
        }
        for name in try GoldenDocument.commands().map(\.name) where name.hasPrefix("check") {
            let findings = try GoldenDocument.expected(name)["findings"]?.items ?? []
            #expect(findings.count > 3 && !findings.contains { $0["code"] == "other" })
        }
    }

    /// The first two columns of the page's tables whose first heading is this one.
    private static func rows(of heading: String) throws -> [(names: [String], isOptional: Bool)] {
        var isInTable = false
        return try MarkdownFile("Sources/discador/JSON/README.md").lines.compactMap { line in
            if line.hasPrefix("| \(heading) |") { isInTable = true }
            if !line.hasPrefix("|") { isInTable = false }
            guard isInTable, line.hasPrefix("| `") else { return nil }
            let cells = line.split(separator: "|")
            let names = cells[0].matches(of: /`(\w+)`/).map { String($0.1) }
            return (names, cells[1].contains("optional"))
        }
    }

    private static func write(_ document: JSONValue, as name: String) throws {
        let text = try JSONSerialization.data(
            withJSONObject: plain(document), options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        try (text + Data("\n".utf8)).write(to: GoldenDocument.folder.appending(path: "\(name).json"))
    }

    private static func plain(_ value: JSONValue) -> Any {
        switch value {
        case .object(let members): members.mapValues(plain)
        case .array(let items): items.map(plain)
        case .number(let number): number == number.rounded() ? Int(number) as Any : number
        case .text(let text): text
        case .truth(let truth): truth
        case .null: NSNull()
        }
    }
}
