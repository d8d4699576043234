import Foundation

/// A child process that listens on a port of 127.0.0.1, which it prints.
struct ServerProcess {
    let program: String
    let arguments: [String]
    /// Where it runs, and where its output is kept.
    let folder: URL
    /// Added to our own environment.
    var environment: [String: String] = [:]

    /// Runs `body` with its port, and then stops it with SIGTERM; any end but exit status 0 is an error.
    func listening<Value>(_ body: (Int) async throws -> Value) async throws -> Value {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardOutput = try writing(to: output)
        process.standardError = try writing(to: errors)
        try process.run()
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(try await port(of: process)))
        } catch {
            result = .failure(failure("\(error)"))
        }
        process.terminate()
        process.waitUntilExit()
        let value = try result.get()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw failure("ended with \(process.terminationStatus).")
        }
        return value
    }

    /// From the first line that names one, such as `Webhooks are received at 127.0.0.1:39335.`
    private func port(of process: Process) async throws -> Int {
        while process.isRunning {
            for text in try [output, errors].map({ String(decoding: try Data(contentsOf: $0), as: UTF8.self) }) {
                guard let address = text.range(of: "127.0.0.1:") else { continue }
                let digits = text[address.upperBound...].prefix { $0.isNumber }
                // The line may not be complete yet.
                if digits.endIndex < text.endIndex, let port = Int(digits) { return port }
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw BenchmarkFailure("it ended before it listened.")
    }

    private var output: URL { folder.appending(path: "stdout.txt") }
    private var errors: URL { folder.appending(path: "stderr.txt") }

    private func writing(to file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    private func failure(_ what: String) -> BenchmarkFailure {
        let said = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
        let command = ([program] + arguments).joined(separator: " ")
        return BenchmarkFailure(
            (["\(command): \(what)"] + said.split(separator: "\n").suffix(8).map(String.init)).joined(separator: "\n  ")
        )
    }
}
