import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// The files that campaigns live from, which no result may be written over: the database and what lies beside it, the
/// campaign files with their secrets, and the lists; and those of campaigns and databases that this one does not know.
///
/// A file is known by what it is, not by how it is called; one that is not there yet, by where it would be. The database is
/// only looked at from outside: closing it once more than SQLite does would drop SQLite's locks.
struct OwnFiles {
    /// What stands beside a database under its name: SQLite's own files, the lock, results that had to be spooled, the
    /// socket for other commands, and the number of its last commit.
    private static let companions = ["-wal", "-shm", "-journal", "-lock", "-spool", "-socket", "-tide"]
    /// Lists that were handed to the process that holds a database.
    private static let listsBesideDatabase = "-list-"

    private var words: [FileIdentity: String] = [:]
    private var places: [Place: String] = [:]
    private var beginnings: [Place] = []
    private var lists: [ImportSource] = []
    /// The database whose earlier copies may be written over; nil where no database may.
    private(set) var copied: StoreReader?

    /// - Parameters:
    ///   - database: the database that the command works on, whether or not it is there.
    ///   - reader: the same database, for the campaigns that it knows; nil when it cannot be read.
    init(database: String, reader: StoreReader?) {
        for path in [database, Self.real(database)] {
            add(path, "the database itself")
            for companion in Self.companions { add(path + companion, "a part of the database \(database)") }
            beginnings.append(Place(path + Self.listsBesideDatabase))
        }
        // A database that is damaged is the command's own affair; its names are spared all the same.
        guard let reader, let known = try? reader.campaigns() else { return }
        for campaign in known { addCampaign(campaign.file) }
        lists = (try? reader.importSources()) ?? []
        for list in lists {
            let folders = [".", URL(fileURLWithPath: list.campaignFile).deletingLastPathComponent().path]
            for folder in folders {
                add(
                    URL(fileURLWithPath: list.file, relativeTo: URL(fileURLWithPath: folder + "/")).path,
                    "a list that was imported")
            }
        }
    }

    /// Spares one more file.
    ///
    /// - Parameter words: completes “the file is …”.
    mutating func add(_ path: String, _ words: String) {
        if let status = FileStatus(of: path), status.isRegular || status.kind == S_IFSOCK {
            self.words[status.identity, default: words] = words
        }
        places[Place(path)] = words
    }

    /// Lets earlier copies of a database be written over by a new one.
    mutating func allowCopies(of reader: StoreReader) { copied = reader }

    private mutating func addCampaign(_ file: String) {
        for path in CampaignFile.files(of: file, environment: SystemEnvironment.environment) {
            add(path, "a file of the campaign \(file)")
        }
    }

    /// Which of these files a target is, in words; nil when it is none.
    func owner(of target: OutputTarget) -> String? {
        if let identity = target.identity, let words = words[identity] { return words }
        return placeOwner(of: target) ?? recognized(target)
    }

    private func placeOwner(of target: OutputTarget) -> String? {
        guard let path = target.path else { return nil }
        let place = Place(path)
        if let words = places[place] { return words }
        if beginnings.contains(where: { place.begins(with: $0) }) { return "a list that is just being imported" }
        guard case .file(_, let status) = target else { return nil }
        return isImported(path, bytes: status.size) ? "a list that was imported" : nil
    }

    /// Whether a file is a list under another name, or from another folder.
    private func isImported(_ path: String, bytes: Int) -> Bool {
        let alike = lists.filter { $0.bytes == bytes && bytes > 0 }
        guard !alike.isEmpty, let content = try? Fingerprinting.read(ListFile(path), ListReading()) else {
            return false
        }
        return alike.contains { $0.sha256 == content.sha256 }
    }

    /// The path without any links, as SQLite names what it puts beside a database.
    private static func real(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

/// Where a file is or would be: its folder, by whatever mount or link that is reached, and its name.
struct Place: Hashable {
    /// Nil where there is no such folder: then no file can be there either.
    var folder: FileIdentity?
    var name: String

    init(_ path: String) {
        folder = FileStatus(of: OutputTarget.folder(of: path))?.identity
        // Some file systems tell no case from the other.
        name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
    }

    /// Whether this name begins with that of `other`, in the same folder.
    func begins(with other: Place) -> Bool {
        folder == other.folder && name.hasPrefix(other.name)
    }
}

extension GlobalOptions {
    /// What no result of this command may be written over.
    func ownFiles(_ reader: StoreReader?) -> OwnFiles {
        OwnFiles(database: databasePath, reader: reader)
    }
}
