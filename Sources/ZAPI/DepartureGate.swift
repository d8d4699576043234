import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// The bodies that are on their way from the client to the socket, one for each event loop at most: the client fetches a
/// body and writes it in one go.
final class PassingBodies: Sendable {
    private let bodies = NIOLockedValueBox<[ObjectIdentifier: DepartingBody]>([:])

    /// A body was fetched, on the event loop that this is called on.
    func note(_ body: DepartingBody) {
        guard let loop = MultiThreadedEventLoopGroup.currentEventLoop else { return }
        bodies.withLockedValue { $0[ObjectIdentifier(loop)] = body }
    }

    /// The body that reaches the socket with this flush; nil when it is something else that does.
    func take(on loop: any EventLoop) -> DepartingBody? {
        bodies.withLockedValue { $0.removeValue(forKey: ObjectIdentifier(loop)) }
    }
}

/// Stands right before the socket and asks once more whether a body may leave: a process that is stopped while its event
/// loops are busy is as likely stopped between the client's fetching a body and its writing it as anywhere else.
final class DepartureGate: ChannelOutboundHandler {
    typealias OutboundIn = IOData

    private let passing: PassingBodies

    init(_ passing: PassingBodies) {
        self.passing = passing
    }

    func flush(context: ChannelHandlerContext) {
        if let body = passing.take(on: context.eventLoop), body.isHeldBackNow {
            // What is written and not flushed goes with the connection.
            context.close(promise: nil)
        } else {
            context.flush()
        }
    }
}
