import CampaignStore
import Foundation
import GRDB
import Glibc
import Testing
import ZAPISimulator

/// A database is the same for every process, whatever happens to its files and whatever they are called.
@Suite(.fewAtATime) struct `The files of a database` {
    @Test func `a run keeps SQLite's locks whatever other commands do, and nobody is called twice after a kill`()
        async throws
    {
        let (refused, doubtful) = ("5511987654393", "5511987654397")
        let waiting = try await WaitingRun(phones: [refused, doubtful]) { cli in
            #expect(try await cli.discador("run", "camp").exitCode == 3)
            try cli.write("fone\n11900000010\n11900000011\n", to: cli.list)
            #expect(try await cli.discador("import", "camp").exitCode == 0)
            let text = try String(contentsOf: cli.campaignFile, encoding: .utf8)
            try cli.write(
                text.replacingOccurrences(of: "name: camp", with: "name: other"),
                to: cli.folder.appending(path: "other.yml"))
        }
        let database = waiting.cli.database
        // SQLite's locks on the file and on the index of its log, and ours; one more while the run writes.
        var locks: [String] = []
        for _ in 0..<100 where locks.count != 3 { locks = try Self.locks(on: database) }
        #expect(locks.map { String($0.prefix { $0 != " " }) } == ["FLOCK", "POSIX", "POSIX"])
        try waiting.writeList("more.csv", phones: ["11900000012", "98765-4302", "11900000001"])
        try waiting.writeList("asked.csv", phones: ["11900000001"])
        let work = [
            "import camp more.csv", "import other.yml more.csv", "block add 11900000010", "block import asked.csv",
            "block remove 11900000010 --requeue", "retry camp --failed --yes",
            "resolve camp --phone \(doubtful) --as called", "cancel other --yes", "pause other", "resume other",
            "status camp", "plan camp",
            "report camp --format csv", "doubts camp", "why camp 11900000010", "block list",
            "backup copy.db", "import camp more.csv --preview",
        ]
        for words in work {
            let arguments = words.split(separator: " ").map(String.init)
            let result = try await Program.run(
                arguments, in: waiting.cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == 0, "\(words): \(result.stderr)")
            #expect(try Self.locks(on: database, like: locks) == locks, "\(words)")
            try Self.peek(database)
            #expect(FileManager.default.fileExists(atPath: database + "-wal"), "\(words)")
        }
        await waiting.run.send(SIGKILL)
        #expect(try await waiting.run.result().wasKilled)
        for instance in ["A", "B"] { _ = try waiting.cli.simulator.connect(instance: instance) }
        #expect(try await waiting.cli.discador("run", "camp").exitCode == 3)
        let rang = waiting.rang
        #expect(Set(rang).count == rang.count)
        #expect(Set(rang).isSuperset(of: ["5511900000010", "5511900000011", "5511900000012"]))
        await waiting.cli.simulator.shutdown()
    }

