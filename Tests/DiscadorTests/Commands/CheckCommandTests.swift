import Foundation
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command check` {
    @Test func `of a database finds nothing wrong after any command`() async throws {
        // Accepted, failed, in doubt, without WhatsApp, and some whose form at WhatsApp differs.
        let phones =
            CLIFixture.phones(10) + ["93", "97", "94", "85", "185", "95"].map { "55119876540\($0.suffix(2))" }
            + ["5511987655185", "123"]
        let cli = try await CLIFixture(
            phones: phones, settings: "workers: 4\ntimeout: 1s", scenario: Scenario(hang: .milliseconds(10)))
        try cli.write("telefone\n5511900000004\n5511900000005\nx\n", to: cli.folder.appending(path: "b.csv"))
        let commands: [([String], Set<Int32>)] = [
            (["import", "camp"], [0]), (["import", "camp"], [0]), (["block", "add", "5511900000001"], [0]),
            (["block", "import", "b.csv"], [65]), (["plan", "camp", "--check-whatsapp"], [0]),
            (["block", "remove", "5511900000001", "--requeue"], [0]), (["run", "camp", "--canary", "3"], [0, 3, 4]),
            (["run", "camp"], [3]), (["retry", "camp", "--failed", "--yes"], [0]), (["run", "camp"], [3]),
            (["resolve", "camp", "--all", "--as", "not-called", "--yes"], [0]), (["queue", "camp"], [0]),
            (["cancel", "camp"], [64]), (["cancel", "camp", "--yes"], [0]),
            (["retry", "camp", "--where", "state = excluded", "--yes"], [0]),
            (["pause", "camp"], [0]), (["run", "camp"], [75]), (["resume", "camp"], [0]),
            (["backup", "copy.db"], [0]), (["plan", "camp", "--check-whatsapp"], [0]), (["run", "camp"], [0, 3]),
        ]
        for (command, codes) in commands {
            let result = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
            #expect(codes.contains(result.exitCode), "\(command): \(result.exitCode) \(result.stderr)")
            let check = try await cli.discador("check", "--database")
            #expect(check.exitCode == 0, "after \(command): \(check.stdout)")
        }
        #expect(try await cli.discador("check", "--database", "--db", "copy.db").exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `asks each instance for its status, and calls no one`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        let check = try await cli.discador("check", "camp")
        #expect(check.exitCode == 0)
        #expect(check.stdout.contains("instance iB: connected"))
        cli.simulator.disconnect(instance: "B")
        let broken = try await cli.discador("check", "camp")
        #expect(broken.exitCode == 4)
        #expect(broken.stdout.contains("iB: disconnected: You are not connected."))
        #expect(!cli.simulator.ledger().contains { $0.endpoint == "send-call" })
        await cli.simulator.shutdown()
    }

    @Test func `of a campaign whose database has gone fails as its run would`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: cli.database + suffix) }
        let check = try await cli.discador("check", "camp")
        let run = try await cli.discador("run", "camp")
        #expect(check.exitCode == 74 && run.exitCode == 74, "\(check.stdout)\n\(run.stderr)")
        #expect(check.stdout.contains("BAD  database:"), "\(check.stdout)")
        #expect(cli.simulator.ledger().allSatisfy { $0.endpoint != "send-call" })
        await cli.simulator.shutdown()
    }

    @Test func `of a damaged database fails and says what to do, and so does its backup`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2000))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let sound = try await cli.discador("check", "--database")
        #expect(sound.exitCode == 0 && sound.stdout.contains("all totals add up"), "\(sound.stderr)")
        #expect(try await cli.discador("check").exitCode == 64)

        let file = URL(fileURLWithPath: cli.database)
        var bytes = try Data(contentsOf: file)
        let middle = bytes.count / 2 / 4096 * 4096
        for index in middle..<(middle + 4096) { bytes[index] = 0x5A }
        try bytes.write(to: file)
        let damaged = try await cli.discador("check", "--database")
        #expect(damaged.exitCode == 74)
        // Which page is in the middle decides whether the file can be opened: it is a finding in either case.
        let told = damaged.stdout
        #expect(told.contains("discador backup") && told.contains(".recover"), "\(told)\(damaged.stderr)")
        #expect(try await cli.discador("backup", "copy.db").exitCode == 74)
        #expect(!FileManager.default.fileExists(atPath: cli.folder.appending(path: "copy.db").path))

        try bytes.prefix(8192).write(to: file)
        let run = try await cli.discador("run", "camp")
        #expect(run.exitCode == 74 && run.stderr.contains("is damaged"), "\(run.stderr)")
        #expect(try Data(contentsOf: file) == bytes.prefix(8192))
        await cli.simulator.shutdown()
    }
}
