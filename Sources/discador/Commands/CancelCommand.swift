import ArgumentParser
import CampaignStore

/// `discador cancel`: nobody else is called.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Stop the run of a campaign and exclude everybody whose turn has not come.")

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var cancelled: Int
        }
        let name = try CampaignLocator(options: options).name(of: campaign, in: try options.openReader())
        try await RunningCampaign(of: name, database: options.databasePath)?.drain()
        let store = try options.openStore(for: "cancel \(name)")
        let cancelled = try await store.cancel(campaign: name)
        try store.close()
        try options.output.result(json: Document(campaign: name, cancelled: cancelled))
        options.output.result("\(cancelled) contacts of \(name) will not be called (excluded, cancelled).")
    }
}
