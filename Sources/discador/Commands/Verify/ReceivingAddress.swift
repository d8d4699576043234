import Glibc

/// The address at which the services of a round receive webhooks: the same for the whole round, whoever listens.
struct ReceivingAddress: Sendable {
    /// Below the ports that systems give to connections.
    private static let ports: ClosedRange<UInt16> = 20_000...32_000

    let port: UInt16

    var text: String { "127.0.0.1:\(port)" }
    var url: String { "http://\(text)" }

    /// An address at which nobody listens. Nil when there is none.
    init?(using random: inout some RandomNumberGenerator) {
        for _ in 0..<100 {
            let port = UInt16.random(in: Self.ports, using: &random)
            guard Self.isFree(port) else { continue }
            self.port = port
            return
        }
        return nil
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
