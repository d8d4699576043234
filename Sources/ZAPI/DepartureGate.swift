import NIOConcurrencyHelpers
import NIOCore

/// The bodies that are on their way from the client to the socket, one for each event loop at most.
final class PassingBodies: Sendable {
    private let bodies = NIOLockedValueBox<[ObjectIdentifier: DepartingBody]>([:])

    func enter(_ body: DepartingBody, on loop: any EventLoop) {
        bodies.withLockedValue { $0[ObjectIdentifier(loop)] = body }
    }

    func leave(_ loop: any EventLoop) {
        bodies.withLockedValue { $0[ObjectIdentifier(loop)] = nil }
    }

    /// The body that reaches the socket with this flush; nil when it is something else that does.
    func body(on loop: any EventLoop) -> DepartingBody? {
        bodies.withLockedValue { $0[ObjectIdentifier(loop)] }
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
        if let body = passing.body(on: context.eventLoop), body.isHeldBack() {
            // What is written and not flushed goes with the connection.
            context.close(promise: nil)
        } else {
            context.flush()
        }
    }
}
