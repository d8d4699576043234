import Glibc

/// Does not answer to connections: its queue of those that it has yet to accept is full.
final class UnansweringServer {
    let port: UInt16
    private let sockets: [Int32]

    struct NoPort: Error {}

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // With no room in the queue, Linux lets one connection in.
        let waiting = (0..<3).map { _ in
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        }
        sockets = [listener] + waiting
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(listener, pointer, length) == 0, listen(listener, 0) == 0,
                    getsockname(listener, pointer, &length) == 0
                else { return Int32(-1) }
                for socket in waiting { connect(socket, pointer, length) }
                return 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard result == 0 else { throw NoPort() }
    }

    deinit {
        for socket in sockets { close(socket) }
    }
}
