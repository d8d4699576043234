import CampaignCore
import CampaignStore
import Foundation
import Glibc
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime, .serialized) struct `The command backup` {
    @Test func `copies during a run, and never over a file that it was not told to replace`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2000), settings: "workers: 16",
            scenario: Scenario(latency: .milliseconds(2) ... .milliseconds(6)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 40)
        let first = try await cli.discador("backup", "copy.db", "--json")
        #expect(first.exitCode == 0, "\(first.stderr)")
        #expect(try JSONValue(first.stdout)["campaigns"]?[0] == "camp")
        await run.send(SIGTERM)
        #expect(try await run.result().exitCode == 130)

        let copy = cli.folder.appending(path: "copy.db")
        let reader = try StoreReader(path: copy.path)
        #expect(try reader.counts(campaign: "camp").total == 2000)
        #expect(try reader.counts(campaign: "camp").accepted < cli.counts().accepted)
        #expect(try await cli.discador("check", "--database", "--db", "copy.db").exitCode == 0)

        let bytes = try Data(contentsOf: copy)
        #expect(try await cli.discador("backup", "copy.db").exitCode == 64)
        #expect(try Data(contentsOf: copy) == bytes)
        #expect(try await cli.discador("backup", "copy.db", "--force").exitCode == 0)
        #expect(try Data(contentsOf: copy) != bytes)
        await cli.simulator.shutdown()
    }

    @Test func `is never made over the database itself`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let link = cli.folder.appending(path: "link.db").path
        try FileManager.default.linkItem(atPath: cli.database, toPath: link)
        let before = try Data(contentsOf: URL(fileURLWithPath: cli.database))
        for file in ["discador.db", "./discador.db", "link.db", "discador.db-wal", "discador.db-lock"] {
            #expect(try await cli.discador("backup", file, "--force").exitCode == 64, "\(file)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: cli.database)) == before)
        await cli.simulator.shutdown()
    }

    @Test func `copies a database that another process holds, with everything that is in it`() async throws {
        let cli = try await CLIFixture.dialed()
        let store = try CampaignStore(
            path: cli.database, holder: .init(pid: getpid(), host: "here", command: "run camp", since: .epoch))
        let made = try await cli.discador("backup", "copy.db", "--json")
        #expect(made.exitCode == 0, "\(made.stderr)")
        try store.close()
        let document = try JSONValue(made.stdout)
        let size = try #require(try cli.contents()["copy.db"]??.count)
        #expect(document["bytes"] == .number(Double(size)) && document["file"] == "copy.db")
        #expect(document["campaigns"] == .array(["camp"]) && document["spooled"] == 0)
        let (own, copy) = (
            try StoreReader(path: cli.database), try StoreReader(path: cli.folder.appending(path: "copy.db").path)
        )
        #expect(try copy.counts(campaign: "camp") == own.counts(campaign: "camp"))
        #expect(try copy.counts(campaign: "camp").inDoubt == 3)
        for (arguments, word) in [
            (["report", "camp", "--rows", "attempts", "--format", "csv"], "refused"), (["status", "--json"], "camp"),
        ] {
            let shown = try await Program.run(arguments, in: cli.folder)
            #expect(shown.exitCode == 0 && shown.stdout.contains(word), "\(shown.stderr)")
            #expect(try await Program.run(arguments + ["--db", "copy.db"], in: cli.folder).stdout == shown.stdout)
        }
        await cli.simulator.shutdown()
    }

    @Test func `leaves an existing file alone, and makes none where there is no database`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("backup", "copy.db").exitCode == 65)
        #expect(!FileManager.default.fileExists(atPath: cli.file("copy.db").path))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try cli.write("mine", to: cli.file("copy.db"))
        let refused = try await cli.discador("backup", "copy.db")
        #expect(refused.exitCode == 64 && refused.stderr.contains("--force"), "\(refused.stderr)")
        #expect(cli.text(of: "copy.db") == "mine")
        #expect(try await cli.discador("backup", "copy.db", "--force").exitCode == 0)
        #expect(try StoreReader(path: cli.file("copy.db").path).counts(campaign: "camp").ready == 1)
        await cli.simulator.shutdown()
    }

    @Test func `speaks Portuguese, also of what the system says`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let made = try await cli.discador("backup", "copy.db", "--lang", "pt-BR")
        #expect(made.exitCode == 0 && made.stdout.hasSuffix(" bytes, 1 campanha, conferido.\n"), "\(made.stdout)")
        let again = try await cli.discador("backup", "copy.db", "--lang", "pt-BR")
        #expect(
            again.exitCode == 64
                && again.stderr.contains("erro: copy.db já existe: escolha outro arquivo, ou substitua com --force."),
            "\(again.stderr)")
        let nowhere = try await cli.discador("backup", "nowhere/copy.db", "--lang", "pt-BR")
        #expect(
            nowhere.exitCode == 74
                && nowhere.stderr.contains("Não foi possível gravar nowhere/copy.db (arquivo ou pasta inexistente):"),
            "\(nowhere.stderr)")
        let english = try await cli.discador("backup", "nowhere/copy.db", "--json", "--lang", "pt-BR")
        #expect(english.stdout.contains("nowhere/copy.db cannot be written (No such file or directory):"))
        await cli.simulator.shutdown()
    }
}
