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
    package struct Holder: Codable, Sendable, Equatable, Explained {
        package var pid: Int32
        /// The machine it runs on.
        package var host: String
        /// What it is doing, such as `run cobranca-novembro`.
        package var command: String
        package var since: Timestamp
        /// The names of the campaigns that it dials.
        package var dialing: [String] = []

        package init(pid: Int32, host: String, command: String, since: Timestamp) {
            self.pid = pid
            self.host = host
            self.command = command
            self.since = since
        }

        /// A label that an earlier version wrote does not say what it dials.
        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            pid = try values.decode(Int32.self, forKey: .pid)
            host = try values.decode(String.self, forKey: .host)
            command = try values.decode(String.self, forKey: .command)
            since = try values.decode(Timestamp.self, forKey: .since)
            dialing = try values.decodeIfPresent([String].self, forKey: .dialing) ?? []
        }

        /// `process 4711 on host (run cobranca)`.
        package var phrase: Phrase {
            Phrase("process \(pid) on \(host) (\(command))", "processo \(pid) em \(host) (\(command))")
        }

        /// The command that stops what it does; nil when it ends by itself.
        func stop(database path: String) -> String? {
            if command == "serve" { return "kill -TERM \(pid)" }
            guard command.hasPrefix("run "), dialing.count == 1 else { return nil }
            return SuggestedCommands(databaseAt: path).command("pause", dialing[0])
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
        relabel(holder.command, dialing: holder.dialing)
    }

    /// Records what the holder is doing from now on, and which campaigns it dials.
    func relabel(_ command: String, dialing campaigns: [String]) {
        var holder = holder
        holder.command = command
        holder.dialing = campaigns
        isHeld.withLock { isHeld in
            // After the release, the file may be another process's.
            guard isHeld, !LockLabel.write(holder, to: descriptor) else { return }
            // The lock is held whether or not its label can be written: a full disk must not keep a run from starting.
            // A short label has space where there was one before.
            holder.dialing = []
            _ = LockLabel.write(holder, to: descriptor)
        }
    }

    deinit {
        release()
        close(descriptor)
    }

    /// The identity of the locked file; nil when it cannot be read.
    var identity: FileIdentity? { FileIdentity(descriptor: descriptor) }

    /// Releases the lock before the object is deallocated. Repeating it does no harm.
    func release() {
        isHeld.withLock { isHeld in
            guard isHeld else { return }
            isHeld = false
            ftruncate(descriptor, 0)
            // Not left to `close`: a process that is just being spawned holds a copy of the descriptor for an instant.
            flock(descriptor, LOCK_UN)
        }
    }

    /// Whether a process writes to a database, as far as this user can tell.
    package enum Holding: Sendable, Equatable, Explained {
        /// No process does.
        case free
        /// A process does; nil means that it is not known which.
        case held(Holder?)
        /// The lock cannot be read; `why` says which file and why.
        case unknown(why: Phrase)

        /// The holder, if known.
        package var holder: Holder? {
            switch self {
            case .held(let holder): holder
            case .free, .unknown: nil
            }
        }

        /// `process 4711 on host (run cobranca)`.
        package var phrase: Phrase {
            switch self {
            case .free: Phrase("nobody", "ninguém")
            case .held(let holder): holder?.phrase ?? WriterLock.someProcess
            case .unknown(let why):
                Phrase(
                    "perhaps another user's process (\(why.english))",
                    "talvez um processo de outro usuário (\(why.portuguese))")
            }
        }
    }

    private static let someProcess = Phrase("another process", "outro processo")

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
            guard case .io(let path, let detail) = error else { return .unknown(why: error.phrase) }
            return .unknown(why: Phrase(verbatim: "\(path): ") + detail)
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
                path: path, holder: holder?.phrase ?? someProcess, stop: holder?.stop(database: path))
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

    /// A label that is just being written is read again, for a tenth of a second at most.
    private static func read(_ lockPath: String) -> Holder? {
        guard let descriptor = try? CompanionFile.open(lockPath, O_RDONLY) else { return nil }
        defer { close(descriptor) }
        for _ in 0..<100 {
            switch LockLabel.read(descriptor) {
            case .holder(let holder): return holder
            case .none: return nil
            case .unfinished: poll(nil, 0, 1)
            }
        }
        return nil
    }
}

/// The text for `errno`, for the detail of an error.
func lastSystemError() -> String {
    String(cString: strerror(errno))
}
