import CampaignCore
import Foundation
import Glibc
import Logging
import Ongoing
import Synchronization
import Testing

@testable import discador

/// What a service manager hears, through a real socket.
@Suite(.fewAtATime) struct `The service manager` {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func notifier(
        _ address: String?, _ others: [String: String] = [:], logger: Logger = quiet
    ) -> ServiceNotifier {
        ServiceNotifier(
            environment: (address.map { ["NOTIFY_SOCKET": $0] } ?? [:]).merging(others) { $1 }, pid: 4711,
            logger: logger)
    }

    @Test(arguments: [false, true])
    func `hears when the service is ready, what it does, and when it stops`(isAbstract: Bool) throws {
        let socket = try DatagramSocket(isAbstract: isAbstract)
        let notifier = Self.notifier(socket.address)
        notifier.ready(status: "2 campaigns")
        notifier.status("3 campaigns:\nREADY=0\u{1B}[2J\r\nMAINPID=1")
        notifier.watchdog()
        notifier.stopping()
        #expect(
            socket.messages() == [
                "STATUS=2 campaigns", "READY=1", "STATUS=3 campaigns: READY=0 [2J MAINPID=1", "WATCHDOG=1",
                "STOPPING=1",
            ])
    }

    @Test func `gets no message that is longer than it reads`() throws {
        let socket = try DatagramSocket(isAbstract: true)
        Self.notifier(socket.address).status(String(repeating: "日本", count: 4000))
        let message = try #require(socket.messages().first)
        #expect(message.utf8.count < 4096 && message.hasSuffix("…"))
    }

    @Test(arguments: [
        nil, "", "relative", "vsock:2:1234", "/nowhere/at/all", "@nobody-listens-here-\(getpid())",
        "/" + String(repeating: "x", count: 120),
    ])
    func `that cannot be reached harms nobody`(address: String?) async {
        let records = Records()
        var logger = Logger(label: "test") { _ in RecordingHandler(records: records) }
        logger.logLevel = .debug
        let notifier = Self.notifier(address, ["WATCHDOG_USEC": "2000000"], logger: logger)
        notifier.ready(status: "x")
        notifier.watchdog()
        notifier.stopping()
        // Said once, for whoever looks for the reason.
        #expect(records.levels.withLock(\.self) == (address ?? "" == "" ? [] : ["debug"]))
    }

    @Test func `that does not read its messages is not waited for`() throws {
        let socket = try DatagramSocket(isAbstract: true)
        let notifier = Self.notifier(socket.address)
        for _ in 0..<2000 { notifier.watchdog() }
        #expect((1..<2000).contains(socket.messages().count))
    }

    @Test(arguments: [
        ("2000000", nil, Duration.seconds(1)), ("2000000", "4711", .seconds(1)), ("30000000", "", nil),
        ("2000000", "4712", nil), ("2000000", "x", nil), (nil, nil, nil), ("0", nil, nil), ("-5", nil, nil),
        ("1", nil, nil), ("soon", nil, nil), ("3", nil, .microseconds(1)),
    ])
    func `says how long its watchdog waits, and hears twice as often`(time: String?, pid: String?, interval: Duration?)
    {
        let variables = ["WATCHDOG_USEC": time, "WATCHDOG_PID": pid].compactMapValues(\.self)
        #expect(Self.notifier("@x", variables).watchdogInterval == interval)
        #expect(Self.notifier(nil, variables).watchdogInterval == nil, "nobody listens")
    }

    @Test func `hears from a watched service only while it is alive`() async throws {
        let socket = try DatagramSocket(isAbstract: true)
        let records = Records()
        let logger = Logger(label: "test") { _ in RecordingHandler(records: records) }
        let notifier = Self.notifier(socket.address, ["WATCHDOG_USEC": "2000000"], logger: logger)
        let clock = HeldClock()
        let rounds = Atomic(0)
        let watching = OngoingTask {
            await notifier.watch(on: clock) { ![3, 4].contains(rounds.add(1, ordering: .relaxed).newValue) }
        }
        for (round, expected) in [["WATCHDOG=1"], ["WATCHDOG=1"], [], [], ["WATCHDOG=1"]].enumerated() {
            try await watching.wait(for: "a pause") { clock.begun == round + 1 }
            #expect(socket.messages() == expected)
            clock.releaseNext()
        }
        #expect(records.levels.withLock(\.self) == ["error"], "said once")
        watching.cancel()
        try await watching.value
    }

    @Test func `does not hear from a service whose loop does not answer, and stops with it`() async throws {
        let socket = try DatagramSocket(isAbstract: true)
        let notifier = Self.notifier(socket.address, ["WATCHDOG_USEC": "2000000"])
        let (question, asked) = AsyncStream<Void>.makeStream()
        let watching = OngoingTask {
            await notifier.watch(on: HeldClock()) {
                asked.yield()
                // Until it is cancelled.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                return false
            }
        }
        for await _ in question { break }
        #expect(socket.messages() == [])
        watching.cancel()
        try await watching.value
    }

    @Test func `is not asked to watch when it does not`() async {
        await Self.notifier("@x").watch(on: HeldClock()) {
            Issue.record("asked")
            return true
        }
    }

    @Test func `does not hear from the children of the service`() async {
        await #expect(processExitsWith: .success) {
            setenv("NOTIFY_SOCKET", "@x", 1)
            setenv("WATCHDOG_USEC", "2000000", 1)
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            setenv("OTHER", "stays", 1)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let notifier = ServiceNotifier.takenFromEnvironment(logger: logger)
            #expect(notifier.watchdogInterval == .seconds(1))
            for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { #expect(getenv(name) == nil) }
            #expect(getenv("OTHER") != nil)
        }
    }
}

/// The levels of the lines that were logged.
private final class Records: Sendable {
    let levels = Mutex<[String]>([])
}

/// Notes the level of each line.
private struct RecordingHandler: LogHandler {
    let records: Records
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { records.levels.withLock { $0.append("\(event.level)") } }
}
