import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// The file of a campaign that the database knows.
struct CampaignOnDisk {
    let name: String
    let file: String

    /// Throws when there is no such campaign.
    init(_ reader: StoreReader, named name: String) throws {
        guard let entry = try reader.campaigns().first(where: { $0.name == name }) else {
            throw try reader.unknown(campaign: name)
        }
        (self.name, file) = (name, entry.file)
    }

    /// What the file says, for whatever calls nobody: its secrets may be missing.
    ///
    /// - Parameter environmentFile: the env file of this process; nil means `.env` beside the campaign file.
    @inline(never)
    func loadWithoutSecrets(environmentFile: String?) throws -> LoadedCampaign {
        let loaded = try CampaignFile.load(
            file, environmentFile: environmentFile, environment: SystemEnvironment.environment, needsSecrets: false)
        guard loaded.campaign.name == name else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(file) is the file of \(loaded.campaign.name) now, not of \(name): correct its name.",
                    "\(file) é agora o arquivo de \(loaded.campaign.name), e não de \(name): corrija o nome nele."))
        }
        return loaded
    }
}
