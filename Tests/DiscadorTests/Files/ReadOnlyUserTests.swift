import Foundation
import Glibc
import Testing
import ZAPISimulator

/// A user with read permission only, such as a colleague with another account, or anyone on a disk mounted read-only.
@Suite(.fewAtATime, .enabled("needs root and setpriv, to be another user") { try await OtherUser.canRun() })
struct `A user with read permission only` {
    /// Lets everyone read the database, as a person does who gives a colleague access; what is private stays so.
    private static func open(_ cli: CLIFixture) {
        for ending in ["", "-wal", "-shm"] { chmod(cli.database + ending, 0o644) }
    }

    @Test(arguments: [
        ["status"], ["report", "camp", "--rows", "calls", "--format", "csv"], ["doubts", "camp"], ["block", "list"],
        ["why", "camp", "5511900000000"], ["check", "--database"],
    ])
    func `sees everything while no one writes`(_ command: [String]) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        Self.open(cli)
        let own = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
        let seen = try await OtherUser.run(command, cli)
        #expect(seen.exitCode == 0, "\(seen.stderr)")
        #expect(seen.stderr == "")
        if command != ["status"] { #expect(seen.stdout == own.stdout) }
        await cli.simulator.shutdown()
    }

    @Test func `is not told that no run dials, where that cannot be known`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        Self.open(waiting.cli)
        let status = try await OtherUser.discador(waiting.cli, "status", "camp")
        #expect(status.exitCode == 0, "\(status.stderr)")
        #expect(status.stdout.contains("it is not known whether it is being dialed"), "\(status.stdout)")
        #expect(!status.stdout.contains("not running"))
        let document = try await OtherUser.discador(waiting.cli, "status", "camp", "--json")
        #expect(document.stdout.contains(#""running" : null"#), "\(document.stdout)")
        let pause = try await OtherUser.discador(waiting.cli, "pause", "camp")
        #expect(pause.exitCode == 74, "\(pause.stdout)")
        #expect(try await waiting.connect().exitCode == 0)
        await waiting.cli.simulator.shutdown()
    }
}
