import CampaignCore
import Foundation
import Glibc
import Synchronization

/// The number of a database's last commit, kept beside it.
///
/// An older copy put in the database's place, a truncated log, and a snapshot that was rolled back are each a sound
/// database that has forgotten calls. The mark reveals that. It is written after the commit, so that it never claims
/// more than the disk has; and it is not flushed, so that after a power cut it may claim less.
final class TideMark: Sendable {
    /// What a mark says.
    struct Reading: Equatable {
        /// The `uuid` of the database.
        var store: String
        /// Its last commit.
        var commits: Int
        /// A commit that the file itself has, without its log: the last one when it was opened for writing, or when its
        /// log was restarted.
        var commitsInFile: Int
        /// The path under which it was written, as ``TideMark/name(ofPath:)``.
        var place: String
    }

    private static let title = "discador-tide"
    private static let length = 128

    private let descriptor: Int32
    private let store: String
    private let place: String
    private let last: Mutex<Last>

    private struct Last {
        var commits: Int
        var commitsInFile: Int
        var isTrusted = true
    }

    /// The content of the mark at `path`; nil when there is none, or none that can be read.
    static func read(_ path: String) -> Reading? {
        guard let descriptor = try? CompanionFile.open(path, O_RDONLY) else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: length)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == length else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 5, words[0] == title, let commits = Int(words[2]), let inFile = Int(words[3])
        else { return nil }
        return Reading(store: String(words[1]), commits: commits, commitsInFile: inFile, place: String(words[4]))
    }

    /// Whether there is a mark at `path` that this user may not read: marks are readable only by their owner.
    static func isHidden(_ path: String) -> Bool { access(path, R_OK) != 0 && errno == EACCES }

    /// A short name for a path: FNV-1a, 64 bits (RFC 9923).
    static func name(ofPath path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }

    /// Writes the mark at `path` and keeps it up to date. From then on there is a mark, whatever happens to the
    /// machine: a database without one is not trusted.
    ///
    /// - Parameters:
    ///   - row: the database's current row.
    ///   - commitsInFile: a commit that the file itself has.
    ///   - writtenAt: the path under which the database is written.
    /// - Throws: ``StoreError`` when the file cannot be created, for example on a full disk.
    init(at path: String, of row: StoreRow, commitsInFile: Int, writtenAt: String) throws(StoreError) {
        descriptor = try Self.openFile(path)
        store = row.name
        place = Self.name(ofPath: writtenAt)
        last = Mutex(Last(commits: row.commits, commitsInFile: commitsInFile))
        let isNew = Self.read(path) == nil
        note(row.commits)
        guard isNew else { return }
        flush()
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    deinit {
        close(descriptor)
    }

    /// Records that a commit is on disk, and, if given and later than before, one that the file itself has.
    func note(_ commits: Int, inFile later: Int? = nil) {
        last.withLock { last in
            guard last.isTrusted else { return }
            (last.commits, last.commitsInFile) = (commits, later ?? last.commitsInFile)
            write(last)
        }
    }

    /// Records that the database is no longer what was written: it is to be refused, even after its log has been copied
    /// into it and it looks complete again.
    func distrust() {
        last.withLock { last in
            guard last.isTrusted else { return }
            last = Last(commits: last.commits + 1, commitsInFile: last.commits + 1, isTrusted: false)
            write(last)
        }
        flush()
    }

    private func write(_ last: Last) {
        let text = "\(Self.title) \(store) \(last.commits) \(last.commitsInFile) \(place)"
        let line = Array((text.padding(toLength: Self.length - 1, withPad: " ", startingAt: 0) + "\n").utf8)
        // A mark that could not be written claims less, and does not cause a sound database to be refused.
        _ = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Makes sure that the mark survives a power cut.
    func flush() {
        fdatasync(descriptor)
    }

    private static func openFile(_ path: String) throws(StoreError) -> Int32 {
        let descriptor = try CompanionFile.open(path, O_RDWR | O_CREAT)
        // The space that every mark needs, reserved while the disk still has it.
        let code = posix_fallocate(descriptor, 0, off_t(length))
        guard code == 0 || code == EOPNOTSUPP else {
            close(descriptor)
            throw .diskFull(path: path)
        }
        return descriptor
    }
}
