import NIOCore
import NIOHTTP1

/// Lets the host of a request that names a whole address be that address's: it counts, and not `Host` (RFC 9112, 3.2.2).
/// What comes after this handler sees only `Host`.
final class TargetHost: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !head.uri.hasPrefix("/"),
            let scheme = head.uri.firstRange(of: "://")
        else { return context.fireChannelRead(data) }
        let host = head.uri[scheme.upperBound...].prefix { !"/?#\\".contains($0) }
        head.headers.replaceOrAdd(name: "Host", value: String(host))
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Behind what reads requests, and before what turns them into Hummingbird's.
    static func add(to channel: any Channel) {
        do {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(TargetHost(), position: .after(decoder))
        } catch {
            // Without it, nothing would be known of the host.
            channel.close(promise: nil)
        }
    }
}

@available(*, unavailable)
extension TargetHost: Sendable {}
