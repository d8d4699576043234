// Some builds find the members of `stat` here, others in Glibc.
import CDispatch
import Foundation
import Glibc

/// A file, or standard input, read piece by piece.
struct ByteSource {
    /// Bytes of a piece: large enough for the reading to cost nothing, small beside the memory budget.
    private static let pieceSize = 262_144

    /// The file's size in bytes; nil for what has none, such as standard input.
    let size: Int?
    /// When it was changed last, in nanoseconds since 1970; nil for what has no size.
    let modified: Int64?
    private let handle: FileHandle
    private let name: String

    init(_ list: ListFile) throws {
        name = list.name
        let (name, path) = (list.name, list.path)
        if path == "-" {
            handle = .standardInput
        } else {
            var isFolder = ObjCBool(false)
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure(.badInput, "There is no file \(name): check the name.")
            }
            guard !isFolder.boolValue else {
                throw Failure(.badInput, "\(name) is a folder: name the CSV file in it.")
            }
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw Failure(.badInput, "\(name) cannot be read: check its permissions.")
            }
            self.handle = handle
        }
        var status = stat()
        let isRegular = fstat(handle.fileDescriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : nil
        modified = isRegular ? Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec) : nil
    }

    /// The next piece; empty at the end.
    mutating func read() throws -> [UInt8] {
        do {
            return [UInt8](try handle.read(upToCount: Self.pieceSize) ?? Data())
        } catch {
            throw Failure(.badInput, "\(name) cannot be read: \(error.localizedDescription).")
        }
    }
}
