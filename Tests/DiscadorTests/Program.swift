import Foundation
import Synchronization
import Testing

/// The built program, run as a user runs it: a process of its own.
final class Program: Sendable {
    struct Result: Sendable {
        var exitCode: Int32
        var wasKilled: Bool
        var stdout: String
        var stderr: String
    }

    /// Each line of stderr as it comes; ends with the process.
    let errorLines: AsyncStream<String>
    private let process: Process
    private let outputFile: URL
    private let errors = Collector()
    private let ended: AsyncStream<Void>

    /// Starts `discador` with `arguments` in `folder`.
    init(_ arguments: [String], in folder: URL, environment: [String: String] = [:], shell: String? = nil) throws {
        let program = try #require(Self.path, "the program is not built beside the tests")
        process = Process()
        if let shell {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "\(shell); exec \"$0\" \"$@\"", program.path] + arguments
        } else {
            process.executableURL = program
            process.arguments = arguments
        }
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        outputFile = folder.appending(path: "stdout-\(UUID().uuidString)")
        try Data().write(to: outputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        let pipe = Pipe()
        process.standardError = pipe
        let (lines, lineSink) = AsyncStream<String>.makeStream()
        let (ended, endSink) = AsyncStream<Void>.makeStream()
        errorLines = lines
        self.ended = ended
        let errors = errors
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                lineSink.finish()
                return
            }
            for line in errors.take(data) { lineSink.yield(line) }
        }
        process.terminationHandler = { _ in endSink.finish() }
        try process.run()
    }

    /// Runs `discador` to its end.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) async throws -> Result {
        try await Program(arguments, in: folder, environment: environment).result()
    }

    /// Waits for the end of the process and of what it printed.
    func result() async throws -> Result {
        for await _ in ended {}
        for await _ in errorLines {}
        return Result(
            exitCode: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            stdout: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            stderr: errors.text)
    }

    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for the `count`-th line of stderr that has `text` in it; returns early when the process ends.
    func wait(for text: String, count: Int) async {
        var seen = 0
        guard count > 0 else { return }
        for await line in errorLines where line.contains(text) {
            seen += 1
            if seen >= count { return }
        }
    }

    /// The tests' own executable stands in the folder of the products.
    private static let path: URL? = {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let candidates = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        return candidates.map { $0.appending(path: "discador") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()
}

/// Gathers what a process prints, and hands it on line by line.
private final class Collector: Sendable {
    private struct State {
        var all = Data()
        var lineStart = 0
    }

    private let state = Mutex(State())

    var text: String { state.withLock { String(decoding: $0.all, as: UTF8.self) } }

    /// Takes bytes in; returns the lines that they complete.
    func take(_ data: Data) -> [String] {
        state.withLock { state in
            state.all.append(data)
            var lines: [String] = []
            while let end = state.all[state.lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(String(decoding: state.all[state.lineStart..<end], as: UTF8.self))
                state.lineStart = end + 1
            }
            return lines
        }
    }
}
