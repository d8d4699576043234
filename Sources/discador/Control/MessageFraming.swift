import Foundation
import NIOCore

/// How messages lie in the stream of a connection: four bytes with the length, then JSON.
enum MessageFraming {
    /// Far more than an request can hold that came in by a command line, and no burden for memory.
    static let limit = 16 << 20

    /// A message as it is sent.
    static func frame(_ message: some Encodable) throws -> ByteBuffer {
        let bytes = try JSONEncoder().encode(message)
        guard bytes.count <= limit else {
            throw Failure(.badInput, "That is too much at once (\(bytes.count) bytes): do it in several parts.")
        }
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

    /// The next message; nil when the other side has left.
    mutating func next<Message: Decodable>(_ type: Message.Type) async throws -> Message? {
        guard let body = try await bodies.next() else { return nil }
        return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
    }
}

/// Cuts the stream into the bodies of its messages.
struct MessageDecoder: NIOSingleStepByteToMessageDecoder {
    /// A message longer than it may be.
    struct TooLong: Error {}

    func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
        guard length <= MessageFraming.limit else { throw TooLong() }
        return buffer.readLengthPrefixedSlice(as: UInt32.self)
    }

    /// What is left of a message that was cut off is none.
    func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        try decode(buffer: &buffer)
    }
}
