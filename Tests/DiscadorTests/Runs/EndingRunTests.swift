import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Glibc
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// A run that ends while other commands request operations.
@Suite(.fewAtATime) struct `A run that ends` {
    private static let waits =
        "The run has ended, and no call is under way; waiting for `import camp`, requested by another command."

    @Test func `continues to serve other commands while it waits for an operation that one of them requested`()
        async throws
    {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(3))
        let imported = try await PipedImport(beside: waiting)
        await waiting.run.send(SIGINT)
        try await waiting.run.wait(for: Self.waits, count: 1)

        let blocked = try await waiting.discador("block", "add", "11900000001", "--json")
        #expect(blocked.exitCode == 0, "\(blocked.stderr)")
        #expect(try JSONValue(blocked.stdout)["excluded"] == 1)
        let resumed = try await waiting.discador("pause", "camp", "--json")
        #expect(resumed.exitCode == 0, "\(resumed.stderr)")
        // There is no call left to wait for.
        #expect(try JSONValue(resumed.stdout)["wasRunning"] == false)
        #expect(try await waiting.discador("resume", "camp").exitCode == 0)
        let status = try await waiting.discador("status", "camp")
        #expect(status.stdout.contains("not running; resume with `discador run camp`; process "), "\(status.stdout)")
        #expect(status.stdout.contains("(end of run camp: import camp) still holds the database"))
        #expect(!status.stdout.contains("an hour"))
        let document = try JSONValue(try await waiting.discador("status", "camp", "--json").stdout)
        #expect(
            document["campaigns"]?[0]?["running"] == false && document["campaigns"]?[0]?["contactsPerHour"] == .null)
        // Signals now have nothing to stop, and the import is not given up.
        await waiting.run.send(SIGINT, SIGTERM)

        #expect(try imported.finish(with: "11900000010").contains("done"))
        let result = try await waiting.run.result()
        #expect(result.exitCode == 130)
        #expect(result.stderr.contains("stopped; no call was left under way. Resume with `discador run camp`."))
        #expect(try waiting.cli.counts().ready == 3 && waiting.rang.isEmpty)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `does not keep the command waiting that has only paused it`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let imported = try await PipedImport(beside: waiting)
        // Returns when no call is under way, whatever other commands have requested.
        let stopped = try await waiting.discador("pause", "camp")
        #expect(stopped.exitCode == 0, "\(stopped.stderr)")
        #expect(!waiting.run.isOver)
        _ = try imported.finish(with: "11900000010")
        #expect(try await waiting.run.result().exitCode == 130)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `is followed by another when contacts come after its last look`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let imported = try await PipedImport(beside: waiting)
        try Self.connect(waiting)
        try await waiting.run.wait(for: Self.waits, count: 1)
        #expect(try imported.finish(with: "11900000010", "11900000011").contains("done"))
        let result = try await waiting.run.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(waiting.rang.count == 4 && Set(waiting.rang).count == 4)
        #expect(!result.stdout.contains("not finished"))
        await waiting.cli.simulator.shutdown()
    }

    @Test(arguments: [true, false])
    func `is not followed, and says so, when it was stopped meanwhile`(byPause: Bool) async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let imported = try await PipedImport(beside: waiting)
        try Self.connect(waiting)
        try await waiting.run.wait(for: Self.waits, count: 1)
        if byPause {
            #expect(try await waiting.discador("pause", "camp").exitCode == 0)
        } else {
            // The second one is answered once the first has had its effect.
            await waiting.run.send(SIGINT, SIGUSR1)
            try await waiting.run.wait(for: "2 accepted", count: 1)
        }
        #expect(try imported.finish(with: "11900000010").contains("done"))
        let result = try await waiting.run.result()
        let says =
            byPause ? "camp was paused since " : "stopped; no call was left under way. Resume with `discador run camp`."
        #expect(result.exitCode == 130 && result.stderr.contains(says), "\(result.stderr)")
        #expect(try waiting.cli.counts().ready == 1 && waiting.rang.count == 2)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `cancels also those who are still being imported`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let imported = try await PipedImport(beside: waiting)
        try Self.connect(waiting)
        try await waiting.run.wait(for: Self.waits, count: 1)
        let cancel = try waiting.cli.start("cancel", "camp", "--yes")
        try await waiting.run.wait(for: "a cancel that waits for the import") {
            let label = WriterLock.holder(ofDatabase: waiting.cli.database)?.command
            return label == "end of run camp: cancel camp, import camp"
        }
        _ = try imported.finish(with: "11900000010")
        let cancelled = try await cancel.result()
        #expect(cancelled.stdout.hasPrefix("1 contact of camp will not be called"), "\(cancelled.stderr)")
        #expect(try await waiting.run.result().exitCode == 0)
        let counts = try waiting.cli.counts()
        #expect(counts.excluded == 1 && counts.ready == 0 && waiting.rang.count == 2)
        await waiting.cli.simulator.shutdown()
    }

    @Test(arguments: [SIGINT, SIGKILL])
    func `leaves the work to a command that was still reading its list`(_ signal: Int32) async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(1))
        let folder = waiting.cli.folder
        let path = folder.appending(path: "pipe").path
        try #require(mkfifo(path, 0o600) == 0)
        let list = try waiting.cli.start("import", "camp", "-", shell: "exec < pipe")
        var descriptor: Int32 = -1
        try await list.wait(for: "a reader of the pipe") {
            descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            return descriptor >= 0
        }
        let pipe = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try await list.wait(for: "a copy of the list") {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).contains { $0.contains("-list-") }
        }
        await waiting.run.send(signal)
        #expect(try await waiting.run.result().exitCode == (signal == SIGINT ? 130 : 128 + SIGKILL))
        try pipe.write(contentsOf: Data("fone\n11900000010\n".utf8))
        try pipe.close()
        let result = try await list.result()
        #expect(result.exitCode == 0 && result.stdout.contains("-: 1 row: 1 added"), "\(result.stderr)")
        #expect(try waiting.cli.counts().ready == 2)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.filter { $0.contains("-list-") } == [])
        await waiting.cli.simulator.shutdown()
    }

    @Test func `reports the state at which it released the database, whatever is written to it before the report`()
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let store = try CampaignStore(
            path: cli.database,
            holder: .init(pid: getpid(), host: "here", command: "run camp", since: Timestamp(milliseconds: 0)))
        let counts = try store.reader().counts(campaign: "camp")
        let outcome = RunOutcome(
            of: .ended(RunReport(end: .finished, counts: counts)), "camp", Result { try store.reader() })
        try store.close()
        try cli.write("fone\n11900000010\n", to: cli.folder.appending(path: "more.csv"))
        #expect(try await cli.discador("import", "camp", "more.csv").exitCode == 0)
        #expect(try cli.counts().ready == 1)
        #expect(try outcome.summary.get().counts == counts && counts.accepted == 2)
        await cli.simulator.shutdown()
    }

    private static func connect(_ waiting: WaitingRun) throws {
        for instance in ["A", "B"] { _ = try waiting.cli.simulator.connect(instance: instance) }
    }
}
