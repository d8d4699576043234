import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// The files that no result may overwrite: the database and its companion files, the campaign files with their secrets,
/// and the lists; and those of campaigns and databases that this database does not know.
///
/// A file is identified by its inode, not by its name; a file that does not exist yet, by where it would be. The
/// database is never opened here: closing a descriptor of it would drop SQLite's locks.
struct ProtectedFiles {
    /// The suffixes of a database's companion files: SQLite's own, the lock, spooled results, the socket for other
    /// commands, and the number of its last commit.
    private static let companions = ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide"]
    /// Copies of lists for the process that holds the database.
    private static let attachmentInfix = "-list-"

    private var descriptions: [FileIdentity: Phrase] = [:]
    private var entries: [DirectoryEntry: Phrase] = [:]
    private var prefixes: [DirectoryEntry] = []
    private var lists: [ImportSource] = []
    /// What this program last wrote to each file of rejected rows.
    private var rejects: [DirectoryEntry: [UInt8]] = [:]
    /// The same, under whatever other name the file has.
    private var linkedRejects: [FileIdentity: Set<[UInt8]>] = [:]
    /// The database whose earlier copies may be overwritten; nil when no database may be.
    private(set) var copied: StoreReader?

    /// - Parameters:
    ///   - database: the database that the command works on, whether or not it exists.
    ///   - reader: the same database, for the campaigns that it knows; nil when it cannot be read.
    init(database: String, reader: StoreReader?) {
        for path in [database, FileStatus.realPath(of: database) ?? database] {
            add(path, Phrase("the database itself", "o próprio banco de dados"))
            for companion in Self.companions { add(path + companion, Self.part(of: database)) }
            prefixes.append(DirectoryEntry(path + Self.attachmentInfix))
        }
        // A damaged database is reported elsewhere; its file names are protected nevertheless.
        guard let reader, let known = try? reader.campaigns() else { return }
        for campaign in known {
            addCampaign(campaign.file)
            for (path, sha256) in (try? reader.rejectsFiles(campaign: campaign.name)) ?? [:] {
                rejects[DirectoryEntry(path)] = sha256
                if let file = FileStatus(of: path)?.identity { linkedRejects[file, default: []].insert(sha256) }
            }
        }
        lists = (try? reader.importSources()) ?? []
        for list in lists {
            let folders = [".", URL(fileURLWithPath: list.campaignFile).deletingLastPathComponent().path]
            for folder in folders {
                add(
                    URL(fileURLWithPath: list.file, relativeTo: URL(fileURLWithPath: folder + "/")).path,
                    Self.importedList)
            }
        }
    }

    /// Protects one more file.
    ///
    /// - Parameter description: completes “the file is …”.
    mutating func add(_ path: String, _ description: Phrase) {
        if let status = FileStatus(of: path), status.isRegular || status.kind == S_IFSOCK {
            descriptions[status.identity, default: description] = description
        }
        entries[DirectoryEntry(path)] = description
    }

    /// Allows a new copy of a database to overwrite earlier ones.
    mutating func allowCopies(of reader: StoreReader) { copied = reader }

    private mutating func addCampaign(_ file: String) {
        for path in CampaignFile.files(of: file, environment: SystemEnvironment.environment) {
            add(path, Phrase("a file of the campaign \(file)", "um arquivo da campanha \(file)"))
        }
    }

    /// Which of these files a target is, in words; nil when it is not one of them.
    func description(of target: OutputTarget) -> Phrase? {
        if let identity = target.identity, let description = descriptions[identity] { return description }
        return entryDescription(of: target) ?? recognized(target)
    }

