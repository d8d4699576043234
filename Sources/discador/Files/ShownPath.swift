import CampaignFile
import Foundation

/// How absolute paths are shown to people who name their files from the working folder.
struct ShownPath {
    /// Without a slash at its end.
    private let folder: String
    /// What stands for it; empty for the working folder itself.
    private let given: String

    /// Paths in the folder of a campaign.
    ///
    /// - Parameter argument: how the user named the campaign: its folder, its file, or its name.
    init(of loaded: LoadedCampaign, namedBy argument: String) {
        guard !argument.hasPrefix("/"), FileManager.default.fileExists(atPath: argument) else {
            self.init(
                folder: argument.hasPrefix("/") ? "" : Self.workingFolder, given: argument.hasPrefix("/") ? "/" : "")
            return
        }
        var isFolder = ObjCBool(false)
        _ = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
        var given = isFolder.boolValue ? argument : (argument as NSString).deletingLastPathComponent
        if !given.hasSuffix("/") { given += "/" }
        self.init(folder: loaded.folder, given: given == "/" || given == "./" ? "" : given)
    }

    /// Paths in the working folder.
    static var inWorkingFolder: ShownPath { ShownPath(folder: workingFolder, given: "") }

    private init(folder: String, given: String) {
        self.folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        self.given = given
    }

    private static var workingFolder: String { FileManager.default.currentDirectoryPath }

    /// The path as the user would write it; unchanged where it is in another folder.
    func callAsFunction(_ path: String) -> String {
        path.hasPrefix(folder + "/") ? given + path.dropFirst(folder.count + 1) : path
    }
}
