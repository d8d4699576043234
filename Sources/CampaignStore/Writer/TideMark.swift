import CampaignCore
import Foundation
import Glibc
import Synchronization

/// How far a database has come, kept beside it: the number of its last commit.
///
/// An older copy that is put in the database's place, a log that was cut and a snapshot that was rolled back are each a
/// sound database, which has forgotten calls. The mark tells. It is written after the commit, so that it never claims
/// what the disk has not; and not flushed, so that after a power cut it may claim less.
final class TideMark: Sendable {
    /// What a mark says.
    struct Reading: Equatable {
        /// The `uuid` of the database.
        var store: String
        /// Its last commit.
        var commits: Int
        /// A commit that the file itself has, without its log: the last one when it was opened to write, or when its log
        /// was begun anew.
        var commitsInFile: Int
        /// Under which path it was written, as ``TideMark/name(ofPath:)``.
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

    /// What the mark at `path` says; nil when there is none, or none that can be read.
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

    /// Whether there is a mark at `path` that this user may not read: it is its owner's alone.
    static func isHidden(_ path: String) -> Bool { access(path, R_OK) != 0 && errno == EACCES }

    /// A path in a few letters: FNV-1a, 64 bits (RFC 9923).
    static func name(ofPath path: String) -> String {
        let hash = path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }

    /// Writes the mark at `path` and keeps it up to date. From then on there is one, whatever happens to the machine: a
    /// database without is not trusted.
    ///
    /// - Parameters:
    ///   - row: the database as it is.
    ///   - commitsInFile: a commit that the file itself has.
    ///   - writtenAt: the path under which the database is written.
    /// - Throws: ``StoreError`` when there can be no such file, such as on a full disk.
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

    /// Writes down that a commit is on disk, and one that the file itself has, where that is a later one than before.
    func note(_ commits: Int, inFile later: Int? = nil) {
        last.withLock { last in
            guard last.isTrusted else { return }
            (last.commits, last.commitsInFile) = (commits, later ?? last.commitsInFile)
            write(last)
        }
    }

    /// Writes down that the database is no longer what was written: it is to be refused, also when its log has been brought
    /// into it and it looks whole again.
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
        // A mark that could not be written claims less, and refuses no sound database.
        _ = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Makes the mark outlive a power cut.
    func flush() {
        fdatasync(descriptor)
    }

    private static func openFile(_ path: String) throws(StoreError) -> Int32 {
        let descriptor = try CompanionFile.open(path, O_RDWR | O_CREAT)
        // The room that every mark needs, while the disk still has it.
        let code = posix_fallocate(descriptor, 0, off_t(length))
        guard code == 0 || code == EOPNOTSUPP else {
            close(descriptor)
            throw .diskFull(path: path)
        }
        return descriptor
    }
}
