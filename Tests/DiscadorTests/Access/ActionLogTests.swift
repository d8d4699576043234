import CampaignCore
import CampaignStore
import Foundation
import Logging
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// Who did what, however it was asked for.
@Suite(.fewAtATime) struct `The log of who did what` {
    private static let ana = Actor(.dashboard, "ana")

    /// Does nothing, or throws.
    private struct Trial: StoreOperation {
        static let name = "trial"
        static let hasPersonalErrors = true
        var failure: Failure?
        var logged: ActionDetail { ActionDetail(campaign: "camp", words: ["as": "trial"]) }

        func counts(of outcome: Int) -> [String: Int] { ["things": outcome] }

        func perform(in context: OperationContext) async throws -> Int {
            if let failure { throw failure }
            // It is logged before it is done.
            return try context.store.reader().actions(limit: 9).count
        }
    }

    @Test func `an operation is logged before it is done, and with what came of it`() async throws {
        try await DatabaseFolder.during { folder in
            let context = OperationContext(store: folder.store)
            #expect(try await context.carryOut(Trial(), by: Self.ana) == 1)
            let entry = try #require(try folder.store.reader().actions(limit: 9).first)
            #expect(entry.operation == "trial" && entry.actor == Self.ana && entry.state == .done)
            #expect(entry.detail == ActionDetail(campaign: "camp", counts: ["things": 1], words: ["as": "trial"]))
        }
    }

    @Test func `one that fails is logged as failed, and throws the same`() async throws {
        try await DatabaseFolder.during { folder in
            let context = OperationContext(store: folder.store)
            let failure = Failure(.badInput, Phrase("Maria is no number", "Maria não é um número"))
            let thrown = await #expect(throws: Failure.self) {
                try await context.carryOut(Trial(failure: failure), by: Self.ana)
            }
            #expect(thrown?.message == failure.message)
            let pause = CampaignPause(since: .epoch, user: "ana", command: "pause nobody")
            await #expect(throws: StoreError.self) {
                try await context.carryOut(PauseCampaign(campaign: "nobody", pause: pause), by: Self.ana)
            }
            let entries = try folder.store.reader().actions(limit: 9)
            #expect(entries.map(\.state) == [.failed, .failed])
            #expect(entries.map(\.error?.isEmpty) == [false, false])
            // Its errors may have something of a list in them.
            #expect(entries.last?.error == "exit code 65")
        }
    }

    @Test func `the process that holds the database logs who asked`() async throws {
        try await ServedDatabase.during { database in
            let phone = try #require(PhoneNumber(text: "5511987654321"))
            let add = AddBlocks(numbers: [phone], reason: "asked by Maria")
            guard case .done? = try await database.client.send({ ControlRequest(add, by: Self.ana) }) else {
                Issue.record("it was not done")
                return
            }
            let entry = try #require(try database.store.reader().actions(limit: 9).first)
            #expect(entry.actor == Self.ana && entry.operation == "block add" && entry.state == .done)
            #expect(entry.detail.phones == ["5511•••••4321"])
            #expect(entry.detail.counts == ["added": 1, "known": 0, "excluded": 0] && entry.detail.words.isEmpty)
        }
    }

    @Test func `commands and runs are logged with the user of this machine, and nothing of the people called`()
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302", "nenhum"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "11987654302", "--reason", "Maria pediu").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 75)
        let log = try JSONValue(try await cli.discador("log", "--json").stdout)["actions"]?.items ?? []
        #expect(log.map { $0["operation"]?.text } == ["import", "block add", "run", "pause", "run"])
        #expect(log.map { $0["state"]?.text } == ["done", "done", "done", "done", "failed"])
        #expect(log.allSatisfy { $0["by"]?["kind"] == "terminal" })
        #expect(log.allSatisfy { $0["by"]?["name"]?.text?.contains("uid \(geteuid())") == true })
        #expect(log[0]["counted"]?["contacts"] == 2 && log[0]["counted"]?["rejected"] == 1)
        #expect(log[2]["counted"]?["accepted"] == 1 && log[2]["campaign"] == "camp")
        #expect(log[4]["error"]?.text?.hasPrefix("paused since") == true, "\(log[4])")
        let shown = try await cli.discador("log", "camp", "--limit", "2")
        let lines = shown.stdout.split(separator: "\n")
        #expect(lines.count == 4 && lines[1].contains("pause  camp") && lines[2].contains("failed"), "\(lines)")
        let everything = try await cli.discador("log").stdout + cli.discador("log", "--json").stdout
        for secret in ["11987654301", "987654302", "Maria", "Pessoa", "contatos.csv", "nenhum"] {
            #expect(!everything.contains(secret), "\(secret)")
        }
        #expect(try await cli.discador("log", "camp", "--limit", "0").exitCode == 64)
        #expect(try await cli.discador("log", "nowhere").exitCode == 65)
        await cli.simulator.shutdown()
    }

    @Test func `nothing of a deleted campaign is left in it but counts`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("delete", "camp", "--yes").exitCode == 0)
        let log = try JSONValue(try await cli.discador("log", "--json").stdout)["actions"]?.items ?? []
        #expect(log.map { $0["operation"]?.text } == ["import", "run", "delete", "delete, end"])
        #expect(log.allSatisfy { $0["campaign"]?.text == nil && $0["words"] == .object([:]) }, "\(log)")
        #expect(log[2]["counted"]?["contacts"] == 2)
        #expect(try await !cli.discador("log").stdout.contains("camp "))
        await cli.simulator.shutdown()
    }
}
