import CampaignCore
import Foundation
import Glibc
import Logging

/// The only place where the program accesses clocks, randomness and the environment.
enum SystemEnvironment {
    /// The wall clock, for timestamps.
    static let now: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// The clock that waits are measured by.
    static let clock = ContinuousClock()

    /// How long this machine has been up; setting the clock does not change it, and suspended time counts.
    static let uptime: @Sendable () -> Uptime = {
        Uptime(boot: boot, duration: clock.systemEpoch.duration(to: clock.now))
    }

    /// Different each time the machine starts; if Linux does not provide it, each time this program starts.
    private static let boot: String = {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
    }()

    /// Numbers in 0..<1.
    static let random: @Sendable () -> Double = { Double.random(in: 0..<1) }

    /// Bytes that nobody can guess, from the kernel.
    static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// The environment's variables.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The language that the user is spoken to in: that of `--lang`, else that of the environment.
    ///
    /// It is found without the argument parser, since help and errors of the command line are in it, too.
    static let language: Language = {
        var arguments = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
        while let argument = arguments.popFirst() {
            if argument == "--lang", let name = arguments.first { return Language(name) ?? .english }
            if argument.hasPrefix("--lang=") { return Language(String(argument.dropFirst(7))) ?? .english }
        }
        return Language(environment: environment)
    }()

    /// How lines on stderr are written.
    static let logFormat = LogFormat(arguments: Array(CommandLine.arguments.dropFirst()))

    /// Takes variables out of the environment, so that no child inherits them.
    static func take(_ names: [String]) -> [String: String] {
        let found = environment.filter { names.contains($0.key) }
        for name in names { unsetenv(name) }
        return found
    }

    /// The name of this machine, for the database's lock.
    static func host() -> String {
        // Not through Foundation, which asks the resolver and may wait for it.
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return withUnsafeBytes(of: name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The user of this process, recorded to show who did something: `ana (uid 1000)`.
    static func user() -> String {
        let id = geteuid()
        guard let entry = getpwuid(id) else { return "uid \(id)" }
        return "\(String(cString: entry.pointee.pw_name)) (uid \(id))"
    }

    /// A logger to stderr. Lines for the journal have a priority and no time of their own.
    ///
    /// - Parameters:
    ///   - level: the level without `--verbose`.
    ///   - makingWay: clears the screen for a line, and calls the closure that writes it.
    static func logger(
        _ options: GlobalOptions, level: Logger.Level = .warning,
        makingWay: @escaping @Sendable (() -> Void) -> Void = { $0() }
    ) -> Logger {
        var logger = Logger(label: "discador") { label -> any LogHandler in
            guard ErrorStream.standard.format == .text else {
                return TerminalLogHandler(JSONLogHandler(.standard), makingWay: makingWay)
            }
            guard !ErrorStream.standard.isJournal else {
                return TerminalLogHandler(JournalLogHandler(.standard), makingWay: makingWay)
            }
            return TerminalLogHandler(StreamLogHandler.standardError(label: label), makingWay: makingWay)
        }
        logger.logLevel = options.verbose ? .debug : level
        return logger
    }
}
