import Foundation
import Testing
import ZAPISimulator

/// What `check --database` says of databases to which nothing but our own commands has happened.
@Suite struct `A check of the database` {
    @Test func `finds nothing after any command`() async throws {
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
}
