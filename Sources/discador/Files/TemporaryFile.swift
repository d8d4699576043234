import Foundation
import Glibc

/// A file that is not in its place yet: new, and only for its owner.
struct TemporaryFile {
    private static let longestName = 255
    private static let pieceSize = 262_144

    let path: String
    let file: OpenFile

    /// Creates the file under an unused name, in the folder of the file that it is to become.
    init(for place: (folder: String, name: String)) throws(Failure) {
        // Tells a person what was left by a process that was killed while it wrote.
        let ending = ".\(UUID().uuidString).partial"
        var name = place.name
        while name.utf8.count + ending.utf8.count > Self.longestName { name.removeLast() }
        path = "\(place.folder)/\(name)\(ending)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OutputTarget.failure("\(place.folder)/\(place.name)", SystemError()) }
        file = OpenFile(descriptor: descriptor)
    }

    func close() {
        Glibc.close(file.descriptor)
    }

    func remove() {
        unlink(path)
    }

    /// Takes the owner and the mode of the file that it is to replace.
    ///
    /// - Returns: whether it could.
    func adoptRights(of status: FileStatus) -> Bool {
        let own = FileStatus(ofDescriptor: file.descriptor)
        if own?.owner != status.owner || own?.group != status.group {
            guard fchown(file.descriptor, status.owner, status.group) == 0 else { return false }
        }
        return fchmod(file.descriptor, status.rights) == 0
    }

    /// Replaces the file with this name, if there is one.
    func rename(to path: String) throws(SystemError) {
        guard Glibc.rename(self.path, path) == 0 else { throw SystemError() }
        try Self.syncFolder(of: path)
    }

    /// Takes an unused name; a file that was created there meanwhile stays.
    func link(as path: String) throws {
        guard Glibc.link(self.path, path) != 0 else {
            remove()
            return try Self.syncFolder(of: path)
        }
        guard errno != EEXIST else {
            throw Failure(
                .usage, "\(path) was created in the meantime: choose another file, or replace it with --force.")
        }
        // A file system without hard links.
        try rename(to: path)
    }

    /// Copies the content to another file.
    ///
    /// - Returns: how many bytes it has.
    @discardableResult
    func copy(to target: OpenFile) throws(SystemError) -> Int {
        var size = 0
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            let count = piece.withUnsafeMutableBytes { pread(file.descriptor, $0.baseAddress, $0.count, off_t(size)) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError() }
            guard count > 0 else { return size }
            try target.write(Array(piece.prefix(count)))
            size += count
        }
    }

    /// Makes the names in a folder survive a power cut.
    private static func syncFolder(of path: String) throws(SystemError) {
        let folder = open(OutputTarget.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            // A folder that may be written to but not read.
            guard errno != EACCES else { return }
            throw SystemError()
        }
        defer { Glibc.close(folder) }
        try OpenFile(descriptor: folder).sync()
    }
}