    private func entryDescription(of target: OutputTarget) -> Phrase? {
        guard let path = target.path else { return nil }
        let entry = DirectoryEntry(path)
        if let description = entries[entry] { return description }
        if prefixes.contains(where: { entry.hasPrefix($0) }) {
            return Phrase("a list that is being imported", "uma lista que está sendo importada")
        }
        guard case .file(_, let status) = target else { return nil }
        let written = (linkedRejects[status.identity] ?? []).union(rejects[entry].map { [$0] } ?? [])
        if !written.isEmpty, !(RejectsFile.hash(of: path).map(written.contains) ?? false) {
            return Phrase(
                "a file of rejected rows that somebody has corrected",
                "um arquivo de linhas rejeitadas que alguém corrigiu")
        }
        return isImported(path, bytes: status.size) ? Self.importedList : nil
    }

    /// Whether a file is an imported list, under any name or in any folder.
    private func isImported(_ path: String, bytes: Int) -> Bool {
        let sameSize = lists.filter { $0.bytes == bytes && bytes > 0 }
        guard !sameSize.isEmpty, let content = try? ListHasher.fingerprint(of: ListFile(path), ListReader.Options())
        else {
            return false
        }
        return sameSize.contains { $0.sha256 == content.sha256 }
    }
}

extension ProtectedFiles {
    /// What a target is, judging by its content and its name, if it belongs to another campaign or database; nil
    /// otherwise.
    private func recognized(_ target: OutputTarget) -> Phrase? {
        guard let path = target.realPath else { return nil }
        if let description = Self.recognizedByName(path) { return description }
        guard let status = FileStatus(of: path) else { return nil }
        if status.isRegular, DatabaseFiles.isPartOfDatabase(path) {
            guard let copied else {
                return Phrase("a database, or a part of one", "um banco de dados, ou parte de um")
            }
            return copied.hasCopy(at: path)
                ? nil
                : Phrase(
                    "a database, and not an earlier copy of this one",
                    "um banco de dados, e não uma cópia anterior deste")
        }
        return Self.isCampaignFile(path, status)
            ? Phrase("a file of the campaign in its folder", "um arquivo da campanha que está na pasta") : nil
    }

    private static func part(of database: String) -> Phrase {
        Phrase("a part of the database \(database)", "uma parte do banco de dados \(database)")
    }

    private static let importedList = Phrase("a list that was imported", "uma lista que foi importada")

    private static func recognizedByName(_ path: String) -> Phrase? {
        let name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
        if [CampaignFile.fileName, CampaignFile.environmentFileName].contains(name) {
            return Phrase(
                "a campaign's settings or secrets, judging by its name",
                "um arquivo de configuração ou segredos de uma campanha, pelo nome")
        }
        if let database = DatabaseFiles.database(beside: path) {
            return part(of: database) + Phrase(", judging by its name", ", pelo nome")
        }
        if let companion = DatabaseFiles.companion(of: path) {
            return Phrase(
                "a database, or was one (\(companion) is beside it)",
                "um banco de dados, ou já foi (\(companion) está ao lado)")
        }
        return nil
    }

    /// Whether a campaign file in the same folder names the file, for example as its list.
    private static func isCampaignFile(_ path: String, _ status: FileStatus) -> Bool {
        let campaign = OutputTarget.folder(of: path) + "/" + CampaignFile.fileName
        return CampaignFile.files(of: campaign, environment: SystemEnvironment.environment).contains {
            FileStatus(of: $0)?.identity == status.identity
        }
    }
}

/// Where a file is or would be: its folder, by whatever mount or link it is reached, and its name.
private struct DirectoryEntry: Hashable {
    /// Nil when there is no such folder, and therefore no file in it.
    var folder: FileIdentity?
    var name: String

    init(_ path: String) {
        folder = FileStatus(of: OutputTarget.folder(of: path))?.identity
        // Some file systems are not case-sensitive.
        name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
    }

    /// Whether this name begins with that of `other`, in the same folder.
    func hasPrefix(_ other: DirectoryEntry) -> Bool {
        folder == other.folder && name.hasPrefix(other.name)
    }
}

extension GlobalOptions {
    /// The files that no result of this command may overwrite.
    func protectedFiles(_ reader: StoreReader?) -> ProtectedFiles {
        ProtectedFiles(database: databasePath, reader: reader)
    }
}
