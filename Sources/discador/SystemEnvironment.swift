import CampaignCore
import Foundation
import Glibc
import Logging

/// The one place where the program meets the clocks, the dice and the environment.
enum SystemEnvironment {
    /// The wall clock, for stamps.
    static let now: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// The clock that waits are measured on.
    static let clock = ContinuousClock()

    /// How long this machine has been up; no clock setting touches it, and the time that it slept counts.
    static let uptime: @Sendable () -> Uptime = {
        Uptime(boot: boot, duration: clock.systemEpoch.duration(to: clock.now))
    }

    /// Another word each time the machine starts; where Linux tells none, each time this program does.
    private static let boot: String = {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
    }()

    /// Numbers in 0..<1.
    static let random: @Sendable () -> Double = { Double.random(in: 0..<1) }

    /// The environment's variables.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Who this process is, for the database's lock.
    static func host() -> String {
        // Not Foundation's name, which asks the resolver and may wait for it.
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return withUnsafeBytes(of: name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// Whose process this is, for whoever asks later who did something: `ana (uid 1000)`.
    static func user() -> String {
        let id = geteuid()
        guard let entry = getpwuid(id) else { return "uid \(id)" }
        return "\(String(cString: entry.pointee.pw_name)) (uid \(id))"
    }

    /// A logger to stderr.
    ///
    /// - Parameter making: makes way for a line where something else may stand, and has it written.
    static func logger(
        _ options: GlobalOptions, making: @escaping @Sendable (() -> Void) -> Void = { $0() }
    ) -> Logger {
        var logger = Logger(label: "discador") {
            TerminalLogHandler(StreamLogHandler.standardError(label: $0), making: making)
        }
        logger.logLevel = options.verbose ? .debug : .warning
        return logger
    }
}
