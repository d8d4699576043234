import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// Whether a list on disk is still as it was imported.
struct ListStatus {
    /// The list's file.
    let file: String
    /// When it was imported.
    let importedAt: Timestamp
    /// Whether its content has changed since then.
    let hasChanged: Bool
    /// Whether the file no longer exists.
    let isMissing: Bool
    /// The command that imports it again.
    private let command: String

    /// Nil when there is nothing to compare: `import` reports why such a list cannot be read.
    init?(_ file: String, as imported: ImportedList, importedBy command: String) throws {
        self.file = file
        self.command = command
        importedAt = imported.importedAt
        isMissing = FileStatus(ofLinkItself: file) == nil
        guard !isMissing else {
            hasChanged = false
            return
        }
        // A pipe must not be opened.
        guard FileStatus(of: file)?.isRegular == true, let source = try? ByteSource(ListFile(file)),
            let size = source.size, let sha256 = imported.sha256
        else { return nil }
        if size != imported.bytes {
            hasChanged = true
        } else if let modified = imported.modified, modified == source.modified {
            hasChanged = false
        } else {
            hasChanged = try ListHasher.fingerprint(of: ListFile(file), ListReader.Options()).sha256 != sha256
        }
    }

    /// A remark; nil when the list is unchanged.
    fileprivate var note: Phrase? {
        guard isMissing || hasChanged else { return nil }
        let (file, time) = (ShownPath.inWorkingFolder(file), LocalClock.machine.alone(importedAt))
        guard !isMissing else {
            return Phrase(
                "note: \(file) no longer exists; it was imported at \(time.english); the list is used as it was then.",
                "obs.: \(file) não existe mais; foi importado em \(time.portuguese); a lista é usada como era então.")
        }
        return Phrase(
            "note: \(file) has changed since it was imported at \(time.english); the list is used as it was then. "
                + "`\(command)` imports the new version.",
            "obs.: \(file) mudou depois de importado em \(time.portuguese); a lista é usada como era então. "
                + "`\(command)` importa a nova versão.")
    }
}

/// Whether the lists of a campaign are still as they were imported.
struct ListStatuses {
    /// Maximum number of lists named one by one.
    private static let maxNotes = 5

    /// The status of the list that the campaign file names; nil when it was never imported.
    private(set) var own: ListStatus?
    /// The status of all other imported files.
    private(set) var others: [ListStatus] = []

    var all: [ListStatus] { (own.map { [$0] } ?? []) + others }

    init(_ reader: StoreReader, of loaded: LoadedCampaign, _ suggested: SuggestedCommands) throws {
        let campaign = loaded.campaign.name
        var named: String?
        if let file = loaded.listPath {
            let path = URL(fileURLWithPath: file).standardizedFileURL.path
            named = path
            own = try reader.importedList(campaign: campaign, path: path, name: file).flatMap {
                try ListStatus(file, as: $0, importedBy: suggested.command("import", campaign))
            }
        }
        let imported = try reader.importedLists(campaign: campaign)
        others = try imported.filter { $0.path != named && !$0.path.hasPrefix(ListFile.uploaded) }.compactMap {
            path, list in
            try ListStatus(
                path, as: list, importedBy: suggested.command("import", campaign, ShownPath.inWorkingFolder(path)))
        }
    }

    /// The same, for the database that the options name; nil when there is no database.
    static func look(
        at loaded: LoadedCampaign, _ options: GlobalOptions, _ secrets: SecretsOptions
    ) throws -> ListStatuses? {
        guard FileManager.default.fileExists(atPath: options.databasePath) else { return nil }
        return try ListStatuses(options.openReader(), of: loaded, options.suggested(secrets))
    }

    /// The remarks about the lists.
    var notes: [Phrase] {
        let notes = all.compactMap(\.note)
        guard notes.count > Self.maxNotes else { return notes }
        let others = notes.count - Self.maxNotes
        return notes.prefix(Self.maxNotes) + [
            Phrase(
                "note: \(others.counted("other list")) \(others.noun("has", "have")) changed as well, or no longer "
                    + "\(others.noun("exists", "exist")).",
                "obs.: \(others.counted("outra lista também mudou", "outras listas também mudaram")), ou não "
                    + "\(others.noun("existe", "existem")) mais.")
        ]
    }
}

extension ListStatus: Encodable {
    private enum CodingKeys: String, CodingKey {
        case file, importedAt, hasChanged, isMissing
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(importedAt.json(), forKey: .importedAt)
        try container.encode(hasChanged, forKey: .hasChanged)
        try container.encode(isMissing, forKey: .isMissing)
    }
}
