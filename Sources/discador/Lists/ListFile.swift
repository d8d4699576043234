import Foundation

/// A list to be read: which file, and how it is called towards people and in the database.
struct ListFile: Codable, Sendable {
    /// The file as the operator wrote it.
    let name: String
    /// What is opened; “-” is standard input.
    private(set) var path: String
    /// Its absolute path, by which a later version of it is known; nil for standard input, and for what had to be copied.
    private(set) var origin: String?

    init(_ argument: String) {
        name = argument
        path = argument
        origin = argument == "-" ? nil : URL(fileURLWithPath: argument).standardizedFileURL.path
    }

    /// The same list for another process, which works in a folder of its own: standard input, pipes and whatever else is
    /// no plain file can be read here alone, and are copied.
    func addressed(_ attachments: inout RequestAttachments) throws -> ListFile {
        let source = try ByteSource(self)
        var list = self
        // `/dev/fd/3` and its like are this process's own, until their links are followed.
        if path != "-", source.size != nil, let real = Self.realPath(path) {
            list.path = real
        } else {
            list.path = try attachments.copy(source, of: name)
            list.origin = nil
        }
        return list
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        let text = String(cString: real)
        // A file that was deleted while it is open has a link and no name.
        return FileManager.default.fileExists(atPath: text) ? text : nil
    }
}
