import CampaignCore
import CampaignStore
import Foundation
import Glibc

/// The folder beside a database where files are that are not kept: lists that browsers send, copies for previews, and
/// reports on their way out. Only its owner can read it.
struct UploadFolder: Sendable {
    /// Bytes of all files in it together.
    static let mostBytes = 1 << 30
    /// Bytes that stay free on the disk: the database needs room more than a list does.
    private static let leastFree = 128 << 20
    private static let ending = ".list"
    private static let previews = "preview-"

    let path: String

    init(ofDatabase database: String) {
        path = DatabaseFiles(path: database).database + "-uploads"
    }

    /// Makes sure that the folder is there and nobody else can look into it.
    func prepare() throws(Failure) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw unusable(SystemError().phrase) }
        guard let status = FileStatus(ofLinkItself: path), status.kind == S_IFDIR, status.owner == geteuid(),
            status.rights & 0o077 == 0
        else {
            throw unusable(
                Phrase(
                    "it is not a folder that only the user of the service can read",
                    "não é uma pasta que só o usuário do serviço pode ler"))
        }
    }

    /// Where the list with this id is.
    func file(of id: String) -> String { "\(path)/\(id)\(Self.ending)" }

    /// Where a preview may copy the database to.
    func previewFolder() -> String { "\(path)/\(Self.previews)\(UUID().uuidString)" }

    /// Creates a file that only its owner can read.
    func create(_ path: String) throws(Failure) -> OpenFile {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unusable(SystemError().phrase) }
        return OpenFile(descriptor: descriptor)
    }

    /// Writes to one of its files; throws before the disk is full.
    func write(_ bytes: [UInt8], to file: OpenFile) throws(Failure) {
        guard hasRoom(for: bytes.count) else { throw full }
        do throws(SystemError) {
            try file.write(bytes)
        } catch {
            throw error.code == ENOSPC || error.code == EDQUOT ? full : unusable(error.phrase)
        }
    }

    /// Bytes of the files in it.
    func bytes() -> Int {
        names().reduce(0) { $0 + (FileStatus(ofLinkItself: "\(path)/\($1)")?.size ?? 0) }
    }

    /// Removes what nobody needs any more.
    ///
    /// - Parameters:
    ///   - age: only what has been there for so long; nil: everything, since a process that has just started knows none.
    ///   - now: the current time.
    func removeLeftovers(olderThan age: Duration?, now: Timestamp) {
        for name in names() where name.hasSuffix(Self.ending) || name.hasPrefix(Self.previews) {
            let file = "\(path)/\(name)"
            guard let status = FileStatus(ofLinkItself: file) else { continue }
            let changed = Timestamp(milliseconds: status.modifiedAt / 1_000_000)
            if let age, changed.duration(to: now) < age { continue }
            if status.isRegular { unlink(file) } else { try? FileManager.default.removeItem(atPath: file) }
        }
    }

    private func names() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

    private func hasRoom(for bytes: Int) -> Bool {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return true }
        return UInt64(disk.f_bavail) * UInt64(disk.f_frsize) >= UInt64(Self.leastFree + bytes)
    }

    private var full: Failure {
        Failure(
            .disk,
            Phrase(
                "The disk of the service is nearly full, and nothing was kept: free some space, and repeat it.",
                "O disco do serviço está quase cheio, e nada foi guardado: libere espaço e repita."))
    }

    private func unusable(_ why: Phrase) -> Failure {
        Failure(
            .disk,
            Phrase("The folder \(path) cannot be used (", "A pasta \(path) não pode ser usada (") + why
                + Phrase("): check it on the machine of the service.", "): confira na máquina do serviço."))
    }
}
