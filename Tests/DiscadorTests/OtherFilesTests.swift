import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Databases and campaigns that the database of a command knows nothing of.
@Suite struct `The files of other campaigns` {
    @Test func `are known by their content and by what they stand beside`() async throws {
        try await withWorkshop { workshop in
            try FileManager.default.createDirectory(at: file("new", workshop), withIntermediateDirectories: false)
            try FileManager.default.copyItem(at: workshop.list, to: file("new/lista.csv", workshop))
            let settings = try String(contentsOf: workshop.campaignFile, encoding: .utf8)
            try workshop.write(
                settings.replacing("contatos.csv", with: "lista.csv").replacing("name: camp", with: "name: new"),
                to: file("new/campaign.yml", workshop))
            try workshop.write("TOKEN=x", to: file("new/.env", workshop))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: file("new/.env", workshop).path)
            let imported = try await workshop.discador("import", "new", "--db", "other.db")
            #expect(imported.exitCode == 0, "\(imported.stderr)")
            for end in ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide", "-rescued-1", "-replaced-9"]
            {
                guard !FileManager.default.fileExists(atPath: file("other.db" + end, workshop).path) else { continue }
                try workshop.write("results", to: file("other.db" + end, workshop))
            }
            // Somebody else's, one under a name that says nothing, and one whose first page is gone.
            try workshop.write("SQLite format 3\0 and more", to: file("notes", workshop))
            try FileManager.default.linkItem(at: file("other.db", workshop), to: file("hard", workshop))
            try FileManager.default.createSymbolicLink(
                atPath: file("link", workshop).path, withDestinationPath: "other.db-spool")
            for (name, text) in [
                ("broken.db", "zeros"), ("broken.db-tide", "7"), ("gone.db-wal", "a"), ("gone.db-tide", "8"),
            ] {
                try workshop.write(text, to: file(name, workshop))
            }
            let others = [
                "other.db", "other.db-wal", "other.db-shm", "other.db-journal", "other.db-lock", "other.db-spool",
                "other.db-socket", "other.db-tide", "other.db-rescued-1", "other.db-rescued-2", "other.db-replaced-9",
                "other.db-replaced-9-spool", "other.db-list-1", "hard", "link", "notes", "broken.db",
                "broken.db-tide", "gone.db", "gone.db-wal", "gone.db-tide", "discador.db-rescued-1", "new/campaign.yml",
                "new/.env", "new/lista.csv", "campaign.yml", ".env", "new/../new/Campaign.YML",
            ]
            let before = try contents(workshop)
            for path in others {
                for command in [["report", "camp", "-o"], ["backup"], ["simulate", "--port", "0", "--ledger"]] {
                    let force = command[0] == "simulate" ? [] : ["--force"]
                    let result = try await Program.run(
                        command + [path] + force, in: workshop.folder, environment: Workshop.environment)
                    #expect(result.exitCode == 64, "\(command) \(path): \(result.stderr)")
                    #expect(result.stderr.contains("would be lost"), "\(result.stderr)")
                }
            }
            let open = try workshop.start("report", "camp", "-o", "/dev/fd/7", "--force", shell: "exec 7<>other.db")
            #expect(try await open.result().exitCode == 64)
            #expect(try contents(workshop) == before)
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
            try FileManager.default.createDirectory(at: file("away", workshop), withIntermediateDirectories: false)
            try FileManager.default.moveItem(at: file("copy.db", workshop), to: file("away/copy.db", workshop))
            let refused = try await workshop.discador("backup", "away/copy.db", "--force")
            #expect(
                refused.exitCode == 64 && refused.stderr.contains("no earlier copy of this one"), "\(refused.stderr)")
        }
    }

    @Test func `are left alone by a demo in a folder of demos`() async throws {
        let workshop = try await Workshop(phones: [])
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        for name in ["discador.db", "simulator.jsonl", "chamadas.csv", "calls.json"] {
            let folder = file("demo-\(name)", workshop)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            try workshop.write("", to: folder.appending(path: ".discador-demo"))
            try workshop.write("SQLite format 3\0 of somebody", to: folder.appending(path: name))
            let before = try contents(workshop)
            let demo = try await workshop.discador(
                "demo", "--output", folder.path, "--campaign", root.appending(path: "campaigns/demo").path)
            #expect(demo.exitCode == 64 && demo.stderr.contains(name), "\(demo.stderr)")
            #expect(try contents(workshop) == before)
        }
        await workshop.simulator.shutdown()
    }

    private func withWorkshop(_ body: (Workshop) async throws -> Void) async throws {
        let workshop = try await Workshop(phones: Workshop.phones(20))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        try await body(workshop)
        await workshop.simulator.shutdown()
    }

    private func file(_ name: String, _ workshop: Workshop) -> URL { workshop.folder.appending(path: name) }

    /// Every file with its bytes, but for what SQLite shares between readers of the command's own database.
    private func contents(_ workshop: Workshop) throws -> [String: Data?] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: workshop.folder.path)
        return Dictionary(
            uniqueKeysWithValues: names.filter { !["discador.db-shm", "discador.db-wal"].contains($0) }.map {
                ($0, FileManager.default.contents(atPath: file($0, workshop).path))
            })
    }
}