    @Test func `a run through a symbolic link is told who dials, and one through a hard link is refused`()
        async throws
    {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(20))
        let folder = waiting.cli.folder
        let elsewhere = folder.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: elsewhere.appending(path: "soft.db").path, withDestinationPath: "../discador.db")
        try FileManager.default.linkItem(
            atPath: waiting.cli.database, toPath: elsewhere.appending(path: "hard.db").path)
        let hard = try await waiting.discador("run", "camp", "--db", "elsewhere/hard.db")
        #expect(hard.exitCode == 5 && hard.stderr.contains("run camp"), "\(hard.stderr)")
        let soft = try waiting.cli.start("run", "camp", "--db", "elsewhere/soft.db")
        try await soft.wait(for: "camp is being dialed by process ", count: 1)
        // A link to the database is as good as the database.
        let blocked = try await waiting.discador("block", "add", "11900000000", "--db", "elsewhere/soft.db")
        #expect(blocked.exitCode == 0, "\(blocked.stderr)")
        let check = try await waiting.discador("check", "camp", "--database", "--db", "elsewhere/soft.db")
        #expect(check.stdout.contains("all totals add up"), "\(check.stdout)")
        #expect(try await waiting.connect().exitCode == 0)
        let shown = try await soft.result()
        #expect(shown.exitCode == 0 && shown.stderr.contains("(run camp)"), "\(shown.stderr)")
        #expect(waiting.rang.count == 19 && Set(waiting.rang).count == 19)
        #expect(try await waiting.discador("run", "camp", "--db", "elsewhere/hard.db").exitCode == 64)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).sorted() == ["hard.db", "soft.db"])
        await waiting.cli.simulator.shutdown()
    }

    @Test(.enabled("only root may mount") { geteuid() == 0 })
    func `a run through a bind mount of the file is refused`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(3))
        let mounted = waiting.cli.folder.appending(path: "mounted.db").path
        try Data().write(to: URL(filePath: mounted))
        let second = try await waiting.cli.start(
            "run", "camp", "--db", mounted,
            shell: "[ -n \"$MOUNTED\" ] || exec env MOUNTED=1 unshare -m sh -c '"
                + "mount --bind \(waiting.cli.database) \(mounted) && exec \"$0\" \"$@\"' \"$0\" \"$@\""
        ).result()
        #expect(second.exitCode == 5, "\(second.stderr)")
        #expect(try await waiting.connect().exitCode == 0)
        #expect(waiting.rang.count == 3)
        await waiting.cli.simulator.shutdown()
    }

    @Test(arguments: ["", "-wal", "-lock"])
    func `a run whose file is removed stops, and its results are read back once the file is back`(_ suffix: String)
        async throws
    {
        let phones = CLIFixture.phones(400)
        let cli = try await CLIFixture(
            phones: phones, settings: "workers: 8", scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(9)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 40)
        let path = cli.database + suffix
        try FileManager.default.moveItem(atPath: path, toPath: path + "-aside")
        let stopped = try await run.result()
        #expect(stopped.exitCode == 74, "\(stopped.stderr)")
        #expect(stopped.stderr.contains("removed or replaced"))
        let calls = cli.simulator.ledger().filter { $0.endpoint == "send-call" }.count
        #expect(calls < phones.count)
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: path + "-aside", toPath: path)
        #expect([0, 3].contains(try await cli.discador("run", "camp").exitCode))
        try cli.expectEveryPromiseKept(contacts: phones.count, maxInDoubt: 8)
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["cp old.db discador.db", "cat old.db > discador.db", ": > discador.db", ": > discador.db-wal"])
    func `a run whose file is overwritten stops, and no one is called again from what is left`(_ script: String)
        async throws
    {
        let phones = CLIFixture.phones(400)
        let cli = try await CLIFixture(
            phones: phones, settings: "workers: 8", scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(9)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try FileManager.default.copyItem(
            atPath: cli.database, toPath: cli.folder.appending(path: "old.db").path)
        #expect(try await cli.discador("block", "add", "11900000399").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 40)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.currentDirectoryURL = cli.folder
        shell.arguments = ["-c", script]
        try shell.run()
        shell.waitUntilExit()
        let stopped = try await run.result()
        #expect(stopped.exitCode == 74 && stopped.stderr.contains("written over"), "\(stopped.stderr)")
        let calls = cli.simulator.ledger().filter { $0.endpoint == "send-call" }
        #expect(calls.count < phones.count && Set(calls.map(\.phone)).count == calls.count)
        let again = try await cli.discador("run", "camp")
        #expect(again.exitCode == 74, "\(again.stderr)")
        #expect(cli.simulator.ledger().filter { $0.endpoint == "send-call" }.count == calls.count)
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

    /// The locks once they are the expected ones: the kernel's list is not one snapshot, and may miss a lock while others
    /// come and go.
    private static func locks(on database: String, like expected: [String]) throws -> [String] {
        for _ in 0..<100 {
            let locks = try locks(on: database)
            if locks == expected { return locks }
        }
        return try locks(on: database)
    }

    /// The locks that the process holds on a database as long as it dials from it, as the kernel lists them. Those that
    /// SQLite takes for a commit come and go.
    private static func locks(on database: String) throws -> [String] {
        let holder = try #require(WriterLock.holder(ofDatabase: database))
        let (file, index) = (try Self.inode(database), try Self.inode(database + "-shm"))
        // `1: POSIX  ADVISORY  READ 4711 fe:00:1234 1073741826 1073742335`
        let list = try FileHandle(forReadingFrom: URL(filePath: "/proc/locks")).readToEnd() ?? Data()
        return String(decoding: list, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 8, words[4] == "\(holder.pid)",
                let inode = words[5].split(separator: ":").last.map(String.init), [file, index].contains(inode)
            else { return nil }
            // On the index of the log: that a process has it open (UNIX_SHM_DMS in SQLite's os_unix.c).
            guard inode != index || words[6] == "128" else { return nil }
            return words.dropFirst().joined(separator: " ")
        }.sorted()
    }

    private static func inode(_ path: String) throws -> String {
        "\(try #require(FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int))"
    }

    /// What `sqlite3 discador.db 'select …'` does: the last connection to close the database removes its log.
    private static func peek(_ database: String) throws {
        let queue = try DatabaseQueue(path: database)
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM campaign") } ?? 0 > 0)
        try queue.close()
    }
}
