import CampaignCore
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
            throw CampaignFileError(
                path: path, message: Phrase("this is not a regular file", "este não é um arquivo comum"),
                remedy: Phrase("name a text file", "indique um arquivo de texto"))
        }
        guard let data = try? handle.read(upToCount: Self.largest + 1) ?? Data() else {
            throw CampaignFileError(
                path: path, message: Phrase("the file cannot be read", "o arquivo não pode ser lido"),
                remedy: Phrase("check the disk it is on", "confira o disco onde ele está"))
        }
        guard data.count <= Self.largest else {
            throw CampaignFileError(
                path: path, message: Phrase("the file is larger than 1 MiB", "o arquivo tem mais de 1 MiB"),
                remedy: Phrase("name a text file", "indique um arquivo de texto"))
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CampaignFileError(
                path: path,
                line: data.prefix(Self.validLength(data)).count { $0 == UInt8(ascii: "\n") } + 1,
                message: Phrase("the file is not UTF-8", "o arquivo não está em UTF-8"),
                remedy: Phrase("save it as UTF-8", "salve-o como UTF-8")
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
                message: Phrase(
                    "the file holds secrets, and other users can access it (mode 0\(String(mode, radix: 8)))",
                    "o arquivo tem segredos, e outros usuários têm acesso a ele (modo 0\(String(mode, radix: 8)))"),
                remedy: Phrase("run chmod 600 \(path)", "execute chmod 600 \(path)")
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
            CampaignFileError(
                path: path, message: Phrase("there is no such file", "esse arquivo não existe"),
                remedy: Phrase("check the path", "confira o caminho"))
        case EACCES, EPERM:
            CampaignFileError(
                path: path,
                message: Phrase("you do not have permission to read the file", "sem permissão para ler o arquivo"),
                remedy: Phrase("check its owner and mode", "confira o dono e o modo dele"))
        default:
            CampaignFileError(
                path: path,
                message: Phrase(
                    "the file cannot be opened (error \(code))", "o arquivo não pode ser aberto (erro \(code))"),
                remedy: Phrase("check the path and the disk", "confira o caminho e o disco")
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
