package import CampaignCore
import Foundation

/// The campaign file, `campaign.yml`: from text, or from a folder on disk, to a checked ``Campaign``.
package enum CampaignFile {
    /// The name of a campaign file within its folder.
    package static let fileName = "campaign.yml"
    /// The name of the env file beside the campaign file.
    package static let environmentFileName = ".env"

    /// Reads a campaign from the text of its file. It uses nothing but its arguments.
    ///
    /// - Parameters:
    ///   - text: the YAML.
    ///   - path: the file's name in errors.
    ///   - environment: the variables that `${NAME}` can refer to.
    /// - Throws: all problems of the file together; for broken YAML, only the first.
    package static func parse(
        _ text: String,
        path: String,
        environment: [String: String]
    ) throws(CampaignFileError) -> Campaign {
        try read(text, path: path, environment: environment).campaign
    }

    /// The campaign, and the variables that its file refers to.
    static func read(
        _ text: String, path: String, environment: [String: String], environmentFile: Phrase? = nil,
        needsSecrets: Bool = true
    ) throws(CampaignFileError) -> (campaign: Campaign, variables: [String: String]) {
        let root = try YAMLDocument.root(of: text, path: path)
        var context = ParseContext(
            environment: environment, environmentFile: environmentFile, needsSecrets: needsSecrets)
        let section = root.mapping(
            CampaignKey.self, expected: Phrase("name and instances", "name e instances"), &context)
        let campaign = section?.campaign(&context)
        guard let campaign, context.problems.isEmpty else {
            throw CampaignFileError(path: path, problems: context.problems)
        }
        return (campaign, context.variables)
    }

    /// Finds, reads and checks a campaign file.
    ///
    /// - Parameters:
    ///   - argument: a campaign folder, or the campaign file itself.
    ///   - environmentFile: the env file with the secrets; nil means `.env` beside the campaign file, if there is one.
    ///   - environment: the process environment, which takes precedence over the env file.
    ///   - needsSecrets: whether variables of secrets, and of the ids of instances, must be set. Without them nobody can
    ///     be called: a secret is left empty then, and an id is the text in the file.
    /// - Throws: what is wrong with the campaign file, or with the env file, which must be readable only by its owner.
    package static func load(
        _ argument: String,
        environmentFile: String?,
        environment: [String: String],
        needsSecrets: Bool = true
    ) throws(CampaignFileError) -> LoadedCampaign {
        let path = try path(of: argument)
        let (variables, file) = try variables(in: environmentFile, beside: path)
        return try load(
            file: path, variables: variables.merging(environment) { $1 }, environmentFile: file,
            needsSecrets: needsSecrets)
    }

    /// Finds, reads and checks a campaign file with these variables and no others: neither the process environment nor
    /// an env file is read. With the ``LoadedCampaign/variables`` of a campaign, its file gives that campaign again.
    ///
    /// - Parameters:
    ///   - argument: a campaign folder, or the campaign file itself.
    ///   - variables: all variables that `${NAME}` can refer to.
    package static func load(
        _ argument: String,
        variables: [String: String]
    ) throws(CampaignFileError) -> LoadedCampaign {
        try load(file: try path(of: argument), variables: variables)
    }

    private static func load(
        file path: String,
        variables: [String: String],
        environmentFile: Phrase? = nil,
        needsSecrets: Bool = true
    ) throws(CampaignFileError) -> LoadedCampaign {
        let (campaign, used) = try read(
            try SourceFile(path: path).text, path: path, environment: variables, environmentFile: environmentFile,
            needsSecrets: needsSecrets)
        let file = URL(fileURLWithPath: path).standardizedFileURL
        return LoadedCampaign(
            campaign: campaign, path: file.path, folder: file.deletingLastPathComponent().path, variables: used)
    }

    /// The campaign file of a folder, or the file itself.
    static func path(of argument: String) throws(CampaignFileError) -> String {
        var path = argument
        if try SourceFile.isFolder(argument) {
            path = joined(argument, fileName)
            guard try SourceFile.exists(path) else {
                throw CampaignFileError(
                    path: argument,
                    message: Phrase("there is no \(fileName) in this folder", "não há \(fileName) nesta pasta"),
                    remedy: Phrase("write one, or name another folder", "escreva um, ou indique outra pasta")
                )
            }
        }
        return path
    }

    /// The variables of the env file, none when no file is named and none is there; and which file that is, in words.
    static func variables(
        in environmentFile: String?,
        beside path: String
    ) throws(CampaignFileError) -> (values: [String: String], file: Phrase) {
        let file: SourceFile
        if let environmentFile {
            file = try SourceFile(path: environmentFile)
        } else {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().relativePath
            let expected = joined(folder, environmentFileName)
            guard try SourceFile.exists(expected) else {
                return ([:], Phrase("in \(expected), which does not exist", "em \(expected), que não existe"))
            }
            file = try SourceFile(path: expected)
        }
        try file.requireOwnerOnly()
        let read = Phrase("in \(file.path), which was read", "em \(file.path), que foi lido")
        return (try EnvironmentFile.parse(file.text, path: file.path), read)
    }

    private static func joined(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}

/// A campaign and where its file is. It prints only where, since the values of variables are secrets.
package struct LoadedCampaign: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// What the file says.
    package var campaign: Campaign
    /// The absolute path of the campaign file.
    package var path: String
    /// The absolute path of the folder that contains it; paths in the file are relative to it.
    package var folder: String
    /// The variables that the file refers to, and no others, with the values that were used: enough for another process
    /// to read the same file.
    package var variables: [String: String]

    package init(campaign: Campaign, path: String, folder: String, variables: [String: String]) {
        self.campaign = campaign
        self.path = path
        self.folder = folder
        self.variables = variables
    }

    /// The path of the file.
    package var description: String { path }
    /// The path of the file.
    package var debugDescription: String { description }
    /// A mirror without the campaign and the values of variables.
    package var customMirror: Mirror {
        Mirror(
            self,
            children: ["path": path, "folder": folder, "variables": variables.keys.sorted()]
                as KeyValuePairs<String, Any>)
    }
}

extension CampaignFile {
    /// The files of a campaign: its campaign file, the env file beside it, and the list that it names.
    ///
    /// For commands that must not overwrite them; it therefore needs neither secrets nor a valid or existing campaign
    /// file.
    ///
    /// - Parameters:
    ///   - path: the campaign file.
    ///   - environment: the variables that `${NAME}` can refer to.
    package static func files(of path: String, environment: [String: String]) -> [String] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return [path, folder.appending(path: environmentFileName).path]
            + [list(of: path, environment)].compactMap { list in
                list.map { URL(fileURLWithPath: $0, relativeTo: folder).path }
            }
    }

    private static func list(of path: String, _ environment: [String: String]) -> String? {
        guard let text = try? SourceFile(path: path).text, let root = try? YAMLDocument.root(of: text, path: path)
        else {
            return nil
        }
        var context = ParseContext(environment: environment)
        let section = root.mapping(CampaignKey.self, expected: Phrase(verbatim: ""), &context)
        return section?[.contacts]?.text(expected: Phrase(verbatim: ""), &context)?.value
    }
}
