import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// What a path leads to when it is written to. Links are followed by name, so that a rename replaces their target and
/// not the links.
enum OutputTarget {
    /// A descriptor of this process, such as `/dev/stdout`: written at its position.
    case descriptor(Int32)
    /// A device or a pipe, or a file that no longer has a name: opened and written in place.
    case stream(path: String)
    /// An existing regular file.
    case file(path: String, FileStatus)
    /// A name without a file yet.
    case new(path: String)

    /// The same limit as in Linux.
    private static let maxLinks = 40

    init(of path: String) throws(Failure) {
        guard !path.isEmpty else {
            throw Failure(
                .usage,
                Phrase("The file to write has no name: give one.", "O arquivo a gravar não tem nome: indique um."))
        }
        // A link in /proc leads to an open file, whatever its text says.
        let real = FileStatus(of: path)
        var place = path
        for _ in 0..<Self.maxLinks {
            if let descriptor = Self.ownDescriptor(place) {
                self = .descriptor(descriptor)
                return
            }
            guard let status = FileStatus(ofLinkItself: place) else {
                guard errno == ENOENT else { throw Self.failure(path, SystemError()) }
                guard !place.hasSuffix("/") else { throw Self.isFolder(path) }
                self = real == nil ? .new(path: place) : .stream(path: path)
                return
            }
            guard status.kind == S_IFLNK else {
                self = try Self.target(place, status, as: path, real)
                return
            }
            guard let text = Self.text(ofLink: place) else { throw Self.failure(path, SystemError()) }
            place = text.hasPrefix("/") ? text : Self.folder(of: place) + "/" + text
        }
        throw Self.failure(path, SystemError(code: ELOOP))
    }

    /// The identity of the file that would be written to; nil when there is none yet.
    var identity: FileIdentity? {
        switch self {
        case .descriptor(let descriptor): FileStatus(ofDescriptor: descriptor)?.identity
        case .stream(let path): FileStatus(of: path)?.identity
        case .file(_, let status): status.identity
        case .new: nil
        }
    }

    /// The file's own name, after following all links; nil if it has none.
    var path: String? {
        switch self {
        case .descriptor, .stream: nil
        case .file(let path, _), .new(let path): path
        }
    }

    /// Its path without any links, also for a file that is written in place. For a name without a file yet, where the
    /// file would be. Nil for a file that no longer has a name.
    var realPath: String? {
        switch self {
        case .descriptor(let descriptor): FileStatus.realPath(of: "/proc/self/fd/\(descriptor)")
        case .stream(let path): FileStatus.realPath(of: path)
        case .file(let path, _): FileStatus.realPath(of: path) ?? path
        case .new(let path):
            FileStatus.realPath(of: Self.folder(of: path)).map {
                "\($0)/\(URL(fileURLWithPath: path).lastPathComponent)"
            }
                ?? path
        }
    }

    /// The folder part of a path, as it is written.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func target(
        _ place: String, _ status: FileStatus, as path: String, _ real: FileStatus?
    ) throws(Failure) -> OutputTarget {
        // Moved or deleted while open: its name may belong to another file now.
        guard status.identity == real?.identity else { return .stream(path: path) }
        return switch status.kind {
        case S_IFREG: .file(path: place, status)
        case S_IFDIR: throw isFolder(path)
        case S_IFSOCK:
            throw Failure(
                .usage,
                Phrase(
                    "\(path) is a socket: name another file.", "\(path) é um socket: indique outro arquivo."))
        default: .stream(path: path)
        }
    }

    /// This process's descriptor that a path such as `/proc/self/fd/3` names.
    private static func ownDescriptor(_ path: String) -> Int32? {
        guard let descriptor = Int32(URL(fileURLWithPath: path).lastPathComponent), fcntl(descriptor, F_GETFD) >= 0,
            let real = FileStatus.realPath(of: folder(of: path))
        else { return nil }
        let parts = real.split(separator: "/")
        guard parts.count >= 3, parts[0] == "proc", parts[1] == "\(getpid())", parts.last == "fd" else { return nil }
        return descriptor
    }

    private static func text(ofLink path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }

    private static func isFolder(_ path: String) -> Failure {
        Failure(
            .usage,
            Phrase(
                "\(path) is a folder: name a file in it.", "\(path) é uma pasta: indique um arquivo nela."))
    }

    /// Makes a folder for results, and those above it, where they are missing.
    ///
    /// - Parameter mode: of a new one; nil is what the process gives new folders.
    static func makeFolder(_ path: String, mode: Int? = nil) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: mode.map { [.posixPermissions: $0] })
        } catch {
            let why = Phrase(system: error)
            throw Failure(
                .disk,
                Phrase(
                    "The folder \(path) cannot be made (\(why.english)): check the path and its permissions, or choose "
                        + "another folder.",
                    "Não foi possível criar a pasta \(path) (\(why.portuguese)): confira o caminho e as permissões, ou "
                        + "escolha outra pasta."))
        }
    }

    static func failure(_ path: String, _ error: SystemError) -> Failure {
        let why = error.phrase
        return Failure(
            .disk,
            Phrase(
                "\(path) cannot be written (\(why.english)): check the folder, its permissions and the free space on "
                    + "the disk.",
                "Não foi possível gravar \(path) (\(why.portuguese)): confira a pasta, as permissões e o espaço livre no "
                    + "disco."))
    }
}
