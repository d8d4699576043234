import Glibc

/// A file that is open for reading; it closes when it is released.
final class InputFile {
    let descriptor: Int32
    /// Bytes when it was opened.
    let size: Int

    init(path: String) throws(WorkbookError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(reason: InputFile.reason(errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .unreadable(reason: InputFile.reason(code))
        }
        size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw .unreadable(
                reason: isFolder ? "it is a folder" : "a workbook is read from a file, not from a pipe or device")
        }
    }

    deinit {
        close(descriptor)
    }

    /// The bytes from a place on, fewer than `count` at the end of the file.
    func read(_ count: Int, at place: Int) throws(WorkbookError) -> [UInt8] {
        guard place >= 0, place < size, count > 0 else { return [] }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: min(count, size - place)) { buffer, filled in
            while filled < buffer.count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, place + filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                guard got > 0 else { break }
                filled += got
            }
        }
        if code != 0 { throw .unreadable(reason: InputFile.reason(code)) }
        return bytes
    }

    /// The system's words for an error number.
    static func reason(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
