import Foundation
import Glibc
import Synchronization

/// A server on loopback that replies exactly as a test says: with bytes that the simulator never sends, with half a
/// reply, or not at all.
package final class ScriptedServer: Sendable {
    /// The reply to one request.
    package enum Reply: Sendable {
        /// These bytes, and then the connection is closed.
        case bytes([UInt8])
        /// These bytes, and then the connection waits for the next request.
        case keepingOpen([UInt8])
        /// These bytes, and then nothing until the client disconnects.
        case stalling([UInt8])
        /// These bytes, and then one more at a time until the client disconnects.
        case dripping([UInt8])

        /// A complete reply.
        package static func reply(_ status: Int, _ body: String, headers: [String] = []) -> Reply {
            .bytes(head(status, length: body.utf8.count, headers: headers) + Array(body.utf8))
        }

        /// A reply's head, for a body of `length` bytes.
        package static func head(_ status: Int, length: Int, headers: [String] = []) -> [UInt8] {
            let lines = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(length)", "Connection: close"] + headers
            return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        }
    }

    /// A request as it arrived.
    package struct Request: Sendable {
        /// Its first line and its headers, a line each.
        package var lines: [String]
        package var body: String

        /// The value of a header; nil when it is absent.
        package func header(_ name: String) -> String? {
            let start = name.lowercased() + ":"
            return lines.dropFirst().first { $0.lowercased().hasPrefix(start) }
                .map { $0.dropFirst(start.count).trimmingCharacters(in: .whitespaces) }
        }
    }

    private let listener: Int32
    /// Where it listens.
    package let port: UInt16
    private let received = Mutex<[Request]>([])
    private let linesOnUsedConnections = Mutex<[String]>([])
    private let accepted = Mutex<Int>(0)
    private let reply: @Sendable (String) -> Reply

    /// Starts listening.
    ///
    /// - Parameter reply: the reply to a request, by its first line, such as `GET /instances/A/token/t/status HTTP/1.1`.
    package init(_ reply: @escaping @Sendable (String) -> Reply) throws {
        self.reply = reply
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(listener, pointer, length) == 0, listen(listener, 64) == 0 else { return Int32(-1) }
                return getsockname(listener, pointer, &length)
            }
        }
        guard result == 0 else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread { [self] in accept() }.start()
    }

    /// What to use as an instance's `baseURL`.
    package var baseURL: String { "http://127.0.0.1:\(port)" }

    /// The first lines of the requests so far.
    package var requests: [String] { wholeRequests.map { $0.lines.first ?? "" } }

    /// The requests so far.
    package var wholeRequests: [Request] { received.withLock { $0 } }

    /// Their bodies, in the same order.
    package var bodies: [String] { wholeRequests.map(\.body) }

    /// The first lines of those that came on a connection that had been used before.
    package var requestsOnUsedConnections: [String] { linesOnUsedConnections.withLock { $0 } }

    /// How many connections there have been so far.
    package var connections: Int { accepted.withLock { $0 } }

    /// Accepts no more connections.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            accepted.withLock { $0 += 1 }
            Thread { [self] in
                var isNew = true
                while serve(connection, isNew: isNew) { isNew = false }
                close(connection)
            }.start()
        }
        close(listener)
    }

    /// Answers one request; true when the connection waits for another.
    private func serve(_ connection: Int32, isNew: Bool) -> Bool {
        guard let request = Self.request(connection), let line = request.lines.first else { return false }
        received.withLock { $0.append(request) }
        if !isNew { linesOnUsedConnections.withLock { $0.append(line) } }
        switch reply(line) {
        case .keepingOpen(let bytes):
            return Self.send(bytes, connection)
        case .bytes(let bytes):
            Self.send(bytes, connection)
        case .stalling(let bytes):
            Self.send(bytes, connection)
            while !Self.hasLeft(connection) {}
        case .dripping(let bytes):
            Self.send(bytes, connection)
            while !Self.hasLeft(connection), Self.send([0x20], connection) {}
        }
        return false
    }

    /// Reads a request to its end.
    private static func request(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        while true {
            var part = [UInt8](repeating: 0, count: 65_536)
            let count = read(connection, &part, part.count)
            guard count > 0 else { return nil }
            bytes += part.prefix(count)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
            let length =
                lines.first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) } ?? 0
            let body = text[end.upperBound...]
            if body.utf8.count >= length { return Request(lines: lines, body: String(body)) }
        }
    }

    @discardableResult
    private static func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Waits briefly for the client to disconnect.
    private static func hasLeft(_ connection: Int32) -> Bool {
        var state = pollfd(fd: connection, events: Int16(POLLIN) | Int16(0x2000), revents: 0)
        return poll(&state, 1, 5) != 0
    }
}
