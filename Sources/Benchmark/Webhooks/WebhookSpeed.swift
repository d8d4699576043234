import CampaignCore
import CampaignStore
import Foundation
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import Webhooks

/// Events to a listener with a real database, and the same requests to a bare one.
struct WebhookSpeed {
    private static let instance = "I"

    let folder: String
    let connections: Int

    /// One measurement of each, ours first.
    func measure(events: Int) async throws -> (ours: WebhookFigures, bare: WebhookFigures) {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let calls = AcceptedCalls(instance: Self.instance)
        let path = place.appending(path: "benchmark.db").path
        let store = try await calls.store(path: path, count: (events + 1) / 2)
        guard let token = WebhookToken(randomBytes: (0..<WebhookToken.byteCount).map { UInt8($0) }) else {
            throw BenchmarkFailure("There is no token.")
        }
        let address = "/z/\(Self.instance)/\(token.text.reveal())"
        let bodies = calls.bodies(count: events)
        let ours = try await listening(store: store, token: token) { port in
            try await WebhookSender(url: "http://127.0.0.1:\(port)\(address)", connections: connections).send(bodies)
        }
        try store.close()
        let bare = try await listeningBare { port in
            try await WebhookSender(url: "http://127.0.0.1:\(port)\(address)", connections: connections).send(bodies)
        }
        return (ours, bare)
    }

    private func listening(
        store: CampaignStore, token: WebhookToken, _ body: @escaping @Sendable (Int) async throws -> WebhookFigures
    ) async throws -> WebhookFigures {
        let new = NIOLockedValueBox(0)
        let server = try WebhookServer(
            WebhookServerConfiguration(ListenAddress(host: "127.0.0.1", port: 0)),
            dependencies: .init(
                addresses: WebhookAddressBook([WebhookAddress(instance: Self.instance, tokenHash: token.hash)]),
                inbox: store, now: AcceptedCalls.now, logger: Self.silent,
                onReceived: { events in new.withLockedValue { $0 += events.count { $0.receipt.isNew } } }))
        let figures = try await Self.during({ try await server.run(onListening: $0) }, body)
        guard new.withLockedValue({ $0 }) == figures.events else {
            throw BenchmarkFailure("Not every event was new: the measurement would be meaningless.")
        }
        return figures
    }

    private func listeningBare(
        _ body: @escaping @Sendable (Int) async throws -> WebhookFigures
    ) async throws -> WebhookFigures {
        try await Self.during(
            { onListening in
                let application = Application(
                    responder: CallbackResponder { request, _ in
                        _ = try await request.body.collect(upTo: 262_144)
                        return Response(status: .ok)
                    } as CallbackResponder<BasicRequestContext>,
                    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { await onListening($0.localAddress?.port ?? 0) }, logger: Self.silent)
                try await application.run()
            }, body)
    }

    /// Runs `body` with the port of a server, which ends with it.
    private static func during(
        _ server: @escaping @Sendable (@escaping @Sendable (Int) async -> Void) async throws -> Void,
        _ body: @escaping @Sendable (Int) async throws -> WebhookFigures
    ) async throws -> WebhookFigures {
        let ports = AsyncStream<Int>.makeStream()
        return try await withThrowingTaskGroup(of: WebhookFigures?.self) { group in
            group.addTask {
                defer { ports.continuation.finish() }
                try await server { ports.continuation.yield($0) }
                return nil
            }
            group.addTask {
                for await port in ports.stream { return try await body(port) }
                return nil
            }
            while let ended = try await group.next() {
                guard let figures = ended else { continue }
                group.cancelAll()
                return figures
            }
            throw BenchmarkFailure("The listener ended before it listened.")
        }
    }

    private static var silent: Logger { Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() } }
}
