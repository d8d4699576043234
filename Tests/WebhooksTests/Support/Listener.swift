import CampaignCore
import Logging
import NIOConcurrencyHelpers
import NIOSSL
import Ongoing
import Testing
import Webhooks

/// A listener for one instance, with an inbox in memory.
struct Listener: Sendable {
    static let instance = "A20DA9C0183A2D35A260F53F5D2B9244"

    let server: WebhookServer
    let port: Int
    let inbox: MemoryInbox
    let addresses: WebhookAddressBook
    let token: WebhookToken
    let log: LogRecord
    /// What `onReceived` was told.
    let told: NIOLockedValueBox<[ReceivedEvent]>
    /// The instances of which something was too large.
    let lost: NIOLockedValueBox<[String]>
    /// The server's task.
    let task: OngoingTask<Void>

    /// The path that is right.
    var path: String { "/z/\(Self.instance)/\(token.text.reveal())" }

    /// Starts one, runs `body`, and ends it.
    static func with<Result: Sendable>(
        limits: WebhookLimits = .patient, isBehindProxy: Bool = false, certificate: CertificateFiles? = nil,
        onReceived: @escaping @Sendable ([ReceivedEvent]) async -> Void = { _ in },
        _ body: (Listener) async throws -> Result
    ) async throws -> Result {
        let configuration = try WebhookServerConfiguration(
            ListenAddress(host: "127.0.0.1", port: 0), certificate: certificate, isBehindProxy: isBehindProxy,
            limits: limits)
        let token = try #require(WebhookToken(randomBytes: (0..<32).map { UInt8($0 * 7) }))
        let addresses = WebhookAddressBook([WebhookAddress(instance: instance, tokenHash: token.hash)])
        let inbox = MemoryInbox()
        let log = LogRecord()
        let told = NIOLockedValueBox<[ReceivedEvent]>([])
        let lost = NIOLockedValueBox<[String]>([])
        let server = try WebhookServer(
            configuration,
            dependencies: .init(
                addresses: addresses, inbox: inbox, now: { Reading.now }, logger: log.logger,
                onReceived: { events in
                    await onReceived(events)
                    told.withLockedValue { $0 += events }
                }, onTooLarge: { address in lost.withLockedValue { $0.append(address.instance) } }))
        let ports = AsyncStream<Int>.makeStream()
        let task = OngoingTask {
            defer { ports.continuation.finish() }
            try await server.run { ports.continuation.yield($0) }
        }
        var port: Int?
        for await first in ports.stream {
            port = first
            break
        }
        guard let port else {
            try await task.value
            throw ConditionNeverMet(for: "a port")
        }
        let listener = Listener(
            server: server, port: port, inbox: inbox, addresses: addresses, token: token, log: log, told: told,
            lost: lost, task: task)
        do {
            let result = try await body(listener)
            await listener.stop()
            try await task.value
            return result
        } catch {
            await listener.stop()
            throw error
        }
    }

    func stop() async {
        inbox.release()
        await server.shutdown()
    }

    /// The response to one request on a connection of its own.
    func response(to request: String) async throws -> RawConnection.Response? {
        try await RawConnection.with(port: port) { connection in
            try await connection.send(request)
            return await connection.response()
        }
    }

    /// Sends one request on a connection of its own, which must be answered with `status`.
    func expect(_ status: Int, _ request: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let response = try await response(to: request)
        #expect(response?.status == status, sourceLocation: sourceLocation)
    }

    /// A request with a body; by default to the right address.
    func request(_ body: String, method: String = "POST", path: String? = nil, headers: [String] = []) -> String {
        let lines = ["\(method) \(path ?? self.path) HTTP/1.1", "Host: localhost"] + headers
        return (lines + ["Content-Length: \(body.utf8.count)", "", body]).joined(separator: "\r\n")
    }

    /// A payload that is an event of its own.
    static func event(_ number: Int) -> String {
        #"{"instanceId":"\#(instance)","type":"DeliveryCallback","phone":"5511987654321","zaapId":"Z\#(number)"}"#
    }
}

/// Everything that was logged.
final class LogRecord: Sendable {
    private let written = NIOLockedValueBox<[String]>([])

    var lines: [String] { written.withLockedValue { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(written: self.written) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let written: NIOLockedValueBox<[String]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            written.withLockedValue {
                $0.append("\(event.level) \(event.message) \(event.metadata ?? [:]) \(metadata)")
            }
        }
    }
}

extension WebhookLimits {
    /// No time limit that a busy machine could reach: only tests of a time limit set one.
    static var patient: WebhookLimits {
        var limits = WebhookLimits()
        limits.request = .seconds(3_600)
        limits.idle = .seconds(3_600)
        limits.patience = .seconds(3_600)
        return limits
    }
}
