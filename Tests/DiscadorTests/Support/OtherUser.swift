import Foundation
import Glibc

/// Runs commands as another user of this machine.
enum OtherUser {
    private static let setpriv = "/usr/bin/setpriv"
    private static let shell = "exec \(setpriv) --reuid=65534 --regid=65534 --clear-groups \"$0\" \"$@\""

    static func discador(_ cli: CLIFixture, _ arguments: String...) async throws -> Program.Result {
        try await run(arguments, cli)
    }

    static func run(_ arguments: [String], _ cli: CLIFixture) async throws -> Program.Result {
        try await Program(arguments, in: cli.folder, environment: CLIFixture.environment, shell: shell).result()
    }

    static func canRun() async throws -> Bool {
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: setpriv) else { return false }
        let folder = URL(fileURLWithPath: "/")
        return try await Program(["--version"], in: folder, shell: shell).result().exitCode == 0
    }
}
