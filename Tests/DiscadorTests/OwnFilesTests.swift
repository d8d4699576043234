import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// What no result is ever written over.
@Suite struct `The files that campaigns live from` {
    @Test func `are never written over, under whatever name, with --force or without`() async throws {
        let workshop = try await Workshop(phones: Workshop.phones(20) + ["123"], settings: "workers: 1")
        let files = FileManager.default
        try workshop.write("A=b", to: file("camp/.env", workshop))
        chmod(file("camp/.env", workshop).path, 0o600)
        try workshop.write("telefone\n5511900000079\n", to: file("other.csv", workshop))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        #expect(try await workshop.discador("import", "camp", "other.csv").exitCode == 0)
        #expect(try await workshop.discador("run", "camp").exitCode == 0)
        for (link, target) in [("link", "discador.db"), ("dangling", "discador.db-spool")] {
            try files.createSymbolicLink(atPath: file(link, workshop).path, withDestinationPath: target)
        }
        try files.createSymbolicLink(at: file("folder", workshop), withDestinationURL: workshop.folder)
        try files.linkItem(at: file("camp/contatos.csv", workshop), to: file("hard.csv", workshop))
        try files.createDirectory(at: file("elsewhere", workshop), withIntermediateDirectories: false)
        try files.moveItem(at: file("other.csv", workshop), to: file("elsewhere/moved.csv", workshop))

        let own = [
            "discador.db", "./camp/../discador.db", "folder/discador.db", "link", workshop.database, "dangling",
            "discador.db-wal", "discador.db-shm", "discador.db-journal", "discador.db-lock", "discador.db-spool",
            "discador.db-socket", "discador.db-tide", "discador.db-list-1", "camp/campaign.yml", "camp/.env",
            "camp/contatos.csv", "hard.csv", "elsewhere/moved.csv",
        ]
        let before = try contents(workshop)
        for path in own {
            for command in [["report", "camp", "-o"], ["backup"], ["simulate", "--port", "0", "--ledger"]] {
                let force = command[0] == "simulate" ? [] : ["--force"]
                let result = try await Program.run(
                    command + [path] + force, in: workshop.folder, environment: Workshop.environment)
                #expect(result.exitCode == 64, "\(command) \(path): \(result.stderr)")
                #expect(result.stderr.contains("would be lost"), "\(result.stderr)")
            }
        }
        let open = try workshop.start("report", "camp", "-o", "/dev/fd/7", "--force", shell: "exec 7<>discador.db")
        #expect(try await open.result().exitCode == 64)
        #expect(try contents(workshop) == before)
        await workshop.simulator.shutdown()
    }

    @Test func `are all that stands beside a database while a run holds it`() async throws {
        let workshop = try await Workshop(
            phones: ["5511900000095"], settings: "workers: 1", scenario: Scenario(hang: .seconds(600)))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let run = try workshop.start("run", "camp", "--verbose")
        await run.wait(for: "run begins", count: 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
            .filter { $0.hasPrefix("discador.db") }
        #expect(names.count >= 5, "\(names)")
        for name in names {
            let result = try await workshop.discador("report", "camp", "-o", name, "--force")
            #expect(result.exitCode == 64, "\(name): \(result.stderr)")
        }
        await run.send(SIGKILL)
        _ = try await run.result()
        await workshop.simulator.shutdown()
    }

    @Test func `are not written over by the rejected rows of an import either`() async throws {
        let workshop = try await Workshop(phones: ["123", "5511900000001"])
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let rejects = "camp/camp.rejects.csv"
        #expect(content(of: rejects, workshop).contains("123"))
        // Corrected in part, taken in, and once more followed by an import that rejects something.
        try workshop.write("nome;telefone\nA;5511900000002\nB;99\n", to: file(rejects, workshop))
        #expect(try await workshop.discador("import", "camp", rejects).exitCode == 0)
        try workshop.write("nome;telefone\nC;77\nD;5511900000005\n", to: file("third.csv", workshop))
        let third = try await workshop.discador("import", "camp", "third.csv")
        #expect(third.exitCode == 0 && third.stdout.contains(".rejects-"), "\(third.stdout)")
        #expect(content(of: rejects, workshop).contains("5511900000002"))
        await workshop.simulator.shutdown()
    }

    @Test func `are left alone by a demo in their folder`() async throws {
        let workshop = try await Workshop(phones: Workshop.phones(3))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let before = try contents(workshop)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let demo = try await workshop.discador(
            "demo", "--output", ".", "--campaign", root.appending(path: "campaigns/demo").path)
        #expect(demo.exitCode == 64 && demo.stderr.contains("discador.db"), "\(demo.stderr)")
        #expect(try contents(workshop) == before)
        await workshop.simulator.shutdown()
    }

    @Test func `are no ledgers, and neither is anything else that is not one`() async throws {
        let workshop = try await Workshop(phones: [])
        try workshop.write("a note\n", to: file("notes", workshop))
        try workshop.write("{}", to: file("scenario.json", workshop))
        let notes = try await workshop.discador("simulate", "--port", "0", "--ledger", "notes")
        #expect(notes.exitCode == 1 && notes.stderr.contains("no ledger"), "\(notes.stderr)")
        let scenario = try await workshop.discador(
            "simulate", "--port", "0", "--scenario", "scenario.json", "--ledger", "scenario.json")
        #expect(scenario.exitCode == 64, "\(scenario.stderr)")
        #expect(content(of: "notes", workshop) == "a note\n" && content(of: "scenario.json", workshop) == "{}")
        await workshop.simulator.shutdown()
    }

    private func file(_ name: String, _ workshop: Workshop) -> URL { workshop.folder.appending(path: name) }

    private func content(of name: String, _ workshop: Workshop) -> String {
        String(decoding: FileManager.default.contents(atPath: file(name, workshop).path) ?? Data(), as: UTF8.self)
    }

    /// Every file with its bytes, but for what SQLite shares between readers.
    private func contents(_ workshop: Workshop) throws -> [String: Data?] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: workshop.folder.path)
        return Dictionary(
            uniqueKeysWithValues: names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }.map {
                ($0, FileManager.default.contents(atPath: file($0, workshop).path))
            })
    }
}
