import CampaignCore
import Dashboard
import Dispatch
import Glibc

/// A file without a name: it is gone when nobody has it open any more, whatever becomes of this process.
final class TemporaryDownload: DownloadFile {
    private static let piece = 256 * 1_024

    let size: Int
    private let file: OpenFile
    private let queue = DispatchQueue(label: "discador.download")

    private init(_ file: OpenFile, size: Int) {
        (self.file, self.size) = (file, size)
    }

    deinit { close(file.descriptor) }

    /// Lets `fill` write a file, and hands it out when it is complete.
    @inline(never)
    static func make(
        in folder: UploadFolder, _ fill: (@escaping ([UInt8]) throws -> Void) throws -> Void
    ) throws -> TemporaryDownload {
        let path = folder.previewFolder()
        let file = try folder.create(path)
        unlink(path)
        do {
            try fill { try folder.write($0, to: file) }
        } catch {
            close(file.descriptor)
            throw error
        }
        return TemporaryDownload(file, size: Int(lseek(file.descriptor, 0, SEEK_END)))
    }

    func read(from offset: Int) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(with: Result { try piece(from: offset) })
            }
        }
    }

    private func piece(from offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: min(Self.piece, max(size - offset, 0)))
        guard !bytes.isEmpty else { return [] }
        while true {
            let count = bytes.withUnsafeMutableBytes { pread(file.descriptor, $0.baseAddress, $0.count, off_t(offset)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError(code: count == 0 ? EIO : errno) }
            bytes.removeLast(bytes.count - count)
            return bytes
        }
    }
}
