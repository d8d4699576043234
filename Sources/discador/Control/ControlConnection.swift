import Glibc
import NIOCore

/// A connection between a command and the process that holds the database.
typealias ControlConnection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

extension ControlConnection {
    /// Whether the other end is the user of this process, or root: the kernel's word, whatever the mode of the file.
    var isFromOurUser: Bool {
        get async throws {
            guard let options = channel as? any SocketOptionProvider else { return false }
            // Unsafe would be a type that does not fit.
            let peer: PeerCredentials = try await options.unsafeGetSocketOption(
                level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
            ).get()
            return peer.uid == geteuid() || peer.uid == 0
        }
    }
}

/// What the kernel writes for SO_PEERCRED: `struct ucred` (unix(7)), which the C library shows to GNU programs only.
private struct PeerCredentials: Sendable {
    let pid: pid_t
    let uid: uid_t
    let gid: gid_t
}
