import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// A file that results are written to. The only place that writes files under names chosen by the user or by this
/// program.
///
/// - A regular file is written completely or not at all: under a fresh name in the same folder, and then renamed. An
///   existing file's mode and owner are kept; a new one is readable only by its owner, since results contain phones.
/// - A symbolic link stays, and its target is replaced.
/// - Devices, pipes and descriptors such as `/dev/stdout` are written in place. So is a file that has several hard
///   links, is a mount point, or has an owner that cannot be kept: it stays the same file.
struct OutputFile {
    /// The path as the user gave it.
    let path: String
    private let target: OutputTarget
    private let replaces: Bool

    /// Checks what exists at the path, before anything is done.
    ///
    /// - Parameters:
    ///   - replaces: whether an existing regular file may be replaced.
    ///   - protected: files that must not be overwritten, under any name.
    /// - Throws: ``ExitStatus/usage`` when it must not be written.
    init(_ path: String, replaces: Bool, protecting protected: ProtectedFiles) throws(Failure) {
        self.path = path
        self.replaces = replaces
        target = try OutputTarget(of: path)
        if let what = protected.description(of: target) {
            throw Failure(
                .usage,
                Phrase(
                    "\(path) is \(what.english), and would be lost: choose another file. Nothing was written.",
                    "\(path) é \(what.portuguese), e se perderia: escolha outro arquivo. Nada foi gravado."))
        }
        guard case .file = target, !replaces else { return }
        throw Failure(
            .usage,
            Phrase(
                "\(path) already exists: choose another file, or replace it with --force.",
                "\(path) já existe: escolha outro arquivo, ou substitua com --force."))
    }

    /// Whether it is this process's standard output.
    var isStandardOutput: Bool {
        target.identity.map { $0 == FileStatus(ofDescriptor: STDOUT_FILENO)?.identity } ?? false
    }

    /// Writes what `body` passes to the sink, piece by piece. Errors of `body` pass through unchanged.
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

    /// Lets `make` fill a temporary file, and moves it into place when it is complete.
    ///
    /// - Parameter make: called with the path of a fresh file, empty and accessible only to its owner.
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

    /// Where the temporary file goes: beside its target, otherwise in the temporary folder.
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
            if replaces { try temporary.rename(to: path) } else { try temporary.link(as: path) }
        case .file(let path, let status):
            if status.names == 1, temporary.adoptRights(of: status), try replaced(path, by: temporary) { return }
            try overwrite(path, with: temporary)
            temporary.remove()
        }
    }

    /// - Returns: false when the file cannot be replaced, because something is mounted on it.
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

    /// Copies the content into the existing file.
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
        // For a pipe, this waits for its reader.
        let descriptor = open(stream, O_WRONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputTarget.failure(path, SystemError()) }
        defer { close(descriptor) }
        // Only a file that no longer has a name has a length here.
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
