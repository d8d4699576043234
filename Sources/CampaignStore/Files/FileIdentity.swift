import Foundation

extension FileIdentity {
    /// The file that has this name now, following links; nil when there is none.
    init?(path: String) {
        guard let status = FileStatus(of: path) else { return nil }
        self = status.identity
    }

    /// The file that one of this process's descriptors refers to.
    init?(descriptor: Int32) {
        guard let status = FileStatus(ofDescriptor: descriptor) else { return nil }
        self = status.identity
    }

    /// The file that has this name now, and its length in bytes.
    static func withSize(path: String) -> (identity: FileIdentity, size: Int)? {
        FileStatus(of: path).map { ($0.identity, $0.size) }
    }

    /// The descriptors under which this process has the file open, including SQLite's.
    func descriptors() -> Set<Int32> {
        // Not by opening the file again: closing it would drop SQLite's locks (fcntl(2)).
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return Set(names.compactMap { Int32($0) }.filter { FileIdentity(descriptor: $0) == self })
    }
}
