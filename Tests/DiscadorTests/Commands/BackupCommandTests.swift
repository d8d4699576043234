import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Copies that are made while a run goes on.
@Suite(.serialized) struct `The command backup` {
    @Test func `copies beside a run, and never over a file that it was not told to replace`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2000), settings: "workers: 16",
            scenario: Scenario(latency: .milliseconds(2) ... .milliseconds(6)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 40)
        let first = try await cli.discador("backup", "copy.db", "--json")
        #expect(first.exitCode == 0, "\(first.stderr)")
        #expect(try Document(first.stdout)["campaigns"]?[0] == "camp")
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

    @Test func `and check refuse a damaged database with what to do`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2000))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let sound = try await cli.discador("check", "--database")
        #expect(sound.exitCode == 0 && sound.stdout.contains("all figures add up"), "\(sound.stderr)")
        #expect(try await cli.discador("check").exitCode == 64)

        let file = URL(fileURLWithPath: cli.database)
        var bytes = try Data(contentsOf: file)
        let middle = bytes.count / 2 / 4096 * 4096
        for index in middle..<(middle + 4096) { bytes[index] = 0x5A }
        try bytes.write(to: file)
        let damaged = try await cli.discador("check", "--database")
        #expect(damaged.exitCode == 74)
        #expect(damaged.stdout.contains("discador backup") && damaged.stdout.contains(".recover"))
        #expect(try await cli.discador("backup", "copy.db").exitCode == 74)
        #expect(!FileManager.default.fileExists(atPath: cli.folder.appending(path: "copy.db").path))

        try bytes.prefix(8192).write(to: file)
        let run = try await cli.discador("run", "camp")
        #expect(run.exitCode == 74 && run.stderr.contains("is damaged"), "\(run.stderr)")
        #expect(try Data(contentsOf: file) == bytes.prefix(8192))
        await cli.simulator.shutdown()
    }
}
