import CampaignCore
import NIOConcurrencyHelpers
import NIOCore

/// The bodies on their way from the client to the socket, at most one per event loop.
final class BodiesInFlight: Sendable {
    private let byLoop = NIOLockedValueBox<[ObjectIdentifier: GuardedBody]>([:])

    func enter(_ body: GuardedBody, on loop: any EventLoop) {
        byLoop.withLockedValue { $0[ObjectIdentifier(loop)] = body }
    }

    func leave(_ loop: any EventLoop) {
        byLoop.withLockedValue { $0[ObjectIdentifier(loop)] = nil }
    }

    /// The body that reaches the socket with this flush; nil when something else does.
    func body(on loop: any EventLoop) -> GuardedBody? {
        byLoop.withLockedValue { $0[ObjectIdentifier(loop)] }
    }
}

/// The last handler before the socket, which checks once more whether a body may leave: a process that is stopped while
/// its event loops are busy may be stopped between the client's fetching a body and its writing it as well as anywhere
/// else.
///
/// It also knows how long its connection has been idle: a server may be closing it, and a call that coincides with that
/// is in doubt although it never rang. The client's own timer closes such connections, unless its event loop was busy
/// or the process was stopped.
final class SendGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData

    private let bodies: BodiesInFlight
    private let longestIdle: Duration
    private let now: @Sendable () -> Timestamp
    private var lastUse: Use
    /// Whether something was read since the last write: then another request is sent next.
    private var hasRested = false
    private var idledTooLong = false

    /// When the connection was used, on the clock of event loops, which stops while the machine sleeps, and on the wall
    /// clock, which does not, but can be set. If either has moved too far, what the server has done is unknown.
    private struct Use {
        let loop = NIODeadline.now()
        let wall: Timestamp

        func isOlder(than longest: Duration, at other: Use) -> Bool {
            let wall = wall.duration(to: other.wall)
            return other.loop - loop > TimeAmount(longest) || wall > longest || wall < .zero
        }
    }

    init(_ bodies: BodiesInFlight, longestIdle: Duration, now: @escaping @Sendable () -> Timestamp) {
        self.bodies = bodies
        self.longestIdle = longestIdle
        self.now = now
        lastUse = Use(wall: now())
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastUse = Use(wall: now())
        hasRested = true
        context.fireChannelRead(data)
    }

    func flush(context: ChannelHandlerContext) {
        let use = Use(wall: now())
        if hasRested { idledTooLong = lastUse.isOlder(than: longestIdle, at: use) }
        (lastUse, hasRested) = (use, false)
        if let body = bodies.body(on: context.eventLoop), body.isHeldBack(idledTooLong: idledTooLong) {
            // What was written but not flushed is lost with the connection.
            context.close(promise: nil)
        } else {
            // It is on its way: from now on it must not count as held back.
            bodies.leave(context.eventLoop)
            context.flush()
        }
    }
}
