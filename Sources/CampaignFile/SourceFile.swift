import Foundation

/// A small text file, with the permissions it had when it was read.
struct SourceFile {
    /// The path as the user named it.
    let path: String
    let text: String
    /// The nine permission bits.
    let mode: mode_t

    /// A campaign file is about a page long; anything larger is some other file.
    private static let largest = 1_048_576

    /// Reads a file. Permissions and contents come from one descriptor, so that nothing can be swapped in between.
    init(path: String) throws(CampaignFileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unopened(path, errno) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unopened(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CampaignFileError(path: path, message: "this is not a regular file", remedy: "name a text file")
        }
        guard let data = try? handle.read(upToCount: Self.largest + 1) ?? Data() else {
            throw CampaignFileError(path: path, message: "the file cannot be read", remedy: "check the disk it is on")
        }
        guard data.count <= Self.largest else {
            throw CampaignFileError(path: path, message: "the file is larger than 1 MiB", remedy: "name a text file")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CampaignFileError(
                path: path,
                line: data.prefix(Self.validLength(data)).count { $0 == UInt8(ascii: "\n") } + 1,
                message: "the file is not UTF-8",
                remedy: "save it as UTF-8"
            )
        }
        self.path = path
        // A byte order mark is not part of the text.
        self.text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        mode = status.st_mode & 0o777
    }

    /// Refuses a file that anyone but its owner has any access to.
    func requireOwnerOnly() throws(CampaignFileError) {
        guard mode & 0o077 == 0 else {
            throw CampaignFileError(
                path: path,
                message: "the file holds secrets, and other users can access it (mode 0\(String(mode, radix: 8)))",
                remedy: "run chmod 600 \(path)"
            )
        }
    }

    /// Whether there is a folder at `path`.
    static func isFolder(_ path: String) throws(CampaignFileError) -> Bool {
        guard let status = try status(path) else { return false }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether there is anything at `path`.
    static func exists(_ path: String) throws(CampaignFileError) -> Bool {
        try status(path) != nil
    }

    /// What is at `path`; nil when nothing is there.
    private static func status(_ path: String) throws(CampaignFileError) -> stat? {
        var status = stat()
        guard stat(path, &status) != 0 else { return status }
        guard errno == ENOENT || errno == ENOTDIR else { throw unopened(path, errno) }
        return nil
    }

    private static func unopened(_ path: String, _ code: Int32) -> CampaignFileError {
        switch code {
        case ENOENT, ENOTDIR:
            CampaignFileError(path: path, message: "there is no such file", remedy: "check the path")
        case EACCES, EPERM:
            CampaignFileError(
                path: path, message: "you do not have permission to read the file", remedy: "check its owner and mode")
        default:
            CampaignFileError(
                path: path,
                message: "the file cannot be opened (error \(code))",
                remedy: "check the path and the disk"
            )
        }
    }

    /// How many bytes from the start are UTF-8.
    private static func validLength(_ data: Data) -> Int {
        var decoder = UTF8()
        var bytes = data.makeIterator()
        var length = 0
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            length += UTF8.width(scalar)
        }
        return length
    }
}
