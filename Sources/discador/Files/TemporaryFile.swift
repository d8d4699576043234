import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// A new file, accessible only to its owner, that is still to be moved into place.
struct TemporaryFile {
    private static let longestName = 255
    private static let pieceSize = 262_144

    let path: String
    let file: OpenFile

    /// Creates the file under an unused name, in the folder of the file that it will become.
    init(for place: (folder: String, name: String)) throws(Failure) {
        // So that people recognize what a process left behind that was killed while writing.
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

    /// Adopts the owner and the mode of the file that it will replace.
    ///
    /// - Returns: whether that was possible.
    func adoptRights(of status: FileStatus) -> Bool {
        let own = FileStatus(ofDescriptor: file.descriptor)
        if own?.owner != status.owner || own?.group != status.group {
            guard fchown(file.descriptor, status.owner, status.group) == 0 else { return false }
        }
        return fchmod(file.descriptor, status.rights) == 0
    }

    /// Moves the file to `path`, replacing any file there.
    func rename(to path: String) throws(SystemError) {
        guard Glibc.rename(self.path, path) == 0 else { throw SystemError() }
        try Self.syncFolder(of: path)
    }

    /// Moves the file to an unused name; a file that was created there in the meantime stays.
    func link(as path: String) throws {
        guard Glibc.link(self.path, path) != 0 else {
            remove()
            return try Self.syncFolder(of: path)
        }
        guard errno != EEXIST else {
            throw Failure(
                .usage,
                Phrase(
                    "\(path) was created in the meantime: choose another file, or replace it with --force.",
                    "\(path) foi criado nesse meio-tempo: escolha outro arquivo, ou substitua com --force."))
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

    /// Makes sure that the names in a folder survive a power cut.
    private static func syncFolder(of path: String) throws(SystemError) {
        let folder = open(OutputTarget.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            // A folder with write but without read permission.
            guard errno != EACCES else { return }
            throw SystemError()
        }
        defer { Glibc.close(folder) }
        try OpenFile(descriptor: folder).sync()
    }
}
