import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// Commands without the variables of a campaign.
@Suite(.fewAtATime) struct `Without its secrets, a campaign` {
    @Test func `is imported, planned, looked at and reported, since nobody is called`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654393"])
        try cli.change { $0.replacing("id: A\n", with: "id: ${ID_OF_A}\n") }
        for words in [
            ["import", "camp", "--preview"], ["import", "camp"], ["plan", "camp"], ["status", "camp"],
            ["doubts", "camp"], ["why", "camp", "11987654301"], ["report", "camp"],
            ["retry", "camp", "--failed", "--dry-run"],
            ["block", "add", "11987654399"], ["replies", "camp"], ["replies", "test", "--campaign", "camp", "SAIR"],
            ["pause", "camp"], ["resume", "camp"], ["check", "--database"], ["backup", "copy.db"],
            ["cancel", "camp", "--yes"],
        ] {
            let result = try await Program.run(words, in: cli.folder)
            #expect(result.exitCode == 0, "\(words): \(result.stderr)")
        }
        #expect(try cli.counts().total == 2)
        await cli.simulator.shutdown()
    }

    @Test func `has its instances' calls of today in the plan, by their names`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302"])
        try cli.change { $0.replacing("id: A\n", with: "id: ${ID_OF_A}\n") }
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let before = try await cli.discador("plan", "camp")
        #expect(before.stderr.contains("the id of iA is a variable that is not set"), "\(before.stderr)")
        let environment = CLIFixture.environment.merging(["ID_OF_A": "A"]) { $1 }
        #expect(try await cli.discador("run", "camp", environment: environment).exitCode == 0)
        let after = try await cli.discador("plan", "camp")
        #expect(after.exitCode == 0 && !after.stderr.contains("is not set"), "\(after.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `cannot be dialed or checked, and the error names the env file that was read or looked for`()
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for words in [["run", "camp"], ["check", "camp"], ["queue", "camp"], ["plan", "camp", "--check-whatsapp"]] {
            let result = try await Program.run(words, in: cli.folder)
            #expect(result.exitCode == 65, "\(words): \(result.stderr)")
            let says = "the variable TOKEN is not set: set it in the environment or in camp/.env, which does not exist."
            #expect(result.stderr.contains(says), "\(words): \(result.stderr)")
        }
        let portuguese = try await Program.run(["queue", "camp", "--lang", "pt-BR"], in: cli.folder)
        #expect(
            portuguese.stderr.contains(
                "a variável TOKEN não está definida: defina-a no ambiente ou em camp/.env, que não existe."),
            "\(portuguese.stderr)")
        let file = cli.folder.appending(path: "secrets.env")
        try cli.write("CLIENT_TOKEN=x\n", to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let named = try await Program.run(["run", "camp", "--env-file", "secrets.env"], in: cli.folder)
        #expect(named.exitCode == 65)
        #expect(
            named.stderr.contains("set it in the environment or in secrets.env, which was read."), "\(named.stderr)")
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
    func `or through a proxy alone, cannot be reached: whoever connects says that no proxy is used`(name: String)
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let environment = CLIFixture.environment.merging([name: "http://127.0.0.1:9"]) { $1 }
        let here = try await cli.discador("check", "camp", environment: environment)
        #expect(here.exitCode == 0 && !here.stderr.contains(name), "\(here.stderr)")
        try cli.change { $0.replacing(cli.simulator.baseURL, with: "https://127.0.0.1:9") }
        for words in [["check", "camp"], ["webhooks", "set", "camp", "--url", "https://example.com/x"]] {
            let result = try await Program.run(words, in: cli.folder, environment: environment)
            #expect(result.stderr.contains("note: \(name) is set but not used: "), "\(words): \(result.stderr)")
        }
        await cli.simulator.shutdown()
    }
}
