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
        try workshop.write("A=b", to: workshop.file("camp/.env"))
        chmod(workshop.file("camp/.env").path, 0o600)
        try workshop.write("telefone\n5511900000079\n", to: workshop.file("other.csv"))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        #expect(try await workshop.discador("import", "camp", "other.csv").exitCode == 0)
        #expect(try await workshop.discador("run", "camp").exitCode == 0)
        for (link, target) in [("link", "discador.db"), ("dangling", "discador.db-spool")] {
            try files.createSymbolicLink(atPath: workshop.file(link).path, withDestinationPath: target)
        }
        try files.createSymbolicLink(at: workshop.file("folder"), withDestinationURL: workshop.folder)
        try files.linkItem(at: workshop.file("camp/contatos.csv"), to: workshop.file("hard.csv"))
        try files.createDirectory(at: workshop.file("elsewhere"), withIntermediateDirectories: false)
        try files.moveItem(at: workshop.file("other.csv"), to: workshop.file("elsewhere/moved.csv"))

        let own = [
            "discador.db", "./camp/../discador.db", "folder/discador.db", "link", workshop.database, "dangling",
            "discador.db-wal", "discador.db-shm", "discador.db-journal", "discador.db-lock", "discador.db-spool",
            "discador.db-socket", "discador.db-tide", "discador.db-list-1", "camp/campaign.yml", "camp/.env",
            "camp/contatos.csv", "hard.csv", "elsewhere/moved.csv",
        ]
        try await workshop.expectNothingIsWritten(to: own, norThroughDescriptorOf: "discador.db")
        await workshop.simulator.shutdown()
    }

    @Test func `are all that stands beside a database while a run holds it`() async throws {
        let workshop = try await Workshop(
            phones: ["5511900000095"], settings: "workers: 1", scenario: Scenario(hang: .seconds(600)))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let run = try workshop.start("run", "camp", "--verbose")
        try await run.wait(for: "run begins", count: 1)
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
        #expect(workshop.text(of: rejects).contains("123"))
        // Corrected in part, taken in, and once more followed by an import that rejects something.
        try workshop.write("nome;telefone\nA;5511900000002\nB;99\n", to: workshop.file(rejects))
        #expect(try await workshop.discador("import", "camp", rejects).exitCode == 0)
        try workshop.write("nome;telefone\nC;77\nD;5511900000005\n", to: workshop.file("third.csv"))
        let third = try await workshop.discador("import", "camp", "third.csv")
        #expect(third.exitCode == 0 && third.stdout.contains(".rejects-"), "\(third.stdout)")
        #expect(workshop.text(of: rejects).contains("5511900000002"))
        await workshop.simulator.shutdown()
    }

    @Test func `are left alone by a demo in their folder`() async throws {
        let workshop = try await Workshop(phones: Workshop.phones(3))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        try await workshop.expectNoDemo(in: ".", for: "discador.db")
        await workshop.simulator.shutdown()
    }

    @Test func `are no ledgers, and neither is anything else that is not one`() async throws {
        let workshop = try await Workshop(phones: [])
        try workshop.write("a note\n", to: workshop.file("notes"))
        try workshop.write("{}", to: workshop.file("scenario.json"))
        let notes = try await workshop.discador("simulate", "--port", "0", "--ledger", "notes")
        #expect(notes.exitCode == 1 && notes.stderr.contains("no ledger"), "\(notes.stderr)")
        let scenario = try await workshop.discador(
            "simulate", "--port", "0", "--scenario", "scenario.json", "--ledger", "scenario.json")
        #expect(scenario.exitCode == 64, "\(scenario.stderr)")
        #expect(workshop.text(of: "notes") == "a note\n" && workshop.text(of: "scenario.json") == "{}")
        await workshop.simulator.shutdown()
    }
}
