import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// Finds the campaign that a command names: by its folder, by the `campaign.yml` in it, or by its name if it was
/// imported.
struct CampaignLocator {
    let options: GlobalOptions

    /// The campaign with all its settings and secrets.
    @inline(never)
    func load(_ argument: String, secrets: SecretsOptions) throws -> LoadedCampaign {
        try CampaignFile.load(
            try file(of: argument), environmentFile: secrets.envFile, environment: SystemEnvironment.environment)
    }

    /// The campaign for a command that calls nobody: its secrets may be missing. An instance whose id is missing, too, has
    /// the one that the database knows by its name.
    @inline(never)
    func loadWithoutSecrets(_ argument: String, secrets: SecretsOptions) throws -> LoadedCampaign {
        var loaded = try CampaignFile.load(
            try file(of: argument), environmentFile: secrets.envFile, environment: SystemEnvironment.environment,
            needsSecrets: false)
        guard loaded.campaign.instances.contains(where: Self.isUnknown),
            // A database that cannot be read is the command's business.
            let reader = try? StoreReader(path: options.databasePath)
        else { return loaded }
        let known = try? reader.instances(campaign: loaded.campaign.name, now: SystemEnvironment.now())
        for (index, instance) in loaded.campaign.instances.enumerated() where Self.isUnknown(instance) {
            guard let id = known?.first(where: { $0.name == instance.name })?.id else { continue }
            loaded.campaign.instances[index].id = id
        }
        return loaded
    }

    /// Whether an instance's id is a variable that is not set; ids of Z-API are letters and digits.
    static func isUnknown(_ instance: Instance) -> Bool { instance.id.contains("${") }

    /// The name of the campaign, for commands that need only the database.
    func name(_ reader: StoreReader, of argument: String) throws -> String {
        let known = try reader.campaigns().map { (name: $0.name, file: $0.file) }
        guard let name = Self.name(argument, among: known) else { throw try reader.unknown(campaign: argument) }
        return name
    }

    /// The name of a campaign whose deletion was interrupted when only traces were left; nil when it is no such one.
    func name(ofUnfinishedDeletion argument: String, _ reader: StoreReader) throws -> String? {
        let deleted = try reader.unfinishedDeletions().map { (name: $0.name, file: $0.file) }
        guard !deleted.isEmpty, Self.name(argument, among: try reader.campaigns().map { ($0.name, $0.file) }) == nil
        else { return nil }
        return Self.name(argument, among: deleted)
    }

    private static func name(_ argument: String, among known: [(name: String, file: String)]) -> String? {
        if known.contains(where: { $0.name == argument }) { return argument }
        guard FileManager.default.fileExists(atPath: argument) else { return nil }
        let given = URL(fileURLWithPath: argument).standardizedFileURL
        let candidates = [given.path, given.appending(path: CampaignFile.fileName).path]
        return known.first { candidates.contains($0.file) }?.name
    }

    private func file(of argument: String) throws -> String {
        if FileManager.default.fileExists(atPath: argument) { return argument }
        guard FileManager.default.fileExists(atPath: options.databasePath) else { return argument }
        return try options.openReader().campaigns().first { $0.name == argument }?.file ?? argument
    }
}

extension ArgumentHelp {
    /// The help text for the campaign argument of every command; ``CampaignLocator`` finds the campaign.
    static let campaign = text(
        "The campaign: its folder, its campaign.yml, or its name.",
        "A campanha: a pasta dela, o campaign.yml, ou o nome.")
}
