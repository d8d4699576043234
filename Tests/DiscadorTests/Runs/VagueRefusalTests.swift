import CampaignCore
import ScriptedServer
import Synchronization
import Testing
import ZAPISimulator

@Suite(.fewAtATime, .timeLimit(.minutes(10))) struct `A refusal without a reason` {
    @Test func `fails three contacts of each instance, not the whole list`() async throws {
        let phones = (0..<40).map { "\(5_511_900_000_082 + $0 * 100)" }
        let cli = try await CLIFixture(phones: phones, settings: "workers: 1\n")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp")
        #expect(run.exitCode == 4, "\(run.stderr)")
        #expect(run.stderr.contains("Operation failed (for several contacts in a row"), "\(run.stderr)")
        #expect(cli.simulator.ledger().count { $0.endpoint == "send-call" } == 6)
        let counts = try cli.counts()
        #expect(counts.failed == 6 && counts.ready == 34)
        let status = try await cli.discador("status", "camp")
        #expect(status.stdout.contains("for several contacts in a row"), "\(status.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `costs one contact for each further run, and none of the others once the server is repaired`()
        async throws
    {
        let isMended = Mutex(false)
        let server = try ScriptedServer { line in
            guard line.contains("/send-call ") else { return .reply(200, #"{"connected":true,"messages":[]}"#) }
            return isMended.withLock { $0 }
                ? .reply(200, #"{"zaapId":"Z","messageId":"M"}"#) : .reply(400, #"{"error":"Internal failure"}"#)
        }
        defer { server.stop() }
        let cli = try await CLIFixture(phones: CLIFixture.phones(30))
        try cli.write(
            """
            name: camp
            contacts: contatos.csv
            instances:
            \(CLIFixture.instance("A", baseURL: server.baseURL, pace: "open"))
            workers: 4
            window: always
            """, to: cli.campaignFile)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        var failed: [Int] = []
        for _ in 0..<5 {
            let run = try await cli.discador("run", "camp")
            #expect(run.exitCode == 4, "\(run.stderr)")
            #expect(!run.stderr.contains("the refused calls were not placed"), "\(run.stderr)")
            #expect(run.stderr.contains("`discador retry camp --failed` requeues those"), "\(run.stderr)")
            failed.append(try cli.counts().failed)
        }
        #expect(failed == [3, 4, 5, 6, 7])
        isMended.withLock { $0 = true }
        #expect(try await cli.discador("run", "camp").exitCode == 3, "some have failed")
        #expect(try cli.counts().accepted == 23)
        #expect(try await cli.discador("retry", "camp", "--failed", "--yes").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts().accepted == 30)
        await cli.simulator.shutdown()
    }
}
