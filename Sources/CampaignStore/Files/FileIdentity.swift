import Foundation
import Glibc

/// A file itself, whatever its names are.
struct FileIdentity: Hashable {
    private let device: UInt
    private let inode: UInt

    /// The file that has this name now, links followed; nil when there is none.
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

    /// The file that a descriptor of this process is of.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }

    /// The descriptors by which this process has the file open, SQLite's among them.
    func descriptors() -> Set<Int32> {
        // Not by opening the file once more: closing that would take SQLite's locks away (fcntl(2)).
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return Set(names.compactMap { Int32($0) }.filter { FileIdentity(descriptor: $0) == self })
    }
}
