import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// Sockets in the file system. A socket's address has room for 107 bytes (unix(7)), and databases may have longer
/// paths: the socket is reached through an open descriptor, whose name under `/proc` is short.
enum UnixSocket {
    /// O_PATH: opens the location of a file, not its content (open(2)); the C library declares it only with
    /// _GNU_SOURCE.
    private static let pathOnly: Int32 = 0o10000000

    /// A socket that listens at `path`, accessible only to its owner. One that a killed process left there is replaced.
    ///
    /// - Returns: its descriptor.
    static func listen(at path: String) throws(Failure) -> Int32 {
        let url = URL(fileURLWithPath: path)
        let folder = open(url.deletingLastPathComponent().path, pathOnly | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path) }
        defer { close(folder) }
        let descriptor = try new(path)
        // It is renamed to `path` once it listens, so that no client finds it before.
        let connection = ".discador-\(getpid())-socket"
        unlinkat(folder, connection, 0)
        // Before it has a file: bind(2) gives the file this mode, so that it never has another.
        guard fchmod(descriptor, 0o600) == 0,
            with("/proc/self/fd/\(folder)/\(connection)", { bind(descriptor, $0, $1) }) == 0,
            Glibc.listen(descriptor, SOMAXCONN) == 0,
            renameat(folder, connection, folder, url.lastPathComponent) == 0
        else {
            let failure = failure(path)
            unlinkat(folder, connection, 0)
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    /// A connection to the socket at `path`; nil when no trustworthy process listens there.
    static func connect(to path: String) throws(Failure) -> Int32? {
        let file = open(path, pathOnly | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard let status = FileStatus(ofDescriptor: file), status.kind == S_IFSOCK else { return nil }
        // In a folder that others may write to, the socket may be theirs.
        guard [geteuid(), 0].contains(status.owner) || geteuid() == 0 else { return nil }
        let descriptor = try new(path)
        guard with("/proc/self/fd/\(file)", { Glibc.connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Whether a socket's address has room for a path.
    static func canName(_ path: String) -> Bool { with(path) { _, _ in 0 } != nil }

    /// The path that a socket is bound to; nil when it is bound to none.
    static func path(of descriptor: Int32) -> String? {
        var address = sockaddr_un()
        var size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafeMutableBytes(of: &address) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { getsockname(descriptor, $0, &size) }
            }
        }
        guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        let path = withUnsafeBytes(of: address.sun_path) { bytes in
            // An address of 108 bytes has no zero byte at the end.
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return path.isEmpty ? nil : path
    }

    private static func new(_ path: String) throws(Failure) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(path) }
        return descriptor
    }

    /// Calls `body` with the address of a short path; nil when it is too long for one.
    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        // Includes the zero byte at the end.
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafeBytes(of: &address) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
        }
    }

    private static func failure(_ path: String) -> Failure {
        let detail = String(cString: strerror(errno))
        return Failure(
            .disk,
            Phrase(
                "a socket cannot be created at \(path) (\(detail))",
                "não foi possível criar um socket em \(path) (\(detail))"))
    }
}
