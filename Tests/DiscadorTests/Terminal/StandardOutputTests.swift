import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// What happens to results that cannot be written.
@Suite(.fewAtATime) struct `Standard output` {
    static let commands = [
        "report camp", "report camp --format csv", "report camp --format json", "report camp --rows attempts",
        "status", "status camp --json", "status camp --watch", "plan camp", "plan camp --json", "doubts camp",
        "why camp 5511900000000",
        "block list", "block list --json", "block add 5511900000001", "block remove 5511900000003",
        "retry camp --failed",
        "check --database", "check camp", "queue camp", "import camp", "import camp --preview", "pause camp",
        "resume camp", "backup copy.db", "run camp", "cancel camp --yes", "--help", "run --help", "help report",
        "--version",
        "--generate-completion-script bash", "simulate --port 0",
    ]

    @Test func `is an error of every command when it cannot be written, and says so`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "5511900000003").exitCode == 0)
        for command in Self.commands {
            let words = command.split(separator: " ").map(String.init)
            let result = try await Program(
                words, in: cli.folder, environment: CLIFixture.environment, shell: "exec >/dev/full"
            ).result()
            #expect(result.exitCode == 74, "\(command): \(result.exitCode) \(result.stderr)")
            #expect(result.stderr.contains("standard output (No space left on device)"), "\(command): \(result.stderr)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `is not an error when its reader has left`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "5511900000003").exitCode == 0)
        #expect(mkfifo(cli.folder.appending(path: "pipe").path, 0o600) == 0)
        for command in Self.commands where !command.hasPrefix("simulate") {
            let words = command.split(separator: " ").map(String.init)
            // A pipe that had a reader once.
            let result = try await Program(
                words, in: cli.folder, environment: CLIFixture.environment,
                shell: "exec 3<>pipe; exec >pipe; exec 3<&-"
            ).result()
            #expect(result.exitCode == 0, "\(command): \(result.stderr)")
            #expect(!result.stderr.contains("error"), "\(command): \(result.stderr)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `that is closed never becomes a file that the command opens`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for arguments in [["status"], ["block", "add", "5511900000001"], ["report", "camp", "--format", "csv"]] {
            let result = try await Program(
                arguments, in: cli.folder, environment: CLIFixture.environment, shell: "exec <&- >&-"
            ).result()
            #expect(result.exitCode == 74, "\(arguments) \(result.stderr)")
        }
        #expect(try await cli.discador("check", "--database").exitCode == 0)
        for file in ["discador.db-lock", "discador.db-wal"] {
            let bytes = FileManager.default.contents(atPath: cli.folder.appending(path: file).path) ?? Data()
            #expect(bytes.range(of: Data("camp:".utf8)) == nil && bytes.range(of: Data("telefone".utf8)) == nil)
        }
        await cli.simulator.shutdown()
    }

    @Test func `that cannot be written keeps no run from dialing, and hides none of its results`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(20))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.start("run", "camp", shell: "exec >/dev/full").result().exitCode == 74)
        #expect(try cli.counts().accepted == 20)
        try cli.expectEveryPromiseKept(contacts: 20, maxInDoubt: 0)
        await cli.simulator.shutdown()

        let failing = try await CLIFixture(phones: ["5511900000093"])
        #expect(try await failing.discador("import", "camp").exitCode == 0)
        let result = try await failing.start("run", "camp", shell: "exec >/dev/full").result()
        #expect(result.exitCode == 3 && result.stderr.contains("standard output"), "\(result.stderr)")
        await failing.simulator.shutdown()
    }

    @Test func `can be written while standard error cannot`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for stream in ["exec 2>/dev/full", "exec 2>&-"] {
            let result = try await cli.start("run", "camp", "--verbose", shell: stream).result()
            #expect(result.exitCode == 0 && result.stdout.contains("accepted"))
        }
        await cli.simulator.shutdown()
    }

    @Test(arguments: [0, 1, 3])
    func `gets a streamed list as one JSON document`(count: Int) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let phones = CLIFixture.phones(count)
        _ = try await cli.discador("import", "camp")
        for phone in phones {
            _ = try await cli.discador("block", "add", phone, "--reason", "said \"no\"\nto Ana")
        }
        let result = try await cli.discador("block", "list", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8))
        let whole = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        #expect(result.stdout == String(decoding: whole, as: UTF8.self) + "\n")
        let document = try JSONDecoder().decode(Shape.self, from: Data(result.stdout.utf8))
        #expect(document.version == 1 && document.blocks.count == count)
    }

    private struct Shape: Decodable {
        struct Block: Decodable {
            var phone: String
        }

        var version: Int
        var blocks: [Block]
    }
}
