import AsyncHTTPClient
import CampaignCore
import NIOConcurrencyHelpers
import NIOCore

/// The body of a call's request, which asks whether it may still leave when the client fetches it to be sent.
///
/// The client fetches it when the connection is there and the head has been written; ``DepartureGate`` asks once more
/// right before the socket. A body that is refused never comes, which ends the request and its connection: the head
/// promised one.
final class DepartingBody: Sendable {
    private struct HeldBack: Error {}

    private let bytes: [UInt8]
    private let loop: any EventLoop
    private let bodies: BodiesInFlight
    private let ask: @Sendable () -> SendRefusal?
    private let refused = NIOLockedValueBox<SendRefusal?>(nil)
    private let fetched = NIOLockedValueBox(false)
    private let metIdleConnection = NIOLockedValueBox(false)

    /// - Parameters:
    ///   - loop: that of the request and of its connection.
    ///   - ask: why it must not leave any more; nil when it may.
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

    /// Whether the client has fetched it. As long as it has not, no server has what a call takes, whatever broke.
    var isFetched: Bool { fetched.withLockedValue(\.self) }

    /// Whether it was held back since its connection had idled for too long: it may leave on another one.
    var needsAnotherConnection: Bool { metIdleConnection.withLockedValue(\.self) }

    /// Asks whether it must be held back now.
    func isHeldBack(idledTooLong: Bool = false) -> Bool {
        guard !idledTooLong else {
            metIdleConnection.withLockedValue { $0 = true }
            return true
        }
        guard let refusal = ask() else { return false }
        refused.withLockedValue { $0 = refusal }
        return true
    }

    /// As the client takes it.
    var body: HTTPClient.Body {
        .stream(contentLength: Int64(bytes.count)) { [self] writer in
            fetched.withLockedValue { $0 = true }
            guard !isHeldBack() else { return loop.makeFailedFuture(HeldBack()) }
            // On the loop of the connection, the client writes it to the socket before this returns.
            bodies.enter(self, on: loop)
            defer { bodies.leave(loop) }
            return writer.write(.byteBuffer(ByteBuffer(bytes: bytes)))
        }
    }
}
