import Foundation
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

/// A server that takes webhooks in, for one test.
final class WebhookReceiver: Sendable {
    /// One webhook, as it arrived.
    struct Received: Sendable {
        var path: String
        var contentType: String?
        var body: Data

        subscript(key: String) -> String? {
            let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
            return switch object?[key] {
            case let text as String: text
            case let number as NSNumber: "\(number)"
            default: nil
            }
        }

        /// Its type, with what it says beyond that.
        var summary: String {
            [self["type"], self["notification"] ?? self["status"]].compactMap(\.self).joined(separator: " ")
        }
    }

    private let received = NIOLockedValueBox<[Received]>([])
    private let port = NIOLockedValueBox(0)
    private let arrivals = AsyncStream<Received>.makeStream()

    /// Everything that has arrived, in order.
    var all: [Received] { received.withLockedValue { $0 } }

    /// Where it takes webhooks.
    var url: String { "http://127.0.0.1:\(port.withLockedValue { $0 })/hook" }

    /// Starts a receiver, runs `body`, and ends the receiver.
    ///
    /// - Parameter status: what webhook number n (from 0) is answered.
    static func with(
        status: @escaping @Sendable (Int) async throws -> Int = { _ in 200 },
        _ body: @Sendable (WebhookReceiver) async throws -> Void
    ) async throws {
        let receiver = WebhookReceiver()
        let listening = AsyncStream<Int>.makeStream()
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let index = receiver.note(
                Received(
                    path: request.uri.path, contentType: request.headers[.contentType],
                    body: Data(buffer.readableBytesView)))
            return Response(status: .init(code: try await status(index)))
        }
        let server = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { listening.continuation.yield($0.localAddress?.port ?? 0) },
            logger: .silent
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await port in listening.stream {
                receiver.port.withLockedValue { $0 = port }
                break
            }
            defer { group.cancelAll() }
            try await body(receiver)
        }
    }

    private func note(_ webhook: Received) -> Int {
        defer { arrivals.continuation.yield(webhook) }
        return received.withLockedValue { received in
            received.append(webhook)
            return received.count - 1
        }
    }

    /// Waits until `count` webhooks have arrived; returns them all.
    func wait(for count: Int) async throws -> [Received] {
        while all.count < count {
            for await _ in arrivals.stream { break }
            try Task.checkCancellation()
        }
        return all
    }
}
