import CDispatch
// In some builds the members of `stat` come from here, in others from Glibc.
import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// Copies of lists that only this process can read, made for the process that holds the database. They are beside the
/// database, where both can find them, and readable only by their owner.
///
/// Each is locked as long as the process that made it lives, so that leftovers of killed processes can be recognized.
struct RequestAttachments {
    private let database: String
    private var copies: [(path: String, file: FileHandle)] = []

    init(besideDatabase path: String) {
        database = DatabaseFiles(path: path).database
    }

    /// Copies the rest of a list.
    ///
    /// - Returns: the absolute path of the copy.
    mutating func copy(_ source: ByteSource, of name: String) throws -> String {
        let (path, file) = try create(name)
        copies.append((path, file))
        var source = source
        while true {
            let piece = try source.read()
            guard !piece.isEmpty else { return path }
            do {
                try file.write(contentsOf: piece)
            } catch {
                throw Self.failure(name, error.localizedDescription)
            }
        }
    }

    /// Removes the copies, once the operation is over.
    mutating func remove() {
        for copy in copies { unlink(copy.path) }
        copies = []
    }

    /// Removes the copies that killed processes have left beside a database.
    static func removeLeftovers(besideDatabase path: String) {
        let database = URL(fileURLWithPath: DatabaseFiles(path: path).database)
        let folder = database.deletingLastPathComponent().path
        let beginning = database.lastPathComponent + infix
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(beginning) {
            guard UUID(uuidString: String(name.dropFirst(beginning.count))) != nil else { continue }
            let descriptor = open("\(folder)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            // While it lives, the process that made it still holds the lock.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink("\(folder)/\(name)") }
            close(descriptor)
        }
    }

    private static let infix = "-list-"

    private func create(_ name: String) throws -> (path: String, file: FileHandle) {
        while true {
            let path = "\(database)\(Self.infix)\(UUID().uuidString)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Self.failure(name, String(cString: strerror(errno))) }
            let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            flock(descriptor, LOCK_EX)
            // Before it was locked, another process may have taken it for a leftover.
            if FileManager.default.fileExists(atPath: path) { return (path, file) }
        }
    }

    private static func failure(_ name: String, _ detail: String) -> Failure {
        Failure(
            .disk,
            Phrase(
                "\(name) cannot be copied for the process that holds the database (\(detail)): check the disk.",
                "Não foi possível copiar \(name) para o processo que usa o banco de dados (\(detail)): confira o disco."
            ))
    }
}
