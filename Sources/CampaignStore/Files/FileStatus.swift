package import Glibc

/// Identifies a file, regardless of its names.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let number: UInt64

    /// - Parameter number: that of its inode.
    package init(device: UInt64, number: UInt64) {
        self.device = device
        self.number = number
    }
}

/// The status of a file (stat(2)).
///
/// Here, where nothing of NIO is imported: in a module that does, it depends on the build whether the members of `stat`
/// belong to Glibc or to one of NIO's.
package struct FileStatus {
    private let raw: stat

    /// Nil when there is no such file; links are followed.
    package init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        raw = status
    }

    /// Nil when there is no such file; links are not followed.
    package init?(ofLinkItself path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        raw = status
    }

    package init?(ofDescriptor descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        raw = status
    }

    package var identity: FileIdentity { FileIdentity(device: UInt64(raw.st_dev), number: UInt64(raw.st_ino)) }
    /// One of `S_IFREG`, `S_IFLNK`, ….
    package var kind: mode_t { raw.st_mode & S_IFMT }
    package var isRegular: Bool { kind == S_IFREG }
    /// In bytes.
    package var size: Int { Int(raw.st_size) }
    /// How many names (hard links) it has.
    package var names: Int { Int(raw.st_nlink) }
    /// The permission bits.
    package var rights: mode_t { raw.st_mode & 0o7777 }
    /// When its contents were changed last, in nanoseconds since 1970.
    package var modifiedAt: Int64 { Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec) }
    package var owner: uid_t { raw.st_uid }
    package var group: gid_t { raw.st_gid }

    /// The absolute path behind all links; nil when there is no such file.
    package static func realPath(of path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
