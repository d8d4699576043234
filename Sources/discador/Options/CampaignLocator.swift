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
        guard FileManager.default.fileExists(atPath: options.databasePath) else { return try unknown(argument, []) }
        let known = try options.openReader().campaigns()
        guard let entry = known.first(where: { $0.name == argument }) else {
            return try unknown(argument, known.map(\.name))
        }
        guard !FileManager.default.fileExists(atPath: entry.file) else { return entry.file }
        throw Failure(
            .badInput,
            Phrase(
                "\(entry.file): the file of \(argument) is no longer there. Name the folder where it is now "
                    + "(`discador check FOLDER`); the next import from there notes the new place.",
                "\(entry.file): o arquivo de \(argument) não está mais ali. Indique a pasta onde ele está agora "
                    + "(`discador check PASTA`); a próxima importação de lá guarda o novo lugar."))
    }

    /// Reports what is neither there nor known; the paths of files are left to whoever reads them.
    private func unknown(_ argument: String, _ known: [String]) throws -> String {
        guard !argument.contains("/"), !argument.hasSuffix(".yml"), !argument.isEmpty else { return argument }
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
        let others = folders.filter { FileManager.default.fileExists(atPath: "\($0)/\(CampaignFile.fileName)") }
        let names = known + others.filter { !known.contains($0) }.sorted()
        let meant = NearestName.nearest(to: argument, among: names)
        throw Failure(
            .badInput,
            Phrase(
                "\(argument): there is no such folder here, and no campaign of that name was imported.",
                "\(argument): não há uma pasta assim aqui, e nenhuma campanha com esse nome foi importada.")
                + (meant.map { Phrase(" Did you mean `\($0)`?", " Seria `\($0)`?") } ?? Phrase(verbatim: ""))
                + Self.all(names)
                + Phrase(
                    " A campaign is named by its folder, its campaign.yml or, once imported, its name.",
                    " Indica-se uma campanha pela pasta, pelo campaign.yml ou, depois de importada, pelo nome."))
    }

    private static let mostNamed = 12

    /// Which campaigns there are.
    private static func all(_ names: [String]) -> Phrase {
        guard !names.isEmpty else { return Phrase(verbatim: "") }
        let more = names.count - mostNamed
        let list = Phrase(verbatim: names.prefix(mostNamed).joined(separator: ", "))
        return Phrase(" Campaigns here: ", " Campanhas aqui: ") + list
            + (more > 0 ? Phrase(" and \(more) more.", " e mais \(more).") : Phrase(verbatim: "."))
    }
}

extension ArgumentHelp {
    /// The help text for the campaign argument of every command; ``CampaignLocator`` finds the campaign.
    static let campaign = text(
        "The campaign: its folder, its campaign.yml, or its name.",
        "A campanha: a pasta dela, o campaign.yml, ou o nome.")
}
