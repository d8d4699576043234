import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// Whether the list that a campaign file names is still the one that was imported.
struct ListStatus {
    /// The list's file.
    let file: String
    /// When it was imported.
    let importedAt: Timestamp
    /// Whether other bytes stand in it now.
    let hasChanged: Bool
    private let campaign: String

    /// Nil when the campaign names no list, when that was never imported, or when its file is not there.
    init?(of loaded: LoadedCampaign, _ reader: StoreReader) throws {
        guard let file = loaded.listPath else { return nil }
        let path = URL(fileURLWithPath: file).standardizedFileURL.path
        // Nothing to compare is nothing to say: whoever imports it is told why it cannot be read. A pipe is not even opened.
        guard Self.isRegular(path), let source = try? ByteSource(ListFile(file)), let size = source.size,
            let imported = try reader.importedList(campaign: loaded.campaign.name, path: path, name: file),
            let sha256 = imported.sha256
        else { return nil }
        self.file = file
        campaign = loaded.campaign.name
        importedAt = imported.importedAt
        if size != imported.bytes {
            hasChanged = true
        } else if let modified = imported.modified, modified == source.modified {
            hasChanged = false
        } else {
            hasChanged = try Fingerprinting.read(ListFile(file), ListReading()).sha256 != sha256
        }
    }

    private static func isRegular(_ path: String) -> Bool {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: real)[.type] as? FileAttributeType
        return type == .typeRegular
    }

    /// The same, of the database that the options name; nil when there is none.
    static func look(at loaded: LoadedCampaign, _ options: GlobalOptions) throws -> ListStatus? {
        guard FileManager.default.fileExists(atPath: options.databasePath) else { return nil }
        return try ListStatus(of: loaded, options.openReader())
    }

    /// What there is to say; nil when the list is as it was.
    var note: String? {
        guard hasChanged else { return nil }
        return
            "note: \(file) has changed since it was imported at \(TimeText.iso(importedAt)); this goes by the list as it was "
            + "then. `discador import \(campaign)` takes the new one in."
    }
}

extension ListStatus: Encodable {
    private enum CodingKeys: String, CodingKey {
        case file, importedAt, hasChanged
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(TimeText.iso(importedAt), forKey: .importedAt)
        try container.encode(hasChanged, forKey: .hasChanged)
    }
}
