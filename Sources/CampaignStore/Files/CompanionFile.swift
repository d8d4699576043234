import CampaignCore
import Glibc

/// discador's own files beside a database: lock, spool, tide mark.
enum CompanionFile {
    /// Opens such a file. A new one is readable only by its owner.
    ///
    /// Any user with write permission for the folder can put something else in its place. So links are not followed,
    /// since the target may belong to someone else, and opening a pipe does not block.
    ///
    /// - Parameter flags: as for open(2).
    static func open(_ path: String, _ flags: Int32) throws(StoreError) -> Int32 {
        let descriptor = descriptor(path, flags)
        guard descriptor >= 0 else { throw error(path) }
        return try requireRegular(descriptor, path)
    }

    /// The same; nil when there is no such file.
    static func openIfThere(_ path: String, _ flags: Int32) throws(StoreError) -> Int32? {
        let descriptor = descriptor(path, flags)
        guard descriptor >= 0 else {
            guard errno != ENOENT, errno != ENOTDIR else { return nil }
            throw error(path)
        }
        return try requireRegular(descriptor, path)
    }

    private static func descriptor(_ path: String, _ flags: Int32) -> Int32 {
        Glibc.open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    }

    private static func requireRegular(_ descriptor: Int32, _ path: String) throws(StoreError) -> Int32 {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .io(
                path: path, detail: Phrase("it is not a regular file: remove it", "não é um arquivo comum: remova-o"))
        }
        return descriptor
    }

    private static func error(_ path: String) -> StoreError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EMFILE, ENFILE: .tooManyFiles(path: path)
        case ELOOP:
            .io(
                path: path,
                detail: Phrase(
                    "it is a symbolic link, which is not followed: remove it",
                    "é um link simbólico, que não é seguido: remova-o"))
        case ENXIO:
            .io(path: path, detail: Phrase("it is not a regular file: remove it", "não é um arquivo comum: remova-o"))
        default: .io(path: path, detail: lastSystemError())
        }
    }
}
