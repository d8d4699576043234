import Foundation
import Glibc
import Subprocess
import SystemPackage

/// `discador run` as a separate process: this program, started as a user starts it.
struct RunProcess: Sendable {
    /// How it ended.
    enum End: Sendable, Equatable {
        case exited(Int32)
        case killed
        /// By a signal that this program did not send.
        case crashed(signal: Int32)
    }

    /// How many lines of stderr are kept: the last ones.
    private static let linesKept = 20

    let arguments: [String]
    let environment: [String: String]
    /// Maximum size that a file it writes may reach, in bytes; nil means any size.
    var largestFile: Int?

    /// Runs it to its end, with a SIGKILL as soon as `moment` returns true.
    ///
    /// If the calling task is cancelled, the process is killed before this throws, so that none is left behind.
    func run(killedAt moment: @escaping @Sendable () async -> Bool) async throws -> (end: End, stderr: [String]) {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        // `ulimit` counts blocks of 512 bytes. `exec` replaces the shell, so that the run is the process that is
        // killed.
        let words =
            largestFile.map { ["-c", "ulimit -f \($0 / 512); exec \"$0\" \"$@\"", program] + arguments } ?? arguments
        let variables = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
        let outcome = try await Subprocess.run(
            .path(FilePath(largestFile == nil ? program : "/bin/sh")), arguments: Arguments(words),
            environment: .inherit.updating(variables), input: .none, output: .discarded, error: .sequence
        ) { execution in
            let process = execution.processIdentifier.value
            // Ends with this scope: it is cancelled when the process has ended.
            async let _: Void = Self.kill(process, at: moment)
            var lines: [String] = []
            for try await line in execution.standardError.strings() {
                lines.append(line)
                if lines.count > Self.linesKept { lines.removeFirst() }
            }
            return lines
        }
        let end: End =
            switch outcome.terminationStatus {
            case .exited(let code): .exited(code)
            case .signaled(SIGKILL): .killed
            case .signaled(let signal): .crashed(signal: signal)
            }
        return (end, outcome.closureResult)
    }

    private static func kill(_ process: pid_t, at moment: @Sendable () async -> Bool) async {
        // The process is reaped only after this has returned, so its number cannot be another process's.
        if await moment() { Glibc.kill(process, SIGKILL) }
    }
}
