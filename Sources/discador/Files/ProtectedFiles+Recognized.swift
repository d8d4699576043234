import CampaignFile
import CampaignStore
import Foundation

extension OwnFiles {
    /// What a target is that some other campaign or database lives from, by its content and its name; nil when it is none.
    func recognized(_ target: OutputTarget) -> String? {
        guard let path = target.realPath else { return nil }
        if let words = Self.recognizedByName(path) { return words }
        guard let status = FileStatus(of: path) else { return nil }
        if status.isRegular, DatabaseFiles.isPartOfDatabase(path) {
            guard let copied else { return "a database, or a part of one" }
            return copied.hasCopy(at: path) ? nil : "a database, and no earlier copy of this one"
        }
        return Self.isCampaignFile(path, status) ? "a file of the campaign in its folder" : nil
    }

    private static func recognizedByName(_ path: String) -> String? {
        let name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
        if [CampaignFile.fileName, CampaignFile.environmentFileName].contains(name) {
            return "a campaign's settings or secrets by its name"
        }
        if let database = DatabaseFiles.database(beside: path) {
            return "a part of the database \(database) by its name"
        }
        if let companion = DatabaseFiles.companion(of: path) {
            return "a database, or was one (\(companion) lies beside it)"
        }
        return nil
    }

    /// Whether a file is named by a campaign file beside it, as its list is.
    private static func isCampaignFile(_ path: String, _ status: FileStatus) -> Bool {
        let campaign = OutputTarget.folder(of: path) + "/" + CampaignFile.fileName
        return CampaignFile.files(of: campaign, environment: SystemEnvironment.environment).contains {
            FileStatus(of: $0)?.identity == status.identity
        }
    }
}
