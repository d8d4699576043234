import Glibc

/// A file without a name: it is gone when it is released, also after a crash. It is written from the start to the end,
/// and then read anywhere, through a few blocks of it in memory.
final class TemporaryFile {
    private static let blockBytes = 1 << 14
    private static let blocks = 256

    private let folder: String
    private let descriptor: Int32
    private var size = 0
    /// Which block of the file is in which place of `cache`; -1 for none.
    private var held = [Int](repeating: -1, count: blocks)
    private var cache: [UInt8] = []

    init(folder: String) throws(WorkbookError) {
        self.folder = folder
        var path = Array("\(folder)/discador.XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw .temporaryFile(folder: folder, reason: InputFile.reason(errno)) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
    }

    deinit {
        close(descriptor)
    }

    func append(_ bytes: [UInt8]) throws(WorkbookError) {
        var code: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = pwrite(
                    descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, size + written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    code = count < 0 ? errno : ENOSPC
                    return
                }
                written += count
            }
        }
        if code != 0 { throw failure(code) }
        size += bytes.count
    }

    /// - Parameter place: less than the bytes written.
    func byte(at place: Int) throws(WorkbookError) -> UInt8 {
        cache[try slot(of: place / TemporaryFile.blockBytes) + place % TemporaryFile.blockBytes]
    }

    /// Writes bytes of the file after what is there.
    func copy(_ count: Int, at place: Int, to bytes: inout [UInt8]) throws(WorkbookError) {
        var (place, rest) = (place, count)
        while rest > 0 {
            let offset = place % TemporaryFile.blockBytes
            let start = try slot(of: place / TemporaryFile.blockBytes) + offset
            let part = min(rest, TemporaryFile.blockBytes - offset)
            bytes.append(contentsOf: cache[start..<start + part])
            place += part
            rest -= part
        }
    }

    /// Where a block lies in the cache.
    private func slot(of block: Int) throws(WorkbookError) -> Int {
        let slot = block % TemporaryFile.blocks
        let start = slot * TemporaryFile.blockBytes
        if held[slot] != block { try load(block, slot, start) }
        return start
    }

    private func load(_ block: Int, _ slot: Int, _ start: Int) throws(WorkbookError) {
        if cache.isEmpty { cache = [UInt8](repeating: 0, count: TemporaryFile.blocks * TemporaryFile.blockBytes) }
        let place = block * TemporaryFile.blockBytes
        let wanted = min(TemporaryFile.blockBytes, size - place)
        held[slot] = -1
        var code: Int32 = 0
        cache.withUnsafeMutableBytes { buffer in
            var got = 0
            while got < wanted {
                let count = pread(
                    descriptor, buffer.baseAddress.map { $0 + start + got }, wanted - got, place + got)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    code = count < 0 ? errno : EIO
                    return
                }
                got += count
            }
        }
        if code != 0 { throw failure(code) }
        held[slot] = block
    }

    private func failure(_ code: Int32) -> WorkbookError {
        .temporaryFile(folder: folder, reason: InputFile.reason(code))
    }
}
