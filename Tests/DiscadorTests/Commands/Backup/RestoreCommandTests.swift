import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command restore` {
    @Test func `puts a copy in place that knows every call, and keeps what was there`() async throws {
        let cli = try await CLIFixture.dialed()
        let counts = try cli.counts()
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        let restored = try await cli.discador("restore", "copy.db", "--json")
        #expect(restored.exitCode == 0, "\(restored.stderr)")
        let document = try JSONValue(restored.stdout)
        #expect(document["forgottenTransactions"] == 0 && document["campaigns"] == .array(["camp"]))
        #expect(try cli.counts() == counts)
        let kept = try #require(document["kept"]?.text)
        #expect(try StoreReader(path: kept).counts(campaign: "camp") == counts)
        #expect(try await cli.discador("check", "--database").exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `refuses a copy that forgets calls until it is told to, and then says how many`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "11900000001").exitCode == 0)
        let refused = try await cli.discador("restore", "copy.db")
        #expect(refused.exitCode == 74, "\(refused.stderr)")
        #expect(refused.stderr.contains("`discador restore copy.db --forget-later-calls`"), "\(refused.stderr)")
        #expect(try cli.counts().accepted == 3)

        let restored = try await cli.discador("restore", "copy.db", "--forget-later-calls", "--json")
        #expect(restored.exitCode == 0, "\(restored.stderr)")
        let document = try JSONValue(restored.stdout)
        #expect(document["forgottenCalls"] == 3 && document["blocksKept"] == 1)
        #expect(try cli.counts().ready == 2)
        // The number that was blocked meanwhile stays so: that is how those who were called are protected.
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts().accepted == 2 && cli.counts().excluded == 1)
        #expect(cli.simulator.ledger().count { $0.phone == "5511900000001" && $0.rang } == 1)
        await cli.simulator.shutdown()
    }

    @Test func `lists exactly those whose calls it forgets, for the command that it prints`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        // The one is accepted, the other refused, and of the third nobody knows.
        try cli.write("fone\n5511987654302\n5511987654393\n5511987654397\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let restored = try await cli.discador("restore", "copy.db", "--forget-later-calls")
        #expect(restored.exitCode == 0, "\(restored.stderr)")
        #expect(restored.stderr.contains("the last 3 calls, which reached 2 people, or may have"), "\(restored.stderr)")
        let command = try #require(restored.stderr.firstMatch(of: /\(`discador ([^`]+)`\)/)).1
        let blocked = try await Program.run(command.split(separator: " ").map(String.init), in: cli.folder)
        #expect(blocked.exitCode == 0, "\(command): \(blocked.stderr)")
        #expect(blocked.stdout.hasPrefix("2 added to the do-not-call list, 2 waiting contacts excluded"))
        let list = try await cli.discador("block", "list").stdout
        #expect(list.contains("5511987654302") && list.contains("5511987654397") && list.contains("forgotten"))
        let before = cli.rang.count
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(cli.rang.count == before)
        #expect(try cli.counts().excluded == 2 && cli.counts().failed == 1)
        await cli.simulator.shutdown()
    }

    @Test func `does not say that nobody was rung when those who were have been forgotten`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("forget", "5511987654301", "--yes").exitCode == 0)
        let restored = try await cli.discador("restore", "copy.db", "--forget-later-calls")
        #expect(restored.exitCode == 0, "\(restored.stderr)")
        #expect(restored.stderr.contains("the last call, which reached 1 person, or may have"), "\(restored.stderr)")
        #expect(restored.stderr.contains("nobody can list them, because they were forgotten since"))
        #expect(!restored.stderr.contains("nobody was rung"))
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(cli.rang.count == 1)
        await cli.simulator.shutdown()
    }

    @Test func `keeps a person held who has written since the copy was made, and says so`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try await cli.addCampaign("outra", phones: ["5511987654301"])
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        let text = #""text":{"message":"quem é você? me deixa em paz"}"#
        try await cli.receive { [$0.body("ReceivedCallback", text, ids: false)] }
        let restored = try await cli.discador("restore", "copy.db", "--forget-later-calls")
        #expect(restored.exitCode == 0 && !restored.stderr.contains("does not know"), "\(restored.stderr)")
        #expect(
            restored.stdout.contains("1 reply that the copy did not have was added; 1 of them waits for a decision"),
            "\(restored.stdout)")
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(cli.rang.count == 1)
        #expect(try cli.counts(of: "outra").excluded == 1)
        await cli.simulator.shutdown()
    }

    @Test func `says that a do-not-call list is lost where the replaced database cannot be read`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        #expect(try await cli.discador("block", "add", "11900000000").exitCode == 0)
        try Data("no database".utf8).write(to: cli.folder.appending(path: "discador.db"))
        let restored = try await cli.discador("restore", "copy.db", "--forget-later-calls")
        #expect(restored.exitCode == 0)
        #expect(
            restored.stderr.contains("webhook addresses, as they were last, could not be read"),
            "\(restored.stderr)")
        #expect(restored.stderr.contains("`discador block add PHONE`"), "\(restored.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `suggests to restore an older copy, or another database, to where it was asked to`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp", "--db", "my calls.db").exitCode == 0)
        #expect(try await cli.discador("backup", "copy.db", "--db", "my calls.db").exitCode == 0)
        #expect(try await cli.discador("run", "camp", "--db", "my calls.db").exitCode == 0)
        #expect(try await cli.discador("import", "camp", "--db", "other.db").exitCode == 0)
        for copy in ["copy.db", "other.db"] {
            let refused = try await cli.discador("restore", copy, "--db", "my calls.db")
            #expect(refused.exitCode == 74, "\(refused.stderr)")
            let suggested = "`discador restore \(copy) --forget-later-calls --db 'my calls.db'`"
            #expect(refused.stderr.contains(suggested), "\(refused.stderr)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `says in Portuguese what it did, and what the copy does not know`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("backup", "copy.db").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "11900000001").exitCode == 0)
        let none = try await cli.discador("restore", "nothing.db", "--lang", "pt-BR")
        #expect(
            none.exitCode == 65
                && none.stderr.contains(
                    "O arquivo nothing.db não existe: indique uma cópia feita com `discador backup`. Nada foi mudado."),
            "\(none.stderr)")
        let restored = try await cli.discador("restore", "copy.db", "--forget-later-calls", "--lang", "pt-BR")
        #expect(restored.exitCode == 0, "\(restored.stderr)")
        for sentence in [
            "foi restaurado a partir de copy.db: 1 campanha.", "O banco de dados substituído está guardado em ",
            "Foi acrescentado 1 número da lista de não ligar que a cópia não tinha.",
        ] {
            #expect(restored.stdout.contains(sentence), "\(restored.stdout)")
        }
        #expect(
            restored.stderr.contains(
                "esta cópia não conhece as últimas 3 ligações, que chegaram, ou podem ter chegado, a 3 pessoas."),
            "\(restored.stderr)")
        await cli.simulator.shutdown()
    }
}
