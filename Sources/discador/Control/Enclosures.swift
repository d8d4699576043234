import CampaignStore
import Foundation
import Glibc

/// Copies of lists that only this process can read, made for the process that holds the database. They lie beside it,
/// where both see them, for their owner alone.
struct Enclosures {
    private let database: String
    private var paths: [String] = []

    init(besideDatabase path: String) {
        database = DatabaseFiles(path: path).database
    }

    /// Copies a list to its end.
    ///
    /// - Returns: the absolute path of the copy.
    mutating func copy(_ source: ByteSource, of name: String) throws -> String {
        let path = "\(database)-list-\(UUID().uuidString)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(name, String(cString: strerror(errno))) }
        paths.append(path)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
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

    /// Removes the copies, once the work is over.
    mutating func remove() {
        for path in paths { unlink(path) }
        paths = []
    }

    private static func failure(_ name: String, _ detail: String) -> Failure {
        Failure(.disk, "\(name) cannot be copied for the process that holds the database (\(detail)): check the disk.")
    }
}
