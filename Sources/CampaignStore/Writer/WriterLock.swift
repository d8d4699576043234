package import CampaignCore
import Foundation
import Glibc
import Synchronization

/// The right to write to a database: an advisory lock on a file beside it, released when the process ends in any way.
///
/// SQLite before 3.51.3 can lose committed pages when two connections write or checkpoint at the same instant, so only
/// one process writes. The lock file is never removed: otherwise two processes could lock two files of the same name.
package final class WriterLock: Sendable {
    /// Who holds a lock, according to the file.
    package struct Holder: Codable, Sendable, Equatable, CustomStringConvertible {
        package var pid: Int32
        /// The machine it runs on.
        package var host: String
        /// What it is doing, such as `run cobranca-novembro`.
        package var command: String
        package var since: Timestamp

        package init(pid: Int32, host: String, command: String, since: Timestamp) {
            self.pid = pid
            self.host = host
            self.command = command
            self.since = since
        }

        /// `process 4711 on host (run cobranca)`.
        package var description: String { "process \(pid) on \(host) (\(command))" }

        /// The command that ends it cleanly; nil for a command that ends without being stopped.
        func stop(database path: String) -> String? {
            let words = command.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0] == "run" else { return nil }
            return SuggestedCommands(databaseAt: path).command("pause", String(words[1]))
        }
    }

    private let descriptor: Int32
    private let holder: Holder
    private let isHeld = Mutex(true)

    /// Takes the lock of the database at `path`.
    ///
    /// - Throws: ``StoreError/held(path:holder:)``, or ``StoreError/io(path:detail:)`` when the lock file cannot be
    ///   created.
    init(database path: String, holder: Holder) throws(StoreError) {
        // Separate from `init`: an `init` that throws once the descriptor is set also runs `deinit`, which would close
        // it twice.
        descriptor = try Self.lockedFile(ofDatabase: path)
        self.holder = holder
        ftruncate(descriptor, 0)
        relabel(holder.command)
    }

    /// Records what the holder is doing from now on.
    func relabel(_ command: String) {
        var holder = holder
        holder.command = command
        // The lock is held whether or not its label can be written: a full disk must not keep a run from starting.
        guard var label = try? JSONEncoder().encode(holder) else { return }
        let length = label.count
        // A concurrent reader finds one label or the other, followed by blanks.
        var status = stat()
        let before = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        label.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, before - length)))
        guard label.withUnsafeBytes({ pwrite(descriptor, $0.baseAddress, $0.count, 0) }) == label.count else { return }
        ftruncate(descriptor, off_t(length))
    }

    deinit {
        release()
        close(descriptor)
    }

    /// The identity of the locked file; nil when it cannot be read.
    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    /// Releases the lock before the object is deallocated. Repeating it does no harm.
    func release() {
        let isFirst = isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
        guard isFirst else { return }
        ftruncate(descriptor, 0)
        // Not left to `close`: a process that is just being spawned holds a copy of the descriptor for an instant.
        flock(descriptor, LOCK_UN)
    }

    /// Whether a process writes to a database, as far as this user can tell.
    package enum Holding: Sendable, Equatable, CustomStringConvertible {
        /// No process does.
        case free
        /// A process does; nil means that it is not known which.
        case held(Holder?)
        /// The lock cannot be read; `why` says which file and why.
        case unknown(why: String)

        /// The holder, if known.
        package var holder: Holder? {
            switch self {
            case .held(let holder): holder
            case .free, .unknown: nil
            }
        }

        /// `process 4711 on host (run cobranca)`.
        package var description: String {
            switch self {
            case .free: "nobody"
            case .held(let holder): holder?.description ?? "another process"
            case .unknown(let why): "perhaps another user's process (\(why))"
            }
        }
    }

    /// Which process writes to the database at `path` now; nil when none does, or when it is not known which.
    package static func holder(ofDatabase path: String) -> Holder? {
        holding(ofDatabase: path).holder
    }

    /// Whether a process writes to the database at `path` now.
    package static func holding(ofDatabase path: String) -> Holding {
        let lockPath = lockPath(path)
        let descriptor: Int32
        do throws(StoreError) {
            // A writer creates the file first.
            guard let opened = try CompanionFile.openIfThere(lockPath, O_RDONLY) else { return .free }
            descriptor = opened
        } catch {
            // The file is readable only by its owner, so another user learns nothing from it.
            guard case .io(let path, let detail) = error else { return .unknown(why: error.description) }
            return .unknown(why: "\(path): \(detail)")
        }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return .free }
        return .held(read(lockPath))
    }

    private static func lockedFile(ofDatabase path: String) throws(StoreError) -> Int32 {
        let lockPath = lockPath(path)
        let descriptor = try CompanionFile.open(lockPath, O_RDWR | O_CREAT)
        guard lock(descriptor, path: lockPath) else {
            let isTaken = errno == EWOULDBLOCK
            let detail = lastSystemError()
            close(descriptor)
            guard isTaken else { throw .io(path: lockPath, detail: detail) }
            let holder = read(lockPath)
            throw .held(
                path: path, holder: holder?.description ?? "another process", stop: holder?.stop(database: path))
        }
        return descriptor
    }

    /// A process that only queries the holder has the lock for an instant too: while the file names no process, locking
    /// is tried again, for half a second at most.
    private static func lock(_ descriptor: Int32, path: String) -> Bool {
        for _ in 0..<50 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            let code = errno
            guard code == EWOULDBLOCK, read(path) == nil else {
                errno = code
                return false
            }
            poll(nil, 0, 10)
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    private static func lockPath(_ path: String) -> String { DatabaseFiles(path: path).lock }

    private static func read(_ lockPath: String) -> Holder? {
        guard let descriptor = try? CompanionFile.open(lockPath, O_RDONLY) else { return nil }
        let data = try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).readToEnd()
        return try? JSONDecoder().decode(Holder.self, from: data ?? Data())
    }
}

/// The text for `errno`, for the detail of an error.
func lastSystemError() -> String {
    String(cString: strerror(errno))
}
