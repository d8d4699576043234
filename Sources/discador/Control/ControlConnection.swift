import Foundation
import Glibc
import NIOCore

/// A connection between a command and the process that holds the database.
typealias ControlConnection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

extension Channel {
    /// Whether the kernel says that the other end belongs to this process's user or to root, whatever the socket's
    /// mode.
    var isFromOurUser: EventLoopFuture<Bool> {
        guard let options = self as? any SocketOptionProvider else { return eventLoop.makeSucceededFuture(false) }
        // Only unsafe with a type that does not fit the option; this one does.
        let peer: EventLoopFuture<PeerCredentials> = options.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
        return peer.map { $0.uid == geteuid() || $0.uid == 0 }
    }
}

/// What the kernel writes for SO_PEERCRED: `struct ucred` (unix(7)), which the C library declares only with
/// _GNU_SOURCE.
private struct PeerCredentials: Sendable {
    let pid: pid_t
    let uid: uid_t
    let gid: gid_t
}

/// The format of messages on a connection: four bytes with the length, then JSON.
enum MessageFraming {
    /// Far more than a request from a command line can contain, and still little memory.
    static let limit = 16 << 20

    /// A message exceeds the limit.
    struct TooLong: Error {
        var bytes: Int
    }

    /// A message in the form in which it is sent.
    static func frame(_ message: some Encodable) throws -> ByteBuffer {
        let bytes = try JSONEncoder().encode(message)
        guard bytes.count <= limit else { throw TooLong(bytes: bytes.count) }
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt32(bytes.count))
        buffer.writeBytes(bytes)
        return buffer
    }
}

/// Reads the messages of a connection one after another.
struct MessageReader {
    private var bodies: NIODecodedAsyncSequence<NIOAsyncChannelInboundStream<ByteBuffer>, MessageDecoder>.AsyncIterator

    init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) {
        bodies = inbound.decode(using: MessageDecoder()).makeAsyncIterator()
    }

    /// The next message; nil when the other side has closed the connection.
    mutating func next<Message: Decodable>(_ type: Message.Type) async throws -> Message? {
        guard let body = try await nextBody() else { return nil }
        return try JSONDecoder().decode(type, from: body)
    }

    /// The next message, as it is sent; nil when the other side has closed the connection.
    mutating func nextBody() async throws -> Data? {
        guard let body = try await bodies.next() else { return nil }
        return Data(body.readableBytesView)
    }
}

/// Splits the stream into messages.
struct MessageDecoder: NIOSingleStepByteToMessageDecoder {
    func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
        guard length <= MessageFraming.limit else { throw MessageFraming.TooLong(bytes: Int(length)) }
        return buffer.readLengthPrefixedSlice(as: UInt32.self)
    }

    /// An incomplete message at the end is not a message.
    func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        try decode(buffer: &buffer)
    }
}
