import Foundation
import Glibc
import Testing

/// A plain Unix socket, for what no command of ours does.
final class BareSocket: Sendable {
    private let descriptor: Int32

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

    /// Waits for the next client.
    func next() -> BareSocket { BareSocket(accept(descriptor, nil, nil)) }

    /// Sends a message as the control socket's two sides do: its length, then JSON.
    func send(_ json: String) {
        let bytes = withUnsafeBytes(of: UInt32(json.utf8.count).bigEndian, Array.init) + Array(json.utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    /// The next bytes that arrive, as text; empty when the other side has closed the connection.
    func read() -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

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
