import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Databases and campaigns that are unknown to the database of the command.
@Suite(.fewAtATime) struct `The files of other campaigns` {
    @Test func `are known by their content and by what they stand beside`() async throws {
        try await withCampaign { cli in
            try FileManager.default.createDirectory(at: cli.file("new"), withIntermediateDirectories: false)
            try FileManager.default.copyItem(at: cli.list, to: cli.file("new/lista.csv"))
            let settings = try String(contentsOf: cli.campaignFile, encoding: .utf8)
            try cli.write(
                settings.replacing("contatos.csv", with: "lista.csv").replacing("name: camp", with: "name: new"),
                to: cli.file("new/campaign.yml"))
            try cli.write("TOKEN=x", to: cli.file("new/.env"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: cli.file("new/.env").path)
            let imported = try await cli.discador("import", "new", "--db", "other.db")
            #expect(imported.exitCode == 0, "\(imported.stderr)")
            for end in ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide", "-rescued-1", "-replaced-9"]
            {
                guard !FileManager.default.fileExists(atPath: cli.file("other.db" + end).path) else { continue }
                try cli.write("results", to: cli.file("other.db" + end))
            }
            // One of another program, one whose name says nothing, and one whose first page is gone.
            try cli.write("SQLite format 3\0 and more", to: cli.file("notes"))
            try FileManager.default.linkItem(at: cli.file("other.db"), to: cli.file("hard"))
            try FileManager.default.createSymbolicLink(
                atPath: cli.file("link").path, withDestinationPath: "other.db-spool")
            for (name, text) in [
                ("broken.db", "zeros"), ("broken.db-tide", "7"), ("gone.db-wal", "a"), ("gone.db-tide", "8"),
            ] {
                try cli.write(text, to: cli.file(name))
            }
            let others = [
                "other.db", "other.db-wal", "other.db-shm", "other.db-journal", "other.db-lock", "other.db-spool",
                "other.db-socket", "other.db-tide", "other.db-rescued-1", "other.db-rescued-2", "other.db-replaced-9",
                "other.db-replaced-9-spool", "other.db-list-1", "hard", "link", "notes", "broken.db",
                "broken.db-tide", "gone.db", "gone.db-wal", "gone.db-tide", "discador.db-rescued-1", "new/campaign.yml",
                "new/.env", "new/lista.csv", "campaign.yml", ".env", "new/../new/Campaign.YML",
            ]
            try await cli.expectNothingIsWritten(to: others, norThroughDescriptorOf: "other.db")
        }
    }

    @Test(arguments: ["report-wal", "camp/notes.csv", "discador.csv", "x-list-2.csv"])
    func `are not those that only have a similar name`(_ path: String) async throws {
        try await withCampaign { cli in
            for force in [[], ["--force"], ["--force"]] {
                let result = try await Program.run(
                    ["report", "camp", "-o", path] + force, in: cli.folder, environment: CLIFixture.environment)
                #expect(result.exitCode == 0, "\(result.stderr)")
            }
        }
    }

    @Test func `are replaced by a copy only if they are earlier copies of the same database`() async throws {
        try await withCampaign { cli in
            #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
            #expect(try await cli.discador("run", "camp").exitCode == 0)
            // Calls that no copy has, and a copy that has them.
            #expect(try await cli.discador("backup", "copy.db", "--force").exitCode == 0)
            #expect(try await cli.discador("backup", "copy.db", "--force").exitCode == 0)
            #expect(try await cli.discador("report", "camp", "-o", "copy.db", "--force").exitCode == 64)
            // A copy that was written to and then moved away from the files beside it.
            let block = ["block", "add", "5511987654321", "--db", "copy.db"]
            #expect(try await Program.run(block, in: cli.folder).exitCode == 0)
            try FileManager.default.createDirectory(at: cli.file("away"), withIntermediateDirectories: false)
            try FileManager.default.moveItem(at: cli.file("copy.db"), to: cli.file("away/copy.db"))
            let refused = try await cli.discador("backup", "away/copy.db", "--force")
            #expect(
                refused.exitCode == 64 && refused.stderr.contains("not an earlier copy of this one"),
                "\(refused.stderr)")
            // A database that was moved away, and whose calls are all known in the copy that took its place.
            #expect(try await cli.discador("backup", "whole.db").exitCode == 0)
            try FileManager.default.moveItem(atPath: cli.database, toPath: cli.file("away/main.db").path)
            #expect(try await cli.discador("restore", "whole.db").exitCode == 0)
            let moved = try await cli.discador("backup", "away/main.db", "--force")
            #expect(moved.exitCode == 64 && moved.stderr.contains("not an earlier copy of this one"), "\(moved.stderr)")
            #expect(try await cli.discador("backup", "whole.db", "--force").exitCode == 0)
        }
    }

    @Test func `are left alone by a demo in a folder of demos`() async throws {
        let cli = try await CLIFixture(phones: [])
        for name in ["discador.db", "simulator.jsonl", "chamadas.csv", "calls.json"] {
            let folder = cli.file("demo-\(name)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            try cli.write("", to: folder.appending(path: ".discador-demo"))
            try cli.write("SQLite format 3\0 of another program", to: folder.appending(path: name))
            try await cli.expectNoDemo(in: folder.path, for: name)
        }
        await cli.simulator.shutdown()
    }

    private func withCampaign(_ body: (CLIFixture) async throws -> Void) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(20))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await body(cli)
        await cli.simulator.shutdown()
    }
}
