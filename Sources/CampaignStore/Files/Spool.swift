import CampaignCore
import Foundation
import Glibc
import Synchronization

/// Where results go that the database cannot accept: a small file beside it. Its disk space is reserved *before* the
/// first call, so that a disk that fills up later cannot keep a zaapId from being saved.
///
/// One JSON object per line, padded with zero bytes up to the reserved size.
final class Spool: Sendable {
    /// A line of the file.
    private struct Line: Codable {
        /// The `uuid` of the database that the result belongs to.
        var store: String
        var result: AttemptResult
    }

    /// What the user risks by continuing without the spool.
    private static let withoutIt = Phrase(
        "the calls in it are then in doubt, and a campaign with `inDoubt: retry` calls those people again",
        "as ligações que estão nele ficam em dúvida, e uma campanha com `inDoubt: retry` liga de novo para essas pessoas"
    )

    /// Bytes reserved for each request that can be under way: a result with the longest error text that is kept.
    private static let bytesPerResult: off_t = 2048

    /// Bytes read at once.
    private static let pieceSize = 65_536

    private let path: String
    /// Held by whatever writes to the file: while one campaign begins, another may have to spool.
    private let writing = Mutex(())

    init(besideDatabase path: String) {
        self.path = DatabaseFiles(path: path).spool
    }

    /// Reserves space for `results` results behind those that it has. Space that is reserved already stays so.
    func reserve(results: Int) throws(StoreError) {
        try writing.withLock { _ throws(StoreError) in try reserveSpace(results: results) }
    }

    private func reserveSpace(results: Int) throws(StoreError) {
        let descriptor = try open(O_RDWR | O_CREAT)
        defer { close(descriptor) }
        let size = off_t(try read().count) + off_t(results + 1) * Self.bytesPerResult
        let code = posix_fallocate(descriptor, 0, size)
        switch code {
        case 0: return
        case ENOSPC, EFBIG: throw .diskFull(path: path)
        default: throw .io(path: path, detail: String(cString: strerror(code)))
        }
    }

    /// Adds results; they are on disk when this returns.
    func append(_ results: [AttemptResult], store: String) throws(StoreError) {
        try writing.withLock { _ throws(StoreError) in try add(results, store: store) }
    }

    private func add(_ results: [AttemptResult], store: String) throws(StoreError) {
        let descriptor = try open(O_RDWR | O_CREAT)
        defer { close(descriptor) }
        let end = try read().count
        var bytes = Data()
        let encoder = JSONEncoder()
        for result in results {
            do {
                bytes.append(try encoder.encode(Line(store: store, result: result)))
            } catch {
                throw .unexpected(path: path, detail: "\(error)")
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                pwrite(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written, off_t(end + written))
            }
            guard count > 0 else { throw errno == ENOSPC || errno == EFBIG ? .diskFull(path: path) : ioError() }
            written += count
        }
        guard fdatasync(descriptor) == 0 else { throw ioError() }
    }

    /// The results in the file, which must belong to the database named `store`.
    ///
    /// - Throws: when a line belongs to another database or cannot be read: a person must look at it.
    func results(store: String) throws(StoreError) -> [AttemptResult] {
        let decoder = JSONDecoder()
        var results: [AttemptResult] = []
        for text in try read().split(separator: UInt8(ascii: "\n")) {
            guard let line = try? decoder.decode(Line.self, from: text) else {
                throw .io(
                    path: path,
                    detail: Phrase(
                        "a line cannot be read; move the file elsewhere to continue without it: ",
                        "uma linha não pode ser lida; leve o arquivo para outro lugar para continuar sem ele: ")
                        + Self.withoutIt)
            }
            guard line.store == store else {
                throw .io(
                    path: path,
                    detail: Phrase(
                        "it belongs to another database; move it elsewhere to continue without it: ",
                        "pertence a outro banco de dados; leve-o para outro lugar para continuar sem ele: ")
                        + Self.withoutIt)
            }
            results.append(line.result)
        }
        return results
    }

    /// Whether the file has any results.
    var hasContent: Bool {
        do throws(StoreError) {
            return try !read().isEmpty
        } catch {
            return true
        }
    }

    /// Removes the results, once the database has them, and reserves their space again. If more have been added
    /// meanwhile, all of them stay: recording one twice changes nothing.
    ///
    /// - Parameters:
    ///   - count: how many the database has.
    ///   - results: how many results there must be space for.
    func clear(recorded count: Int, reserving results: Int) throws(StoreError) {
        try writing.withLock { _ throws(StoreError) in
            guard try !written().isEmpty, try read().count(where: { $0 == UInt8(ascii: "\n") }) == count else { return }
            let descriptor = try open(O_RDWR)
            defer { close(descriptor) }
            guard ftruncate(descriptor, 0) == 0 else { throw ioError() }
            try reserveSpace(results: results)
        }
    }

    /// Removes the file, after a run has ended with nothing in it.
    func removeIfEmpty() {
        if let content = try? read(), content.isEmpty { unlink(path) }
    }

    /// The complete lines, without the padding. An incomplete last line was cut off by a crash or a full disk before
    /// `append` returned: its result counts as not kept, and its contact stays in doubt.
    private func read() throws(StoreError) -> Data {
        let written = try written()
        return written.prefix(upTo: written.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? written.startIndex)
    }

    /// What the file has before the padding.
    private func written() throws(StoreError) -> Data {
        guard FileManager.default.fileExists(atPath: path) else { return Data() }
        let file = FileHandle(fileDescriptor: try open(O_RDONLY), closeOnDealloc: true)
        do {
            // Piece by piece: nearly all of the file is padding.
            var written = Data()
            while let piece = try file.read(upToCount: Self.pieceSize), !piece.isEmpty {
                let text = piece.prefix { $0 != 0 }
                written.append(text)
                guard text.count == piece.count else { break }
            }
            return written
        } catch {
            throw .io(path: path, detail: "\(error.localizedDescription)")
        }
    }

    private func open(_ flags: Int32) throws(StoreError) -> Int32 {
        try CompanionFile.open(path, flags)
    }

    private func ioError() -> StoreError {
        .io(path: path, detail: lastSystemError())
    }
}
