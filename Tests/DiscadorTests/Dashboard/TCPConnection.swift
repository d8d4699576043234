import Foundation
import Glibc
import Testing

/// A connection to this machine, for requests that no client would send.
final class TCPConnection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafeBytes(of: &address) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
        }
        try #require(result == 0, "the service does not listen")
    }

    deinit { close(descriptor) }

    /// - Returns: whether the other side still takes it.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// The next bytes that arrive; empty when the other side has closed the connection.
    func next() async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.read()) }
        }
    }

    /// What arrives until there is `text` in it, or the other side closes the connection.
    func text(until text: String) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var all: [UInt8] = []
                while true {
                    let piece = self.read()
                    all += piece
                    let known = String(decoding: all, as: UTF8.self)
                    if piece.isEmpty || known.contains(text) { return continuation.resume(returning: known) }
                }
            }
        }
    }

    /// Everything that arrives until the other side closes the connection.
    func rest() async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var all: [UInt8] = []
                while true {
                    let piece = self.read()
                    guard !piece.isEmpty else { return continuation.resume(returning: all) }
                    all += piece
                }
            }
        }
    }

    private func read() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return Array(bytes.prefix(max(0, count)))
    }
}
