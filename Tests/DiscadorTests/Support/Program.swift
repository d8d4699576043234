import Foundation
import Glibc
import Ongoing
import Subprocess
import Synchronization
import SystemPackage
import Testing

/// The built program, run as a user runs it: as a separate process.
final class Program: Ongoing {
    struct Result: Sendable {
        var exitCode: Int32
        var wasKilled: Bool
        var stdout: String
        var stderr: String
    }

    /// Each line of stderr as it comes; ends with the process.
    private let errorLines: AsyncStream<String>
    private let started: AsyncStream<pid_t>
    private let known = Mutex<pid_t?>(nil)
    private let ending: OngoingTask<Result>

    /// Starts `discador` with `arguments` in `folder`; `shell` is a command that `sh` runs first, such as a `ulimit`.
    init(_ arguments: [String], in folder: URL, environment: [String: String] = [:], shell: String? = nil) throws {
        let program = try #require(Self.path, "the program is not built beside the tests").path
        let executable = FilePath(shell == nil ? program : "/bin/sh")
        let words = shell.map { ["-c", "\($0); exec \"$0\" \"$@\"", program] + arguments } ?? arguments
        let variables = ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(environment) { $1 }
        let (lines, lineSink) = AsyncStream<String>.makeStream()
        let (started, startSink) = AsyncStream<pid_t>.makeStream()
        errorLines = lines
        self.started = started
        ending = OngoingTask {
            defer {
                lineSink.finish()
                startSink.finish()
            }
            let outcome = try await Subprocess.run(
                .path(executable), arguments: Arguments(words),
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0), $1) })),
                workingDirectory: FilePath(folder.path), input: .none, output: .string(limit: 1 << 26), error: .sequence
            ) { execution in
                startSink.yield(execution.processIdentifier.value)
                startSink.finish()
                var all: [String] = []
                for try await line in execution.standardError.strings() {
                    all.append(line)
                    lineSink.yield(line)
                }
                return all.joined(separator: "\n")
            }
            let stdout = outcome.standardOutput
            return switch outcome.terminationStatus {
            case .exited(let code):
                Result(exitCode: code, wasKilled: false, stdout: stdout, stderr: outcome.closureResult)
            case .signaled(let signal):
                Result(exitCode: 128 + signal, wasKilled: true, stdout: stdout, stderr: outcome.closureResult)
            }
        }
    }

    /// Runs `discador` to its end.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) async throws -> Result {
        try await Program(arguments, in: folder, environment: environment).result()
    }

    /// Waits for the end of the process and of what it printed.
    func result() async throws -> Result {
        try await ending.value
    }

    /// Sends signals to the process, one after another, as soon as it has begun.
    func send(_ signals: Int32...) async {
        // Yielded once, and kept for later signals.
        for await process in started {
            known.withLock { $0 = process }
            break
        }
        guard let process = known.withLock(\.self) else { return }
        for signal in signals { kill(process, signal) }
    }

    /// Waits for the next line of stderr that has `text` in it.
    ///
    /// - Throws: ``ConditionNeverMet`` when the process ended before, with what it said.
    func line(with text: String) async throws -> String {
        for await line in errorLines where line.contains(text) { return line }
        throw ConditionNeverMet(for: "a line with “\(text)” in:\n\(try await result().stderr)")
    }

    /// Whether the process has ended.
    var isOver: Bool { ending.isOver }

    /// Waits for the `count`-th line of stderr that has `text` in it.
    ///
    /// - Throws: ``ConditionNeverMet`` when the process ended before, with what it said.
    func wait(for text: String, count: Int) async throws {
        guard await !prints(text, count: count) else { return }
        throw ConditionNeverMet(for: "a line \(count) with “\(text)” in:\n\(try await result().stderr)")
    }

    /// The next line of stderr that has `text` in it; nil when the process ended before.
    func nextLine(with text: String) async -> String? {
        for await line in errorLines where line.contains(text) { return line }
        return nil
    }

    /// Waits for the `count`-th line of stderr that has `text` in it, or the end of the process.
    ///
    /// - Returns: whether that line came.
    func prints(_ text: String, count: Int) async -> Bool {
        var seen = 0
        guard count > 0 else { return true }
        for await line in errorLines where line.contains(text) {
            seen += 1
            if seen >= count { return true }
        }
        return false
    }

    /// The one that `DISCADOR_UNDER_TEST` names, such as a release build; else the one beside the tests' own executable, in
    /// the folder of the products.
    private static let path: URL? = {
        if let path = ProcessInfo.processInfo.environment["DISCADOR_UNDER_TEST"] { return URL(fileURLWithPath: path) }
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let candidates = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        return candidates.map { $0.appending(path: "discador") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()
}
