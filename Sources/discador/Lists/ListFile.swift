import CampaignCore
import CampaignStore
import Foundation

/// A list to be read: its file, and its name in messages and in the database.
struct ListFile: Codable, Sendable {
    /// The file as the user named it on the command line.
    let name: String
    /// What is opened; “-” is standard input.
    private(set) var path: String
    /// Its absolute path, by which later versions are recognized, or ``uploaded`` and its name; nil for standard input, and
    /// for a list that had to be copied.
    private(set) var origin: String?

    /// A list by its path, or “-”.
    init(_ argument: String) {
        self.init(argument, named: argument)
    }

    /// - Parameter name: what it is called instead of its path.
    init(_ argument: String, named name: String) {
        self.name = name
        path = argument
        origin = argument == "-" ? nil : URL(fileURLWithPath: argument).standardizedFileURL.path
    }

    /// The same list, of which no later version will come from the same file.
    var withoutOrigin: ListFile {
        var list = self
        list.origin = nil
        return list
    }

    /// A list that a browser has sent: later ones of the same name are its later versions.
    ///
    /// - Parameters:
    ///   - path: where it is for now.
    ///   - name: what the browser calls it.
    init(uploaded path: String, named name: String) {
        self.name = name
        self.path = path
        origin = Self.uploaded + name
    }

    /// The beginning of the origin of lists that browsers have sent, which are nowhere to be looked at again.
    static let uploaded = "upload:"

    /// The same list for another process with another working directory. Standard input, pipes and everything else that
    /// is not a regular file can be read only here, and is copied.
    func forwarded(_ attachments: inout RequestAttachments) throws -> ListFile {
        let source = try ByteSource(self)
        var list = self
        // `/dev/fd/3` and the like mean another file in another process, unless their links are followed.
        if path != "-", source.size != nil, let real = Self.realPath(path) {
            list.path = real
        } else {
            list.path = try attachments.copy(source, of: name)
            list.origin = nil
        }
        return list
    }

    private static func realPath(_ path: String) -> String? {
        // A file that was deleted while open has a link but no name.
        FileStatus.realPath(of: path).flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    }
}

/// A file, or standard input, read piece by piece.
struct ByteSource {
    /// Bytes per read: large enough to be fast, small compared with the memory budget.
    private static let pieceSize = 262_144

    /// The file's size in bytes; nil if it has none, such as standard input.
    let size: Int?
    /// When it was last changed, in nanoseconds since 1970; nil if it has no size.
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
                throw Failure(
                    .badInput,
                    Phrase("There is no file \(name): check the name.", "O arquivo \(name) não existe: confira o nome.")
                )
            }
            guard !isFolder.boolValue else {
                throw Failure(
                    .badInput,
                    Phrase(
                        "\(name) is a folder: name the CSV file in it.",
                        "\(name) é uma pasta: indique o arquivo CSV que está nela."))
            }
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw Failure(
                    .badInput,
                    Phrase(
                        "\(name) cannot be read: check its permissions.",
                        "Não foi possível ler \(name): confira as permissões."))
            }
            self.handle = handle
        }
        let status = FileStatus(ofDescriptor: handle.fileDescriptor).flatMap { $0.isRegular ? $0 : nil }
        size = status?.size
        modified = status?.modifiedAt
    }

    /// The next piece; empty at the end.
    mutating func read() throws -> [UInt8] {
        do {
            return [UInt8](try handle.read(upToCount: Self.pieceSize) ?? Data())
        } catch {
            throw Failure(
                .badInput,
                Phrase("\(name) cannot be read: ", "Não foi possível ler \(name): ") + Phrase(system: error)
                    + Phrase(verbatim: "."))
        }
    }
}
