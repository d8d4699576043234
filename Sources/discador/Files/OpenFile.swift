import CampaignCore
import Glibc

/// A file that is open for writing, by its descriptor, which this does not close.
struct OpenFile {
    let descriptor: Int32

    /// Writes all bytes. A reader that has closed the pipe (`| head`) has what it wanted: that is not an error.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress?.advanced(by: sent), raw.count - sent)
            }
            if count > 0 {
                sent += count
                continue
            }
            switch count == 0 ? EIO : errno {
            case EINTR: continue
            case EPIPE: return
            case EAGAIN:
                // Another process that shares the descriptor has made it non-blocking.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            case let code: throw SystemError(code: code)
            }
        }
    }

    /// Makes sure that what was written survives a power cut, if the file is of a kind that can.
    func sync() throws(SystemError) {
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw SystemError() }
    }
}

/// The error of a failed system call.
struct SystemError: Error, Explained {
    var code = errno

    var phrase: Phrase { Phrase(system: String(cString: strerror(code))) }
}
