import Foundation
import Glibc
import Subprocess
import SystemPackage

/// A command as a separate process: this program, started as a user starts it.
struct RunProcess: Sendable {
    /// How it ended.
    enum End: Sendable, Equatable {
        case exited(Int32)
        case killed
        /// By another signal.
        case crashed(signal: Int32)
    }

    /// The process while it runs. It is reaped only after its conduct has ended, so its number cannot be another
    /// process's.
    struct Running: Sendable {
        let id: pid_t

        func send(_ signal: Int32) { kill(id, signal) }
    }

    /// How many lines of stderr are kept: the last ones.
    private static let linesKept = 20

    let arguments: [String]
    let environment: [String: String]
    /// Maximum size that a file it writes may reach, in bytes; nil means any size.
    var largestFile: Int?

    /// Runs it to its end.
    ///
    /// If the calling task is cancelled, the process is killed before this throws, so that none is left behind.
    ///
    /// - Parameter conduct: what is done to it meanwhile; cancelled when it has ended.
    func run(
        _ conduct: @escaping @Sendable (Running) async -> Void = { _ in }
    ) async throws -> (end: End, stderr: [String]) {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        // `ulimit` counts blocks of 512 bytes. `exec` replaces the shell, so that the command is the process that is
        // killed.
        let words =
            largestFile.map { ["-c", "ulimit -f \($0 / 512); exec \"$0\" \"$@\"", program] + arguments } ?? arguments
        // What it says is searched for English sentences.
        let spoken = environment.merging(["LC_ALL": "C.UTF-8"]) { own, _ in own }
        let variables = Dictionary(uniqueKeysWithValues: spoken.map { (Environment.Key(stringLiteral: $0), $1) })
        let outcome = try await Subprocess.run(
            .path(FilePath(largestFile == nil ? program : "/bin/sh")), arguments: Arguments(words),
            environment: .inherit.updating(variables), input: .none, output: .discarded, error: .sequence
        ) { execution in
            let process = Running(id: execution.processIdentifier.value)
            async let _: Void = conduct(process)
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
}
