import CampaignCore
import ScriptedServer
import Synchronization
import Testing
import ZAPISimulator

@Suite(.timeLimit(.minutes(10))) struct `A refusal that names no reason` {
    @Test func `fails three contacts of each instance, and not the list`() async throws {
        let phones = (0..<40).map { "\(5_511_900_000_082 + $0 * 100)" }
        let workshop = try await Workshop(phones: phones, settings: "workers: 1\n")
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let run = try await workshop.discador("run", "camp")
        #expect(run.exitCode == 4, "\(run.stderr)")
        #expect(run.stderr.contains("Operation failed (said of several contacts in a row"), "\(run.stderr)")
        #expect(workshop.simulator.ledger().count { $0.endpoint == "send-call" } == 6)
        let counts = try workshop.counts()
        #expect(counts.failed == 6 && counts.ready == 34)
        let status = try await workshop.discador("status", "camp")
        #expect(status.stdout.contains("said of several contacts in a row"), "\(status.stdout)")
        await workshop.simulator.shutdown()
    }

    @Test func `costs one contact for each further run, and none of the others once the server is mended`() async throws
    {
        let isMended = Mutex(false)
        let server = try ScriptedServer { line in
            guard line.contains("/send-call ") else { return .reply(200, #"{"connected":true,"messages":[]}"#) }
            return isMended.withLock { $0 }
                ? .reply(200, #"{"zaapId":"Z","messageId":"M"}"#) : .reply(400, #"{"error":"Internal failure"}"#)
        }
        defer { server.stop() }
        let workshop = try await Workshop(phones: Workshop.phones(30))
        try workshop.write(
            """
            name: camp
            contacts: contatos.csv
            instances:
            \(Workshop.instance("A", baseURL: server.baseURL, pace: "open"))
            workers: 4
            window: always
            """, to: workshop.campaignFile)
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        var failed: [Int] = []
        for _ in 0..<5 {
            let run = try await workshop.discador("run", "camp")
            #expect(run.exitCode == 4, "\(run.stderr)")
            #expect(!run.stderr.contains("nobody was harmed"), "\(run.stderr)")
            #expect(run.stderr.contains("`discador retry camp --failed` puts those back"), "\(run.stderr)")
            failed.append(try workshop.counts().failed)
        }
        #expect(failed == [3, 4, 5, 6, 7])
        isMended.withLock { $0 = true }
        #expect(try await workshop.discador("run", "camp").exitCode == 3, "some have failed")
        #expect(try workshop.counts().accepted == 23)
        #expect(try await workshop.discador("retry", "camp", "--failed", "--yes").exitCode == 0)
        #expect(try await workshop.discador("run", "camp").exitCode == 0)
        #expect(try workshop.counts().accepted == 30)
        await workshop.simulator.shutdown()
    }
}
