import AsyncHTTPClient
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// Collects the reply to one request, and keeps what has arrived if it breaks off.
///
/// It uses the client's delegate interface, whose deadline covers a request to the last byte of the reply, with one
/// timer of the event loop. The deadline of the async interface covers only the head.
final class ReplyCollector: HTTPClientResponseDelegate {
    struct TooLarge: Error {}

    private struct Reply {
        var status = 0
        var headers = ReplyHeaders()
        var body: [UInt8] = []
    }

    private let maxBytes: Int
    /// Nil until the head has arrived.
    private let reply = NIOLockedValueBox<Reply?>(nil)

    /// - Parameter maxBytes: the largest body that is read.
    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    func didReceiveHead(task: HTTPClient.Task<WireOutcome>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let headers = ReplyHeaders(
            retryAfter: head.headers.first(name: "Retry-After"), contentType: head.headers.first(name: "Content-Type"))
        reply.withLockedValue { $0 = Reply(status: Int(head.status.code), headers: headers) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<WireOutcome>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        let isTooLarge = reply.withLockedValue { reply in
            reply?.body.append(contentsOf: part.readableBytesView)
            return (reply?.body.count ?? 0) > maxBytes
        }
        return isTooLarge
            ? task.eventLoop.makeFailedFuture(TooLarge()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<WireOutcome>) throws -> WireOutcome {
        guard let reply = reply.withLockedValue({ $0 }) else { return .lost("no reply") }
        return .reply(status: reply.status, headers: reply.headers, body: reply.body)
    }

    /// The outcome of a request that ended with `error`.
    func outcome(of error: any Error) -> WireOutcome {
        guard let reply = reply.withLockedValue({ $0 }) else { return WireOutcome(failure: error) }
        switch error {
        case is TooLarge, NIOHTTPDecompression.DecompressionError.limit:
            return .tooLarge(status: reply.status, headers: reply.headers)
        default:
            return .cutShort(status: reply.status, headers: reply.headers, WireOutcome.text(of: error))
        }
    }
}

extension HTTPClient {
    /// Sends a request. One deadline covers everything from connecting to the last byte; cancelling the task ends the
    /// request immediately.
    ///
    /// - Parameter maxBytes: the largest reply that is read.
    func outcome(
        of request: @autoclosure () throws -> Request, maxBytes: Int, within time: TimeAmount
    ) async -> WireOutcome {
        let collector = ReplyCollector(maxBytes: maxBytes)
        do {
            let task = execute(request: try request(), delegate: collector, deadline: .now() + time)
            return try await withTaskCancellationHandler {
                try await task.futureResult.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            return collector.outcome(of: error)
        }
    }
}
