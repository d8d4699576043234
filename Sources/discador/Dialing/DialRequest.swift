import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore

/// A campaign that somebody wants to be dialed, in a form in which another process can do it.
///
/// Whoever dials reads the campaign file again. The values of its variables come along; they are never written anywhere.
struct DialRequest: Codable, Sendable, CustomStringConvertible {
    /// The campaign's name.
    var campaign: String
    /// The absolute path of its file.
    var file: String
    /// The values of the variables that the file names; nil: those of the environment of the process that dials.
    var variables: [String: String]?
    var options: RunOptions
    /// Whether nobody watches it: it is dialed until done, whatever becomes of the command that asked.
    var isDetached = false
    /// Who asked for it; for the log.
    var by = Actor.terminal
    /// Nil unless it is a probe: then `file` is that of the campaign that it is a probe of.
    var probe: ProbeCall?

    /// Without the values of variables, which are secrets.
    var description: String { "run \(campaign)" }

    /// A request for a campaign that this process has read.
    init(_ loaded: LoadedCampaign, options: RunOptions, isDetached: Bool) {
        campaign = loaded.campaign.name
        file = loaded.path
        variables = loaded.variables
        self.options = options
        self.options.follows = options.follows || loaded.campaign.follows
        self.options.keepsTrying = isDetached
        self.isDetached = isDetached
    }

    /// A request to go on with a campaign that was active, with the environment of this process.
    init(_ active: ActiveCampaign) {
        campaign = active.name
        file = active.file
        options = RunOptions(follows: active.follows, keepsTrying: true)
        isDetached = true
    }

    /// Reads the campaign file.
    ///
    /// - Parameter environmentFile: the env file of this process, for requests without values; nil means `.env` beside
    ///   the campaign file.
    @inline(never)  // see CheckCommand
    func load(environmentFile: String?) throws -> LoadedCampaign {
        let loaded =
            if let variables {
                try CampaignFile.load(file, variables: variables)
            } else {
                try CampaignFile.load(
                    file, environmentFile: environmentFile, environment: SystemEnvironment.environment)
            }
        let expected = probe?.source ?? campaign
        guard loaded.campaign.name == expected else {
            throw Failure(
                .badInput,
                Phrase(
                    "\(file) is the file of \(loaded.campaign.name) now, not of \(expected): correct its name, or run "
                        + "the campaign by the path of its own file.",
                    "\(file) é agora o arquivo de \(loaded.campaign.name), e não de \(expected): corrija o nome nele, ou "
                        + "execute a campanha pelo caminho do arquivo dela."))
        }
        return try probe?.applied(to: loaded) ?? loaded
    }
}

/// How the dialing of a campaign ended, as far as whoever asked for it is concerned.
enum DialEnd: Codable, Sendable {
    /// Its run is over.
    case ended(RunReport)
    /// It was not dialed: it was already paused.
    case paused(CampaignPause)
    /// It could not be dialed.
    case failed(Failure)
    /// The process that dialed it ends, and it stays active: another one has to go on.
    case handedOver
}
