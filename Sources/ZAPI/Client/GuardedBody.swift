import AsyncHTTPClient
import CampaignCore
import NIOConcurrencyHelpers
import NIOCore

/// The body of a call's request, which checks whether it may still leave when the client fetches it for sending.
///
/// The client fetches it once the connection exists and the head has been written; ``SendGate`` checks again right
/// before the socket. A body that is refused never comes, which ends the request and its connection, since the head
/// promised a body.
final class GuardedBody: Sendable {
    private struct HeldBack: Error {}

    private let bytes: [UInt8]
    private let loop: any EventLoop
    private let bodies: BodiesInFlight
    private let ask: @Sendable () -> SendRefusal?
    private let refused = NIOLockedValueBox<SendRefusal?>(nil)
    private let fetched = NIOLockedValueBox(false)
    private let metIdleConnection = NIOLockedValueBox(false)

    /// - Parameters:
    ///   - loop: the event loop of the request and of its connection.
    ///   - ask: returns why it must no longer leave; nil when it may.
    init(
        _ bytes: [UInt8], on loop: any EventLoop, through bodies: BodiesInFlight,
        unless ask: @escaping @Sendable () -> SendRefusal?
    ) {
        self.bytes = bytes
        self.loop = loop
        self.bodies = bodies
        self.ask = ask
    }

    /// Why it was held back; nil when it was not, or when the client has not fetched it.
    var refusal: SendRefusal? { refused.withLockedValue(\.self) }

    /// Whether the client has fetched it. Until then no server has what a call takes, whatever went wrong.
    var isFetched: Bool { fetched.withLockedValue(\.self) }

    /// Whether it was held back because its connection had been idle for too long: it may leave on another one.
    var needsAnotherConnection: Bool { metIdleConnection.withLockedValue(\.self) }

    /// Checks whether it must be held back now.
    func isHeldBack(idledTooLong: Bool = false) -> Bool {
        guard !idledTooLong else {
            metIdleConnection.withLockedValue { $0 = true }
            return true
        }
        guard let refusal = ask() else { return false }
        refused.withLockedValue { $0 = refusal }
        return true
    }

    /// The body in the form that the client takes.
    var body: HTTPClient.Body {
        .stream(contentLength: Int64(bytes.count)) { [self] writer in
            fetched.withLockedValue { $0 = true }
            guard !isHeldBack() else { return loop.makeFailedFuture(HeldBack()) }
            // On the connection's event loop, the client writes it to the socket before this returns.
            bodies.enter(self, on: loop)
            defer { bodies.leave(loop) }
            return writer.write(.byteBuffer(ByteBuffer(bytes: bytes)))
        }
    }
}
