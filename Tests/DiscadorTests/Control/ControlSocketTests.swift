import CampaignCore
import CampaignStore
import Foundation
import Glibc
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// The socket beside a database that is held, and its clients.
@Suite(.fewAtATime) struct `The control socket` {
    @Test func `of a process that was killed does no harm`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        await waiting.run.send(SIGKILL)
        #expect(try await waiting.run.result().wasKilled)
        #expect(FileManager.default.fileExists(atPath: waiting.socket))
        // No process holds the database: the command does it itself.
        let alone = try await waiting.discador("block", "add", "11900000000")
        #expect(alone.exitCode == 0, "\(alone.stderr)")
        // The next run takes its place.
        let next = try waiting.cli.start("run", "camp", "--verbose")
        try await next.wait(for: "run started", count: 1)
        let beside = try await waiting.discador("block", "add", "11900000001", "--json")
        #expect(try JSONValue(beside.stdout)["excluded"] == 1, "\(beside.stderr)")
        // Now no one is left to be dialed.
        #expect(try await next.result().exitCode == 0)
        #expect(!FileManager.default.fileExists(atPath: waiting.socket))
        #expect(waiting.rang == [])
        await waiting.cli.simulator.shutdown()
    }

    @Test func `works for databases whose path is longer than a socket's address`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2), settings: "health: {every: 1s}")
        let deep = cli.folder.appending(
            path: (0..<4).map { "\($0)" + String(repeating: "x", count: 60) }.joined(separator: "/"))
        try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
        let database = deep.appending(path: String(repeating: "d", count: 200)).path
        #expect(try await cli.discador("import", "camp", "--db", database).exitCode == 0)
        cli.simulator.disconnect(instance: "A")
        cli.simulator.disconnect(instance: "B")
        let run = try cli.start("run", "camp", "--verbose", "--db", database)
        try await run.wait(for: "run started", count: 1)
        let blocked = try await cli.discador("block", "add", "11900000001", "--db", database)
        #expect(blocked.stdout.contains("1 waiting contact excluded"), "\(blocked.stderr)")
        let piped = try await cli.start(
            "import", "camp", "-", "--db", database, shell: "exec < camp/contatos.csv"
        ).result()
        #expect(piped.exitCode == 0, "\(piped.stderr)")
        #expect(try await cli.discador("pause", "camp", "--db", database).stdout.hasPrefix("camp is paused: "))
        #expect(try await run.result().exitCode == 130)
        #expect(try FileManager.default.contentsOfDirectory(atPath: deep.path).allSatisfy { !$0.contains("-socket") })
        await cli.simulator.shutdown()
    }

    @Test(.enabled("needs root and setpriv, to be another user") { try await OtherUser.canRun() })
    func `refuses other users of the machine, even if the file lets them in`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let cli = waiting.cli
        let mode = try FileManager.default.attributesOfItem(atPath: waiting.socket)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let kept = try await OtherUser.discador(cli, "block", "add", "11900000001")
        #expect(kept.exitCode == 74, "\(kept.stderr)")
        for file in [waiting.socket, cli.database + "-lock"] { #expect(chmod(file, 0o666) == 0) }
        let refused = try await OtherUser.discador(cli, "block", "add", "11900000001")
        #expect(refused.exitCode == 5, "\(refused.stderr)")
        #expect(refused.stderr.contains("run camp"))
        #expect(try await waiting.discador("block", "list").stdout == "The do-not-call list is empty.\n")
        #expect(try await waiting.connect().exitCode == 0)
        #expect(waiting.rang.count == 2)
        await cli.simulator.shutdown()
    }

    @Test func `carries a response that is longer than the kernel keeps for a reader`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let rows = (0..<30_000).map { "119\(10_000_000 + $0)" }
        let list = waiting.cli.folder.appending(path: "doubts.csv")
        try Data(("phone\n" + rows.joined(separator: "\n") + "\n").utf8).write(to: list)
        let result = try await waiting.discador("resolve", "camp", "--file", list.path, "--as", "called", "--json")
        #expect(result.exitCode == 65, "\(result.stderr)")
        #expect(result.stdout.utf8.count > 400_000)
        await waiting.run.send(SIGINT)
        _ = try await waiting.run.result()
        await waiting.cli.simulator.shutdown()
    }

    @Test func `does not keep a run from ending when a client connects and asks for nothing`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(1))
        let idle = try BareSocket(connectingTo: waiting.socket)
        #expect(idle.read().contains(#"{"version":""#))
        let talker = try BareSocket(connectingTo: waiting.socket)
        #expect(talker.read().contains("version"))
        talker.send(#"{"nonsense": true}"#)
        #expect(talker.read().contains("cannot read the request"))
        let paused = try await waiting.discador("pause", "camp")
        #expect(paused.stdout.hasPrefix("camp is paused: "), "\(paused.stderr)")
        #expect(try await waiting.run.result().exitCode == 130)
        #expect(idle.read().contains("closing"))
        #expect(idle.read() == "")
        await waiting.cli.simulator.shutdown()
    }

    @Test func `of another version is recognized before anything is asked`() async throws {
        let (result, heard) = try await Self.commandBeforeHolder(saying: #"{"version":"99.0"}"#)
        #expect(result.exitCode == 5)
        #expect(result.stderr.contains("discador 99.0"), "\(result.stderr)")
        #expect(heard == "")
    }

    @Test func `that breaks off leaves the command in doubt, which says so and does not ask again`() async throws {
        let (result, heard) = try await Self.commandBeforeHolder(saying: nil)
        #expect(heard.contains("block add"))
        #expect(result.exitCode == 1)
        #expect(result.stderr.contains("it is not known whether this was done"), "\(result.stderr)")
    }

    /// Runs a command beside a process that holds the database and is not quite ours: its hello is another one, or it closes
    /// the connection without a response.
    private static func commandBeforeHolder(saying hello: String?) async throws -> (Program.Result, heard: String) {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let store = try CampaignStore(
            path: cli.database,
            holder: .init(pid: getpid(), host: "here", command: "run camp", since: Timestamp(milliseconds: 0)))
        let server = try BareSocket(listeningAt: cli.database + "-socket")
        async let heard = withCheckedContinuation { continuation in
            // A thread that may wait.
            Thread.detachNewThread {
                let client = server.next()
                client.send(hello ?? #"{"version":"\#(Discador.version)"}"#)
                continuation.resume(returning: client.read())
            }
        }
        let result = try await cli.discador("block", "add", "11900000001")
        try store.close()
        #expect(try await cli.discador("block", "list").stdout == "The do-not-call list is empty.\n")
        await cli.simulator.shutdown()
        return (result, await heard)
    }
}
