import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Databases and campaigns that the database of a command knows nothing of.
@Suite struct `The files of other campaigns` {
    @Test func `are known by their content and by what they stand beside`() async throws {
        try await withWorkshop { workshop in
            try FileManager.default.createDirectory(at: workshop.file("new"), withIntermediateDirectories: false)
            try FileManager.default.copyItem(at: workshop.list, to: workshop.file("new/lista.csv"))
            let settings = try String(contentsOf: workshop.campaignFile, encoding: .utf8)
            try workshop.write(
                settings.replacing("contatos.csv", with: "lista.csv").replacing("name: camp", with: "name: new"),
                to: workshop.file("new/campaign.yml"))
            try workshop.write("TOKEN=x", to: workshop.file("new/.env"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: workshop.file("new/.env").path)
            let imported = try await workshop.discador("import", "new", "--db", "other.db")
            #expect(imported.exitCode == 0, "\(imported.stderr)")
            for end in ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide", "-rescued-1", "-replaced-9"]
            {
                guard !FileManager.default.fileExists(atPath: workshop.file("other.db" + end).path) else { continue }
                try workshop.write("results", to: workshop.file("other.db" + end))
            }
            // Somebody else's, one under a name that says nothing, and one whose first page is gone.
            try workshop.write("SQLite format 3\0 and more", to: workshop.file("notes"))
            try FileManager.default.linkItem(at: workshop.file("other.db"), to: workshop.file("hard"))
            try FileManager.default.createSymbolicLink(
                atPath: workshop.file("link").path, withDestinationPath: "other.db-spool")
            for (name, text) in [
                ("broken.db", "zeros"), ("broken.db-tide", "7"), ("gone.db-wal", "a"), ("gone.db-tide", "8"),
            ] {
                try workshop.write(text, to: workshop.file(name))
            }
            let others = [
                "other.db", "other.db-wal", "other.db-shm", "other.db-journal", "other.db-lock", "other.db-spool",
                "other.db-socket", "other.db-tide", "other.db-rescued-1", "other.db-rescued-2", "other.db-replaced-9",
                "other.db-replaced-9-spool", "other.db-list-1", "hard", "link", "notes", "broken.db",
                "broken.db-tide", "gone.db", "gone.db-wal", "gone.db-tide", "discador.db-rescued-1", "new/campaign.yml",
                "new/.env", "new/lista.csv", "campaign.yml", ".env", "new/../new/Campaign.YML",
            ]
            try await workshop.expectNothingIsWritten(to: others, norThroughDescriptorOf: "other.db")
        }
    }

    @Test(arguments: ["report-wal", "camp/notes.csv", "discador.csv", "x-list-2.csv"])
    func `are no files that only sound like one`(_ path: String) async throws {
        try await withWorkshop { workshop in
            for force in [[], ["--force"], ["--force"]] {
                let result = try await Program.run(
                    ["report", "camp", "-o", path] + force, in: workshop.folder, environment: Workshop.environment)
                #expect(result.exitCode == 0, "\(result.stderr)")
            }
        }
    }

    @Test func `give way to a copy only as earlier copies of the same database`() async throws {
        try await withWorkshop { workshop in
            #expect(try await workshop.discador("backup", "copy.db").exitCode == 0)
            #expect(try await workshop.discador("run", "camp").exitCode == 0)
            // Calls that no copy has, and a copy that has them.
            #expect(try await workshop.discador("backup", "copy.db", "--force").exitCode == 0)
            #expect(try await workshop.discador("backup", "copy.db", "--force").exitCode == 0)
            #expect(try await workshop.discador("report", "camp", "-o", "copy.db", "--force").exitCode == 64)
            // A copy that was written to, moved away from what then lay beside it.
            let block = ["block", "add", "5511987654321", "--db", "copy.db"]
            #expect(try await Program.run(block, in: workshop.folder).exitCode == 0)
            try FileManager.default.createDirectory(at: workshop.file("away"), withIntermediateDirectories: false)
            try FileManager.default.moveItem(at: workshop.file("copy.db"), to: workshop.file("away/copy.db"))
            let refused = try await workshop.discador("backup", "away/copy.db", "--force")
            #expect(
                refused.exitCode == 64 && refused.stderr.contains("no earlier copy of this one"), "\(refused.stderr)")
            // A database that was moved away, and whose calls are all known in the copy that took its place.
            #expect(try await workshop.discador("backup", "whole.db").exitCode == 0)
            try FileManager.default.moveItem(atPath: workshop.database, toPath: workshop.file("away/main.db").path)
            #expect(try await workshop.discador("restore", "whole.db").exitCode == 0)
            let moved = try await workshop.discador("backup", "away/main.db", "--force")
            #expect(moved.exitCode == 64 && moved.stderr.contains("no earlier copy of this one"), "\(moved.stderr)")
            #expect(try await workshop.discador("backup", "whole.db", "--force").exitCode == 0)
        }
    }

    @Test func `are left alone by a demo in a folder of demos`() async throws {
        let workshop = try await Workshop(phones: [])
        for name in ["discador.db", "simulator.jsonl", "chamadas.csv", "calls.json"] {
            let folder = workshop.file("demo-\(name)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            try workshop.write("", to: folder.appending(path: ".discador-demo"))
            try workshop.write("SQLite format 3\0 of somebody", to: folder.appending(path: name))
            try await workshop.expectNoDemo(in: folder.path, for: name)
        }
        await workshop.simulator.shutdown()
    }

    private func withWorkshop(_ body: (Workshop) async throws -> Void) async throws {
        let workshop = try await Workshop(phones: Workshop.phones(20))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        try await body(workshop)
        await workshop.simulator.shutdown()
    }
}
