import Foundation
import Glibc

/// The file itself, regardless of its names.
struct FileIdentity: Hashable {
    private let device: UInt
    private let inode: UInt

    /// The file that has this name now, following links; nil when there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The file that has this name now, and its length in bytes.
    static func withSize(path: String) -> (identity: FileIdentity, size: Int)? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return (FileIdentity(status), Int(status.st_size))
    }

    /// The file that one of this process's descriptors refers to.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }

    /// The descriptors under which this process has the file open, including SQLite's.
    func descriptors() -> Set<Int32> {
        // Not by opening the file again: closing it would drop SQLite's locks (fcntl(2)).
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return Set(names.compactMap { Int32($0) }.filter { FileIdentity(descriptor: $0) == self })
    }
}
