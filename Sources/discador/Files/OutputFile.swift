import Foundation
import Glibc

/// A file that results are written to: the one place that puts files under names which people, or this program, choose.
///
/// - A regular file appears whole or not at all: it is written under a fresh name in the same folder, and renamed. The mode
///   and the owner of one that was there are kept; a new one is for its owner only, since results hold phones.
/// - A link stays, and its target is replaced.
/// - A device, a pipe and a descriptor such as `/dev/stdout` are written through. So is a file that has more names than
///   one, is a mount point, or has an owner that cannot be kept: it stays the same file.
struct OutputFile {
    /// As it was named.
    let path: String
    private let target: OutputTarget
    private let replaces: Bool

    /// Looks at what is there, before anything is done.
    ///
    /// - Parameters:
    ///   - replaces: whether a regular file that is there already may be replaced.
    ///   - own: files that nothing may be written to, under whatever name.
    /// - Throws: ``ExitStatus/usage`` when it must not be written.
    init(_ path: String, replaces: Bool, sparing own: OwnFiles) throws(Failure) {
        self.path = path
        self.replaces = replaces
        target = try OutputTarget(of: path)
        if let what = own.owner(of: target) {
            throw Failure(.usage, "\(path) is \(what), and would be lost: choose another file. Nothing was written.")
        }
        guard case .file = target, !replaces else { return }
        throw Failure(.usage, "\(path) is there already: choose another file, or replace it with --force.")
    }

    /// Whether it is where this process prints results.
    var isStandardOutput: Bool {
        target.identity.map { $0 == FileStatus(ofDescriptor: STDOUT_FILENO)?.identity } ?? false
    }

    /// Writes what `body` hands over piece by piece. What it throws passes through.
    func write(_ body: (_ sink: @escaping ([UInt8]) throws -> Void) throws -> Void) throws {
        switch target {
        case .descriptor(let descriptor):
            try body(sink(OpenFile(descriptor: descriptor)))
        case .stream(let stream):
            try through(stream) { try body(sink($0)) }
        case .file, .new:
            try place { _, file in try body(sink(file)) }
        }
    }

    /// Lets `make` fill a file of its own, and puts that in place when it is whole.
    ///
    /// - Parameter make: is given the path of a fresh file, empty and for its owner only.
    func place(_ make: (String) throws -> Void) throws {
        try place { temporary, _ in try make(temporary) }
    }

    private func place(_ make: (String, OpenFile) throws -> Void) throws {
        let temporary = try TemporaryFile(for: self.folderAndName)
        defer { temporary.close() }
        do {
            try make(temporary.path, temporary.file)
            try put(temporary)
        } catch {
            temporary.remove()
            throw translated(error)
        }
    }

    /// Where the temporary file goes: beside its target, else with the others of this machine.
    private var folderAndName: (folder: String, name: String) {
        switch target {
        case .file(let path, _), .new(let path):
            (OutputTarget.folder(of: path), URL(fileURLWithPath: path).lastPathComponent)
        case .descriptor, .stream: (FileManager.default.temporaryDirectory.path, "discador")
        }
    }

    private func put(_ temporary: TemporaryFile) throws {
        switch target {
        case .descriptor(let descriptor):
            try temporary.copy(to: OpenFile(descriptor: descriptor))
            temporary.remove()
        case .stream(let stream):
            try through(stream) { try temporary.copy(to: $0) }
            temporary.remove()
        case .new(let path):
            try temporary.file.sync()
            if replaces { try temporary.rename(to: path) } else { try temporary.appear(as: path) }
        case .file(let path, let status):
            if status.names == 1, temporary.takeOver(status), try replaced(path, by: temporary) { return }
            try overwrite(path, with: temporary)
            temporary.remove()
        }
    }

    /// - Returns: false where the name cannot be another file's, since something is mounted on it.
    private func replaced(_ path: String, by temporary: TemporaryFile) throws -> Bool {
        try temporary.file.sync()
        do throws(SystemError) {
            try temporary.rename(to: path)
        } catch {
            guard error.code == EBUSY else { throw error }
            return false
        }
        return true
    }

    /// Puts the content into the file that is there.
    private func overwrite(_ path: String, with temporary: TemporaryFile) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
        defer { close(descriptor) }
        let file = OpenFile(descriptor: descriptor)
        let size = try temporary.copy(to: file)
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw SystemError() }
        try file.sync()
    }

    private func through(_ stream: String, _ body: (OpenFile) throws -> Void) throws {
        // A pipe waits here for whoever reads it.
        let descriptor = open(stream, O_WRONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputTarget.failure(path, SystemError()) }
        defer { close(descriptor) }
        // Only a file that has no name any more has a length.
        ftruncate(descriptor, 0)
        do {
            try body(OpenFile(descriptor: descriptor))
        } catch {
            throw translated(error)
        }
    }

    private func sink(_ file: OpenFile) -> ([UInt8]) throws -> Void {
        { [path] bytes in
            do throws(SystemError) {
                try file.write(bytes)
            } catch {
                throw OutputTarget.failure(path, error)
            }
        }
    }

    private func translated(_ error: any Error) -> any Error {
        (error as? SystemError).map { OutputTarget.failure(path, $0) } ?? error
    }
}
