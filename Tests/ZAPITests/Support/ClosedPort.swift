import Glibc

/// A port that is bound, so that no other process gets it, and on which nothing listens.
final class ClosedPort {
    let number: UInt16
    private let sockets: [Int32]

    struct NoPort: Error {}

    init() throws {
        // Of both families, since `localhost` may mean either.
        let six = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_any
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(six, pointer, length) == 0 ? getsockname(six, pointer, &length) : -1
            }
        }
        sockets = [six]
        number = UInt16(bigEndian: address.sin6_port)
        guard result == 0 else { throw NoPort() }
    }

    deinit {
        for socket in sockets { close(socket) }
    }
}
