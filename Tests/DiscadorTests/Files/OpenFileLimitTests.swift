import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Machines that are short of something, and what killed processes leave on them.
struct OddMachineTests {
    @Test func `a call for which there is no connection left is made later, and is no doubt`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(60), settings: "workers: 48")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // A few more than nothing can be done without.
        let files = 34 + 3 * ProcessInfo.processInfo.activeProcessorCount
        let run = try cli.start("run", "camp", shell: "ulimit -n \(files)")
        let result = try await run.result()
        #expect(result.stderr.contains("52 connections may be wanted at once"), "\(result.stderr)")
        #expect(result.stderr.contains("ulimit -Hn"))
        let counts = try cli.counts()
        #expect(counts.inDoubt == 0 && counts.dialing == 0, "\(result.stderr)")
        try cli.expectEveryPromiseKept(contacts: 60, maxInDoubt: 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [8, 12, 20, 28])
    func `a limit of open files that is too low for anything is named, with what to do, and not the disk`(files: Int)
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for command in [["run", "camp"], ["status", "camp"], ["check", "camp"]] {
            let result = try await Program(
                command, in: cli.folder, environment: CLIFixture.environment, shell: "ulimit -n \(files)"
            ).result()
            #expect(result.exitCode == 74 && !result.stderr.contains("disk"), "\(result.stderr)")
            #expect(result.stderr.contains("may have \(files) files open"), "\(result.stderr)")
            #expect(result.stderr.contains("ulimit -n 1024"))
        }
        #expect(cli.simulator.ledger().isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `copies of lists that a killed command left are removed at the next start, and nothing else is`()
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let left = cli.database + "-list-\(UUID().uuidString)"
        let locked = cli.database + "-list-\(UUID().uuidString)"
        let other = cli.database + "-list-notes.csv"
        for path in [left, locked, other] { try cli.write("fone\n", to: URL(fileURLWithPath: path)) }
        let descriptor = open(locked, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(try await cli.discador("block", "add", "11900000000").exitCode == 0)
        #expect([left, locked, other].map { FileManager.default.fileExists(atPath: $0) } == [false, true, true])
        await cli.simulator.shutdown()
    }

    @Test(
        arguments: [
            ("run other", ["run", "camp"], "stop it with `discador pause other --db ./discador.db`"),
            ("import camp", ["run", "camp"], "wait for it to end, then run the same command again"),
            ("run camp", ["block", "add", "11900000000"], "kill -TERM \(getpid())"),
        ])
    func `who finds the database in use is told what its holder obeys`(
        holder: String, command: [String], hint: String
    ) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let store = try CampaignStore(
            path: cli.database,
            holder: .init(pid: getpid(), host: "here", command: holder, since: .init(milliseconds: 0)))
        let result = try await Program.run(
            command + ["--db", "./discador.db"], in: cli.folder, environment: CLIFixture.environment)
        #expect(result.exitCode == 5)
        #expect(result.stderr.contains(hint), "\(result.stderr)")
        try store.close()
        await cli.simulator.shutdown()
    }

    @Test func `a file of certificates that cannot be used is named before anybody is called`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let result = try await cli.discador(
            "run", "camp", environment: CLIFixture.environment.merging(["SSL_CERT_FILE": "/nowhere/ca.pem"]) { $1 })
        #expect(result.exitCode == 64)
        #expect(result.stderr.contains("SSL_CERT_FILE names /nowhere/ca.pem"), "\(result.stderr)")
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }
}
