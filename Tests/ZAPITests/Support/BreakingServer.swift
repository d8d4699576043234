import Foundation
import Glibc

/// Accepts one connection, and closes it when the first byte has come.
final class BreakingServer {
    let port: UInt16
    private let listener: Int32

    struct NoPort: Error {}

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 ? getsockname(listener, pointer, &length) : -1
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard result == 0, listen(listener, 1) == 0 else { throw NoPort() }
        Thread.detachNewThread {
            let connection = accept(listener, nil, nil)
            var byte: UInt8 = 0
            _ = read(connection, &byte, 1)
            close(connection)
        }
    }

    deinit {
        close(listener)
    }
}
