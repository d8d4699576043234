import Foundation
import GRDB
import Glibc

/// A file for what does not fit in memory. It has no name, so that nothing is left behind in any case.
final class AnonymousFile: Sendable {
    private let descriptor: Int32

    /// - Parameter folder: the folder whose disk provides the space.
    init(in folder: String) throws {
        let path = "\(folder)/discador-import-\(UUID().uuidString)"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure() }
        unlink(path)
    }

    deinit {
        close(descriptor)
    }

    /// Writes bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at place: Int) throws {
        try move(bytes.count) { done in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            return pwrite(descriptor, rest.baseAddress, rest.count, off_t(place + done))
        }
    }

    /// Fills a buffer with the bytes at an offset, all of which must have been written.
    func read(into bytes: UnsafeMutableRawBufferPointer, at place: Int) throws {
        try move(bytes.count) { done in
            let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
            return pread(descriptor, rest.baseAddress, rest.count, off_t(place + done))
        }
    }

    /// Repeats a system call until it has moved all bytes.
    ///
    /// - Parameter call: moves some, from the first that is not done; returns how many, or what a failed call returns.
    private func move(_ bytes: Int, _ call: (_ done: Int) -> Int) throws {
        var done = 0
        while done < bytes {
            let count = call(done)
            guard count > 0 || count < 0 && errno == EINTR else { throw Self.failure() }
            done += max(count, 0)
        }
    }

    /// As an SQLite error, so that it is reported like the database's own.
    private static func failure() -> DatabaseError {
        DatabaseError(
            resultCode: errno == ENOSPC || errno == EFBIG || errno == EDQUOT ? .SQLITE_FULL : .SQLITE_IOERR,
            message: lastSystemError())
    }
}
