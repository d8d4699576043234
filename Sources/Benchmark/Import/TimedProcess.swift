import CampaignCore
import Foundation
import Glibc

/// A child process, timed from spawn to exit, with its peak memory.
///
/// Not Foundation's `Process`: it waits for the child itself, and so loses the resource usage, which only the call that
/// reaps the child returns (wait4(2)).
struct TimedProcess {
    let program: String
    let arguments: [String]
    /// Where its output is kept, until that of the next process.
    let folder: URL
    /// Added to our own environment.
    var environment: [String: String] = [:]

    /// How it went.
    struct Figures {
        var seconds: Double
        var peakMemory: PeakMemory
        /// What it wrote to stdout.
        var output: Data
    }

    /// Runs it to its end; any end but exit status 0 is an error with the last lines it wrote.
    func run() throws -> Figures {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (descriptor, file) in [(STDOUT_FILENO, stdoutFile), (STDERR_FILENO, stderrFile)] {
            posix_spawn_file_actions_addopen(&files, descriptor, file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        let argv = ([program] + arguments).map { strdup($0) } + [nil]
        let merged = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let envp = merged.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in argv + envp { free(text) } }

        let start = ContinuousClock.now
        var pid: pid_t = 0
        let error = posix_spawn(&pid, program, &files, nil, argv, envp)
        guard error == 0 else { throw failure("cannot be started: \(String(cString: strerror(error)))") }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(pid, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw failure("cannot be waited for: \(String(cString: strerror(errno)))") }
        }
        let elapsed = ContinuousClock.now - start
        // The macros WIFSIGNALED and WEXITSTATUS, which Swift does not import.
        guard status & 0x7F == 0 else { throw failure("was ended by signal \(status & 0x7F)") }
        guard status == 0 else { throw failure("ended with exit status \(status >> 8 & 0xFF)") }
        return Figures(
            seconds: elapsed.inSeconds, peakMemory: PeakMemory(ofChild: usage.ru_maxrss),
            output: try Data(contentsOf: stdoutFile))
    }

    private var stdoutFile: URL { folder.appending(path: "stdout.txt") }
    private var stderrFile: URL { folder.appending(path: "stderr.txt") }

    private func failure(_ what: String) -> BenchmarkFailure {
        let lines = [stdoutFile, stderrFile].flatMap { file in
            String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self).split(separator: "\n").suffix(8)
        }
        let command = ([program] + arguments).joined(separator: " ")
        return BenchmarkFailure((["\(command) \(what)."] + lines.map(String.init)).joined(separator: "\n  "))
    }
}

/// The peak memory of a process.
struct PeakMemory: CustomStringConvertible {
    /// Millions of bytes.
    let megabytes: Double
    /// Whether it may have been less. Linux lets a child begin with the peak of the process that spawned it
    /// (`exec_mmap` in fs/exec.c passes it on), so a child smaller than this process cannot be told.
    let isUpperBound: Bool

    /// From `ru_maxrss` of a child that has ended: KiB, by getrusage(2).
    init(ofChild kibibytes: Int) {
        var own = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        megabytes = Double(kibibytes) * 1.024 / 1000
        isUpperBound = kibibytes <= own.ru_maxrss
    }

    var description: String { "\(isUpperBound ? "at most " : "")\(megabytes.text(decimals: 1)) MB" }
}
