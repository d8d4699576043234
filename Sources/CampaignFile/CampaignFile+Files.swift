import Foundation

extension CampaignFile {
    /// The files that a campaign consists of: its campaign file, the env file beside it, and the list that it names.
    ///
    /// For whoever must not write over them, so it needs neither secrets nor a campaign file that is valid, or there.
    ///
    /// - Parameters:
    ///   - path: the campaign file.
    ///   - environment: the variables that `${NAME}` stands for.
    package static func files(of path: String, environment: [String: String]) -> [String] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return [path, folder.appending(path: environmentFileName).path]
            + [list(of: path, environment)].compactMap { list in
                list.map { URL(fileURLWithPath: $0, relativeTo: folder).path }
            }
    }

    private static func list(of path: String, _ environment: [String: String]) -> String? {
        guard let text = try? SourceFile(path: path).text, let root = try? Document.root(of: text, path: path) else {
            return nil
        }
        var reading = Reading(environment: environment)
        let section = root.section(CampaignKey.self, expected: "", &reading)
        return section?[.contacts]?.text(expected: "", &reading)?.value
    }
}
