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
        #expect(try cli.counts().ready == 3)
        // The number that was blocked meanwhile stays so: that is how those who were called are protected.
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts().accepted == 2 && cli.counts().excluded == 1)
        #expect(cli.simulator.ledger().count { $0.phone == "5511900000001" && $0.rang } == 1)
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
            restored.stderr.contains("do-not-call list of the replaced database could not be read"),
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
}
