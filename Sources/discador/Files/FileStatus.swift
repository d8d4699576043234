// In some builds the members of `stat` come from here, in others from Glibc.
import CDispatch
import Glibc

/// Identifies a file, regardless of its names.
struct FileIdentity: Hashable {
    var device: UInt64
    var number: UInt64
}

/// The status of a file (stat(2)).
struct FileStatus {
    private let raw: stat

    /// Nil when there is no such file; links are followed.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        raw = status
    }

    /// Nil when there is no such file; links are not followed.
    init?(ofLinkItself path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        raw = status
    }

    init?(ofDescriptor descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        raw = status
    }

    var identity: FileIdentity { FileIdentity(device: UInt64(raw.st_dev), number: UInt64(raw.st_ino)) }
    /// One of `S_IFREG`, `S_IFLNK`, ….
    var kind: mode_t { raw.st_mode & S_IFMT }
    var isRegular: Bool { kind == S_IFREG }
    /// In bytes.
    var size: Int { Int(raw.st_size) }
    /// How many names (hard links) it has.
    var names: Int { Int(raw.st_nlink) }
    /// The permission bits.
    var rights: mode_t { raw.st_mode & 0o7777 }
    var owner: uid_t { raw.st_uid }
    var group: gid_t { raw.st_gid }

    /// The absolute path behind all links; nil when there is no such file.
    static func realPath(of path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
