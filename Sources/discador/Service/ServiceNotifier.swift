import CampaignCore
import Glibc
import Logging
import Reports
import Synchronization

/// Tells the service manager how this process is doing (sd_notify(3)): that it is ready, what it does, that it stops,
/// and, for a watchdog, that it is alive. Nothing happens when no service manager asked for it.
///
/// A message is never waited for, and one that cannot be sent is no reason to stop dialing.
final class ServiceNotifier: Sendable {
    /// The service manager cuts longer ones off.
    private static let maxStatusWidth = 300
    private static let variables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]

    /// How often the service manager must hear that this process is alive; nil when it does not ask. Half of what it
    /// waits for, as sd_watchdog_enabled(3) recommends.
    let watchdogInterval: Duration?
    private let address: String?
    private let logger: Logger
    private let hasFailed = Atomic(false)

    /// - Parameters:
    ///   - environment: `NOTIFY_SOCKET` is a path or, after `@`, a name in the abstract namespace of sockets;
    ///     `WATCHDOG_USEC` is meant for the process `WATCHDOG_PID`, if that is given.
    ///   - pid: this process.
    init(environment: [String: String], pid: Int32, logger: Logger) {
        address = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == pid } ?? true
        let time = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval = isMeant && address != nil && time > 1 ? .microseconds(time / 2) : nil
        self.logger = logger
    }

    /// Takes what the service manager wrote into the environment out of it, so that no child of this process speaks for
    /// it.
    static func takenFromEnvironment(logger: Logger) -> ServiceNotifier {
        ServiceNotifier(environment: SystemEnvironment.take(variables), pid: getpid(), logger: logger)
    }

    /// The service is ready: what waits for it may begin.
    ///
    /// - Parameter status: what it does, in words.
    func ready(status: String) {
        self.status(status)
        send("READY=1")
    }

    /// The service begins to stop.
    func stopping() { send("STOPPING=1") }

    /// What the service does, in words, for `systemctl status`.
    func status(_ text: String) { send("STATUS=" + TerminalText.line(text, width: Self.maxStatusWidth)) }

    /// The service is alive.
    func watchdog() { send("WATCHDOG=1") }

    /// Says repeatedly that the service is alive, as long as it is, until this is cancelled. Returns at once when no
    /// watchdog asks.
    ///
    /// - Parameter isAlive: asked each time. If it does not return, nothing is said.
    func watch(on clock: some Clock<Duration>, isAlive: () async -> Bool) async {
        guard let watchdogInterval else { return }
        var wasAlive = true
        repeat {
            let isAlive = await isAlive()
            if isAlive { watchdog() }
            if wasAlive, !isAlive {
                logger.error("the dispatcher does not respond: the watchdog will end this process unless it does again")
            }
            wasAlive = isAlive
        } while (try? await clock.sleep(for: watchdogInterval)) != nil
    }

    private func send(_ message: String) {
        guard let address else { return }
        guard let reason = Self.failure(sending: message, to: address) else { return }
        guard !hasFailed.exchange(true, ordering: .relaxed) else { return }
        logger.debug(
            "the service manager cannot be notified", metadata: ["socket": "\(address)", "reason": "\(reason)"])
    }

    /// - Returns: why the message could not be sent; nil when it was.
    private static func failure(sending message: String, to address: String) -> String? {
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        // A name in the abstract namespace begins with a zero byte, and all of its bytes count.
        let isAbstract = address.hasPrefix("@")
        guard isAbstract || address.hasPrefix("/") else { return "not a socket that is supported" }
        let name = isAbstract ? [0] + Array(address.utf8.dropFirst()) : Array(address.utf8) + [0]
        guard name.count <= MemoryLayout.size(ofValue: target.sun_path) else { return "its name is too long" }
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: name) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return SystemError().description }
        defer { close(descriptor) }
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + name.count } ?? 0
        let bytes = Array(message.utf8)
        let sent = withUnsafeBytes(of: &target) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL),
                    rebound.baseAddress, socklen_t(length))
            }
        }
        return sent == bytes.count ? nil : SystemError().description
    }
}
