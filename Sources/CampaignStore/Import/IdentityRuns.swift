import Foundation
import GRDB
import Glibc
import HeapModule

/// A number of a contact that has been written: what is sorted.
struct IdentityEntry: Comparable, Sendable {
    var identity: Int64
    var contact: Int64

    static func < (one: IdentityEntry, other: IdentityEntry) -> Bool {
        (one.identity, one.contact) < (other.identity, other.contact)
    }
}

/// Sorts any number of entries in bounded memory: sorted runs go to a file that has no name, and are merged at the end.
struct IdentityRuns {
    /// Entries of a run that are read at once while runs are merged: 32 KB.
    private static let readAhead = 2048

    private let most: Int
    private let folder: String
    private var entries: [IdentityEntry] = []
    private var file: RunFile?
    private var runs: [Range<Int>] = []

    /// - Parameters:
    ///   - most: entries that are kept in memory.
    ///   - folder: where the file goes when there are more.
    init(most: Int, folder: String) {
        self.most = most
        self.folder = folder
    }

    mutating func append(_ entry: IdentityEntry) throws {
        entries.append(entry)
        if entries.count >= most { try endRun() }
    }

    /// Hands all entries to `body`, in order, and forgets them.
    mutating func drain(_ body: (IdentityEntry) throws -> Void) throws {
        guard let file else {
            entries.sort()
            for entry in entries { try body(entry) }
            entries = []
            return
        }
        try endRun()
        entries = []
        var cursors = runs.map { Cursor(rest: $0) }
        var heap = Heap<Candidate>()
        for index in cursors.indices {
            if let entry = try cursors[index].next(file) { heap.insert(Candidate(entry: entry, run: index)) }
        }
        while let least = heap.min {
            try body(least.entry)
            if let entry = try cursors[least.run].next(file) {
                heap.replaceMin(with: Candidate(entry: entry, run: least.run))
            } else {
                heap.removeMin()
            }
        }
        (self.file, runs) = (nil, [])
    }

    private mutating func endRun() throws {
        guard !entries.isEmpty else { return }
        entries.sort()
        let file = try self.file ?? RunFile(folder: folder)
        self.file = file
        let start = runs.last?.upperBound ?? 0
        try file.write(entries, at: start)
        runs.append(start..<start + entries.count)
        entries.removeAll(keepingCapacity: true)
    }

    private struct Candidate: Comparable {
        var entry: IdentityEntry
        var run: Int

        static func < (one: Candidate, other: Candidate) -> Bool { one.entry < other.entry }
    }

    /// How far a run has been read.
    private struct Cursor {
        var rest: Range<Int>
        private var ahead: ArraySlice<IdentityEntry> = []

        init(rest: Range<Int>) {
            self.rest = rest
        }

        mutating func next(_ file: RunFile) throws -> IdentityEntry? {
            if ahead.isEmpty {
                let piece = rest.prefix(IdentityRuns.readAhead)
                ahead = try file.read(piece)[...]
                rest = piece.upperBound..<rest.upperBound
            }
            return ahead.popFirst()
        }
    }
}

/// The file of sorted runs. It has no name, so that nothing is left whatever happens.
private final class RunFile {
    private let descriptor: Int32

    init(folder: String) throws {
        let path = "\(folder)/discador-import-\(UUID().uuidString)"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure() }
        unlink(path)
    }

    deinit {
        close(descriptor)
    }

    /// Writes entries at a place, counted in entries.
    func write(_ entries: [IdentityEntry], at place: Int) throws {
        try entries.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let offset = place * MemoryLayout<IdentityEntry>.stride + done
                let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset))
                guard count > 0 || errno == EINTR else { throw Self.failure() }
                done += max(count, 0)
            }
        }
    }

    func read(_ places: Range<Int>) throws -> [IdentityEntry] {
        var entries = [IdentityEntry](repeating: IdentityEntry(identity: 0, contact: 0), count: places.count)
        try entries.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
                let offset = places.lowerBound * MemoryLayout<IdentityEntry>.stride + done
                let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset))
                guard count > 0 || errno == EINTR else { throw Self.failure() }
                done += max(count, 0)
            }
        }
        return entries
    }

    /// As SQLite would say it, so that it is told like the database's own trouble.
    private static func failure() -> DatabaseError {
        DatabaseError(
            resultCode: errno == ENOSPC || errno == EFBIG || errno == EDQUOT ? .SQLITE_FULL : .SQLITE_IOERR,
            message: lastSystemError())
    }
}
