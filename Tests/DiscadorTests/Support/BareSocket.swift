import Foundation
import Glibc
import Testing

/// A plain Unix socket, for what no command of ours does.
final class BareSocket: Sendable {
    let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Connects to the socket at `path`.
    convenience init(connectingTo path: String) throws {
        try self.init(Self.opened(path) { connect($0, $1, $2) })
    }

    /// Listens at `path`.
    convenience init(listeningAt path: String) throws {
        try self.init(Self.opened(path) { bind($0, $1, $2) })
        try #require(listen(descriptor, 8) == 0)
    }

    deinit { close(descriptor) }

    /// Another descriptor of the socket, which is the caller's to close.
    func duplicate() -> Int32 { dup(descriptor) }

    /// Waits for the next client.
    func next() -> BareSocket { BareSocket(accept(descriptor, nil, nil)) }

    /// Sends a message as the control socket's two sides do: its length, then JSON.
    func send(_ json: String) {
        send(bytes: Self.length(json.utf8.count) + Array(json.utf8))
    }

    /// Sends a value as JSON, as the two sides do.
    func send(_ message: some Encodable) throws {
        send(String(decoding: try JSONEncoder().encode(message), as: UTF8.self))
    }

    /// The four bytes before a message of `count` bytes.
    static func length(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(count).bigEndian, Array.init)
    }

    func send(bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    /// The next bytes that arrive, as text; empty when the other side has closed the connection.
    func read() -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// The same, on a thread of its own, since it may have to wait.
    func nextText() async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.read()) }
        }
    }

    /// Everything that arrives until the other side closes the connection.
    func rest() async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var all = ""
                while true {
                    let text = self.read()
                    guard !text.isEmpty else { return continuation.resume(returning: all) }
                    all += text
                }
            }
        }
    }

    /// Tells the other side that nothing more will be sent.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    private static func opened(
        _ path: String, _ open: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafeBytes(of: &address) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { open(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
        }
        try #require(result == 0)
        return descriptor
    }
}
