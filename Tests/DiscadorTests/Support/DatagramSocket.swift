import Foundation
import Glibc
import Testing

/// The socket at which a service manager listens.
final class DatagramSocket {
    /// As `NOTIFY_SOCKET` has it.
    let address: String
    private let descriptor: Int32

    init(isAbstract: Bool) throws {
        let name = "discador-notify-\(UUID().uuidString)"
        let path = FileManager.default.temporaryDirectory.appending(path: name).path
        address = isAbstract ? "@" + name : path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var own = sockaddr_un()
        own.sun_family = sa_family_t(AF_UNIX)
        let bytes = isAbstract ? [0] + Array(name.utf8) : Array(path.utf8) + [0]
        try #require(bytes.count <= MemoryLayout.size(ofValue: own.sun_path))
        withUnsafeMutableBytes(of: &own.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let result = withUnsafeBytes(of: &own) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { bind(descriptor, $0, length) }
            }
        }
        try #require(result == 0)
    }

    deinit {
        close(descriptor)
        if !address.hasPrefix("@") { unlink(address) }
    }

    /// The messages that have arrived since the last time.
    func messages() -> [String] {
        var messages: [String] = []
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT)), count > 0 {
            messages.append(String(decoding: bytes.prefix(count), as: UTF8.self))
        }
        return messages
    }
}
