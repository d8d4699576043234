import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Files that no result ever overwrites.
@Suite(.fewAtATime) struct `The files that campaigns need` {
    @Test func `are never written over, under whatever name, with --force or without`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(20) + ["123"], settings: "workers: 1")
        let files = FileManager.default
        try cli.write("A=b", to: cli.file("camp/.env"))
        chmod(cli.file("camp/.env").path, 0o600)
        try cli.write("telefone\n5511900000079\n", to: cli.file("other.csv"))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("import", "camp", "other.csv").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        for (link, target) in [("link", "discador.db"), ("dangling", "discador.db-spool")] {
            try files.createSymbolicLink(atPath: cli.file(link).path, withDestinationPath: target)
        }
        try files.createSymbolicLink(at: cli.file("folder"), withDestinationURL: cli.folder)
        try files.linkItem(at: cli.file("camp/contatos.csv"), to: cli.file("hard.csv"))
        try files.createDirectory(at: cli.file("elsewhere"), withIntermediateDirectories: false)
        try files.moveItem(at: cli.file("other.csv"), to: cli.file("elsewhere/moved.csv"))

        let own = [
            "discador.db", "./camp/../discador.db", "folder/discador.db", "link", cli.database, "dangling",
            "discador.db-wal", "discador.db-shm", "discador.db-journal", "discador.db-lock", "discador.db-spool",
            "discador.db-socket", "discador.db-tide", "discador.db-list-1", "camp/campaign.yml", "camp/.env",
            "camp/contatos.csv", "hard.csv", "elsewhere/moved.csv",
        ]
        try await cli.expectNothingIsWritten(to: own, norThroughDescriptorOf: "discador.db")
        await cli.simulator.shutdown()
    }

    @Test func `include every file beside a database while a run holds it`() async throws {
        let cli = try await CLIFixture(
            phones: ["5511900000095"], settings: "workers: 1", scenario: Scenario(hang: .seconds(600)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: cli.folder.path)
            .filter { $0.hasPrefix("discador.db") }
        #expect(names.count >= 5, "\(names)")
        for name in names {
            let result = try await cli.discador("report", "camp", "-o", name, "--force")
            #expect(result.exitCode == 64, "\(name): \(result.stderr)")
        }
        await run.send(SIGKILL)
        _ = try await run.result()
        await cli.simulator.shutdown()
    }

    @Test func `include rejected rows that somebody has corrected, but not as they were written`() async throws {
        let cli = try await CLIFixture(phones: ["123", "5511900000001"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let rejects = "camp/camp.rejects.csv"
        let report = ["report", "camp", "--format", "csv", "--rows", "rejects", "--force", "-o", rejects]
        func write(_ name: String? = nil) async throws -> Program.Result {
            let arguments = report.dropLast() + [name ?? rejects]
            return try await Program.run(Array(arguments), in: cli.folder, environment: CLIFixture.environment)
        }
        let written = cli.text(of: rejects)
        try cli.write(written.replacing("123", with: "5511900000002"), to: cli.file(rejects))
        let corrected = cli.text(of: rejects)
        let refused = try await write()
        #expect(refused.exitCode == 64 && refused.stderr.contains("somebody has corrected"), "\(refused.stderr)")
        #expect(cli.text(of: rejects) == corrected && corrected != written)
        // Under another name, too.
        let link = cli.file("link.csv")
        try FileManager.default.linkItem(at: cli.file(rejects), to: link)
        let linked = try await write("link.csv")
        #expect(linked.exitCode == 64 && linked.stderr.contains("somebody has corrected"), "\(linked.stderr)")
        #expect(cli.text(of: rejects) == corrected && cli.text(of: "link.csv") == corrected)
        try FileManager.default.removeItem(at: link)
        try cli.write(written, to: cli.file(rejects))
        #expect(try await write().exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `are not written over by the rejected rows of an import either`() async throws {
        let cli = try await CLIFixture(phones: ["123", "5511900000001"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let rejects = "camp/camp.rejects.csv"
        #expect(cli.text(of: rejects).contains("123"))
        // Corrected in part, imported, and followed by another import that rejects something.
        try cli.write("nome;telefone\nA;5511900000002\nB;99\n", to: cli.file(rejects))
        #expect(try await cli.discador("import", "camp", rejects).exitCode == 0)
        try cli.write("nome;telefone\nC;77\nD;5511900000005\n", to: cli.file("third.csv"))
        let third = try await cli.discador("import", "camp", "third.csv")
        #expect(third.exitCode == 0 && third.stdout.contains(".rejects-"), "\(third.stdout)")
        #expect(cli.text(of: rejects).contains("5511900000002"))
        await cli.simulator.shutdown()
    }

    @Test func `are left alone by a demo in their folder`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.expectNoDemo(in: ".", for: "discador.db")
        await cli.simulator.shutdown()
    }

    @Test func `are never taken for a ledger, and neither is anything else that is not one`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write("a note\n", to: cli.file("notes"))
        try cli.write("{}", to: cli.file("scenario.json"))
        let notes = try await cli.discador("simulate", "--port", "0", "--ledger", "notes")
        #expect(notes.exitCode == 1 && notes.stderr.contains("not a ledger"), "\(notes.stderr)")
        let scenario = try await cli.discador(
            "simulate", "--port", "0", "--scenario", "scenario.json", "--ledger", "scenario.json")
        #expect(scenario.exitCode == 64, "\(scenario.stderr)")
        #expect(cli.text(of: "notes") == "a note\n" && cli.text(of: "scenario.json") == "{}")
        await cli.simulator.shutdown()
    }
}
