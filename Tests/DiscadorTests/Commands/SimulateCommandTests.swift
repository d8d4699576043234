import CampaignCore
import Foundation
import Glibc
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// The simulator as a separate process, as the README starts it.
@Suite(.fewAtATime) struct `The command simulate` {
    @Test(arguments: [SIGTERM, SIGINT])
    func `serves on a free port, and leaves a whole ledger when it is ended`(signal: Int32) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(40) + ["5511987654393"])
        let (simulator, baseURL) = try await Self.simulator(beside: cli)
        try cli.change { $0.replacing(cli.simulator.baseURL, with: baseURL) }
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp")
        #expect(run.exitCode == 3, "\(run.stderr)")
        #expect(try cli.counts().accepted == 40 && cli.simulator.ledger().isEmpty)
        await simulator.send(signal)
        let ended = try await simulator.result()
        #expect(ended.exitCode == 0, "\(ended.stderr)")

        let calls = try Self.ledger(of: cli).filter { $0["endpoint"] == "send-call" }
        #expect(calls.count == 41 && calls.count { $0["rang"] == true } == 40)
        #expect(Set(calls.compactMap { $0["phone"]?.text }).count == 41)
        #expect(calls.filter { $0["rang"] == false }.map { $0["httpStatus"] } == [400])
        await cli.simulator.shutdown()
    }

    @Test func `continues a ledger that is there, and refuses a port that is taken`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let (first, baseURL) = try await Self.simulator(beside: cli)
        try cli.change { $0.replacing(cli.simulator.baseURL, with: baseURL) }
        #expect(try await cli.discador("check", "camp").exitCode == 0)
        let port = try #require(baseURL.split(separator: ":").last.map(String.init))
        let second = try await cli.discador("simulate", "--port", port)
        #expect(second.exitCode == 1 && second.stderr.contains(port) && second.stdout.isEmpty, "\(second.stderr)")
        await first.send(SIGTERM)
        #expect(try await first.result().exitCode == 0)
        let before = try Self.ledger(of: cli)
        #expect(!before.isEmpty)

        let (next, _) = try await Self.simulator(beside: cli)
        await next.send(SIGTERM)
        #expect(try await next.result().exitCode == 0)
        #expect(try Self.ledger(of: cli) == before)
        await cli.simulator.shutdown()
    }

    @Test func `behaves as its scenario says, and refuses one that it cannot read`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        try cli.write(#"{"clientToken": "another"}"#, to: cli.file("scenario.json"))
        let (simulator, baseURL) = try await Self.simulator(beside: cli, ["--scenario", "scenario.json"])
        try cli.change { $0.replacing(cli.simulator.baseURL, with: baseURL) }
        #expect(try await cli.discador("check", "camp").exitCode == 4)
        await simulator.send(SIGTERM)
        #expect(try await simulator.result().exitCode == 0)
        try cli.write(#"{"clientTokens": "another"}"#, to: cli.file("scenario.json"))
        let refused = try await cli.discador("simulate", "--port", "0", "--scenario", "scenario.json")
        #expect(refused.exitCode != 0 && refused.stderr.contains("clientTokens"), "\(refused.stderr)")
        let portuguese = try await cli.discador("simulate", "--scenario", "scenario.json", "--lang", "pt-BR")
        #expect(
            portuguese.stderr.contains(
                "O cenário 'scenario.json', chave 'clientTokens': chave desconhecida; as chaves são instances, "),
            "\(portuguese.stderr)")
        let port = try await cli.discador("simulate", "--port", "70000", "--lang", "pt-BR")
        #expect(port.stderr.contains("--port 70000 não é uma porta válida:"), "\(port.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `gives other ids at each start, unless a seed says which`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let file = try String(contentsOf: cli.campaignFile, encoding: .utf8)
        try cli.write(#"{"seed": 7}"#, to: cli.file("scenario.json"))
        var ids: [String] = []
        for options in [[], [], ["--scenario", "scenario.json"], ["--scenario", "scenario.json"]] as [[String]] {
            try? FileManager.default.removeItem(at: cli.file("ledger.jsonl"))
            let (simulator, baseURL) = try await Self.simulator(beside: cli, options)
            try cli.change { _ in file.replacing(cli.simulator.baseURL, with: baseURL) }
            let database = ["--db", "\(UUID().uuidString).db"]
            for command in ["import", "run"] {
                let result = try await Program.run(
                    [command, "camp"] + database, in: cli.folder, environment: CLIFixture.environment)
                #expect(result.exitCode == 0, "\(result.stderr)")
            }
            await simulator.send(SIGTERM)
            #expect(try await simulator.result().exitCode == 0)
            ids.append(try #require(try Self.ledger(of: cli).compactMap { $0["zaapId"]?.text }.first))
        }
        #expect(Set(ids).count == 3 && ids[2] == ids[3], "\(ids)")
        await cli.simulator.shutdown()
    }

    /// A simulator on a free port that writes the ledger `ledger.jsonl`.
    private static func simulator(
        beside cli: CLIFixture, _ options: [String] = []
    ) async throws -> (simulator: Program, baseURL: String) {
        let address = "address-\(UUID().uuidString).json"
        let simulator = try Program(
            ["simulate", "--port", "0", "--ledger", "ledger.jsonl", "--json"] + options, in: cli.folder,
            environment: CLIFixture.environment, shell: "exec >\(address)")
        var baseURL: String?
        try await simulator.wait(for: "an address") {
            baseURL = try? JSONValue(cli.text(of: address))["baseURL"]?.text
            return baseURL != nil
        }
        return (simulator, try #require(baseURL))
    }

    /// The lines of the ledger, each of them whole.
    private static func ledger(of cli: CLIFixture) throws -> [JSONValue] {
        let text = cli.text(of: "ledger.jsonl")
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return try text.split(separator: "\n").map { try JSONValue(String($0)) }
    }
}
