import NIOCore
import NIOPosix
import NIOSSL
import Ongoing

/// A connection on which a test writes and reads bytes.
struct RawConnection {
    /// A response without a body, such as the listener sends.
    struct Response: Equatable {
        var status: Int
        /// All of its bytes, except for the date.
        var text: String
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    private var unread = ""

    /// Connects, and disconnects when `body` returns.
    static func with<Result: Sendable>(
        port: Int, tls: NIOSSLContext? = nil, _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: nil))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            var raw = RawConnection(
                inbound: inbound.makeAsyncIterator(), outbound: outbound, channel: connection.channel)
            return try await body(&raw)
        }
    }

    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    /// Sends nothing more; still reads.
    func finish() { outbound.finish() }

    /// Disconnects at once.
    func close() async throws { try await channel.close() }

    /// Connects until the listener has answered a first request, and goes on with that connection: a busy machine may take
    /// longer than a short limit allows.
    static func accepted<Result: Sendable>(
        by listener: Listener, _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        while !listener.task.isOver {
            let result = try await with(port: listener.port) { connection -> Result? in
                try? await connection.send(listener.request(Listener.event(0)))
                guard await connection.response()?.status == 200 else { return nil }
                return try await body(&connection)
            }
            if let result { return result }
        }
        throw ConditionNeverMet(for: "an answer")
    }

    /// The next response; nil when the connection has ended.
    mutating func response() async -> Response? {
        while true {
            if let end = unread.firstRange(of: "\r\n\r\n") {
                let head = unread[..<end.upperBound]
                unread = String(unread[end.upperBound...])
                return Self.response(head)
            }
            guard let bytes = try? await inbound.next() else { return nil }
            unread += String(buffer: bytes)
        }
    }

    /// Waits until the server has closed the connection; what it still sent.
    mutating func end() async -> String {
        while let bytes = try? await inbound.next() { unread += String(buffer: bytes) }
        return unread
    }

    private static func response(_ head: Substring) -> Response {
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let kept = lines.filter { !$0.lowercased().hasPrefix("date:") }
        return Response(status: status, text: kept.joined(separator: "\n"))
    }
}
