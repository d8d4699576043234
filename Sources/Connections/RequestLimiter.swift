import Hummingbird
package import NIOCore
package import NIOHTTPTypes

/// Ends connections whose requests take too long, and those that were told that they are over. Of a request that names
/// a whole address, its host is taken for `Host`.
package final class RequestLimiter: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// What a responder sends through the channel once it knows the sender, when the rest of the request may take longer.
    package struct MayTakeLong: Sendable {
        package init() {}
    }

    /// How long, and for how many bytes, a sender is listened to after the last response, so that it can read that
    /// response: closing at once would destroy it on its way.
    private static let farewell = (time: TimeAmount.seconds(2), bytes: 256 * 1_024)

    private let limit: TimeAmount
    /// After which a sender that has sent nothing right gives way to others.
    private let patience: TimeAmount
    private let connections: OpenConnections
    private var expectation: Scheduled<Void>?
    private var timer: Scheduled<Void>?
    /// Requests that have begun and are not answered.
    private var unanswered = 0
    /// With which response the connection ends, counted from the next one; nil: it stays open.
    private var last: Int?
    /// Whether the last response has been written.
    private var isOver = false
    private var bytesAfterEnd = 0

    package init(limit: Duration, patience: Duration, connections: OpenConnections) {
        self.limit = TimeAmount(limit)
        self.patience = TimeAmount(patience)
        self.connections = connections
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        TargetHost.add(to: context.channel)
        if context.channel.isActive { begin(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) { end(context) }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard !isOver else { return drop(part, context) }
        switch part {
        case .head(let head):
            unanswered += 1
            if Self.ends(head.headerFields[.connection]) { last = last ?? unanswered }
            start(context)
        case .body: break
        case .end: stop()
        }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if Self.ends(head.headerFields[.connection]) { last = 1 }
            context.write(data, promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            last = last.map { $0 - 1 }
            guard last == 0 else { return context.write(data, promise: promise) }
            isOver = true
            context.writeAndFlush(data, promise: promise)
            context.close(mode: .output, promise: nil)
            stop()
            schedule(context, in: Self.farewell.time)
        }
    }

    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        guard event is MayTakeLong else { return context.triggerUserOutboundEvent(event, promise: promise) }
        stop()
        promise?.succeed()
    }

    /// Whether a `Connection` header, which may name several things, says that the connection ends.
    private static func ends(_ connection: String?) -> Bool {
        guard let connection else { return false }
        return connection.split(separator: ",").contains { $0.filter { !$0.isWhitespace }.lowercased() == "close" }
    }

    // MARK: Time

    private func begin(_ context: ChannelHandlerContext) {
        start(context)
        guard expectation == nil else { return }
        connections.begin(context.channel)
        expectation = context.eventLoop.scheduleTask(in: patience) { [connections, channel = context.channel] in
            connections.expect(channel)
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        stop()
        expectation?.cancel()
        connections.end(context.channel)
    }

    /// The first request has its limit from the connection on, any other from its head on.
    private func start(_ context: ChannelHandlerContext) {
        if timer == nil { schedule(context, in: limit) }
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }

    private func schedule(_ context: ChannelHandlerContext, in time: TimeAmount) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.timeIsUp(context) }
    }

    private func timeIsUp(_ context: ChannelHandlerContext) {
        timer = nil
        // A request may be late because the one before it is still being answered.
        guard isOver || unanswered <= 1 else { return start(context) }
        context.close(promise: nil)
    }

    private func drop(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        guard case .body(let buffer) = part else { return }
        bytesAfterEnd += buffer.readableBytes
        if bytesAfterEnd > Self.farewell.bytes { context.close(promise: nil) }
    }
}

@available(*, unavailable)
extension RequestLimiter: Sendable {}
