import Foundation
import Glibc
import Testing
import ZAPISimulator

/// Somebody who may read a database and write nothing, such as a colleague with another account, or whoever looks at a
/// disk that is mounted read-only.
@Suite(.enabled("needs root and setpriv, to be somebody else") { try await OtherUser.canRun() })
struct `A user who may only read` {
    /// Lets everybody read what is there, as a person does who gives a colleague access; what is ours alone stays so.
    private static func open(_ workshop: Workshop) {
        for ending in ["", "-wal", "-shm"] { chmod(workshop.database + ending, 0o644) }
    }

    @Test(arguments: [
        ["status"], ["report", "camp", "--rows", "calls", "--format", "csv"], ["doubts", "camp"], ["block", "list"],
        ["why", "camp", "5511900000000"], ["check", "--database"],
    ])
    func `sees everything while nobody writes`(_ command: [String]) async throws {
        let workshop = try await Workshop(phones: Workshop.phones(2))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        Self.open(workshop)
        let own = try await Program.run(command, in: workshop.folder, environment: Workshop.environment)
        let seen = try await OtherUser.run(command, workshop)
        #expect(seen.exitCode == 0, "\(seen.stderr)")
        #expect(seen.stderr == "")
        if command != ["status"] { #expect(seen.stdout == own.stdout) }
        await workshop.simulator.shutdown()
    }

    @Test func `is not told that nobody dials, where that cannot be told`() async throws {
        let waiting = try await WaitingRun(phones: Workshop.phones(2))
        Self.open(waiting.workshop)
        let status = try await OtherUser.discador(waiting.workshop, "status", "camp")
        #expect(status.exitCode == 0, "\(status.stderr)")
        #expect(status.stdout.contains("whether it is being dialled cannot be told"), "\(status.stdout)")
        #expect(!status.stdout.contains("not running"))
        let document = try await OtherUser.discador(waiting.workshop, "status", "camp", "--json")
        #expect(document.stdout.contains(#""running" : null"#), "\(document.stdout)")
        let pause = try await OtherUser.discador(waiting.workshop, "pause", "camp")
        #expect(pause.exitCode == 74, "\(pause.stdout)")
        #expect(try await waiting.connect().exitCode == 0)
        await waiting.workshop.simulator.shutdown()
    }
}
