import ArgumentParser

/// `discador pause`: lets a run end in good order.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop the run of a campaign after the calls under way; `run` goes on later.")

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var wasRunning: Bool
        }
        let name = try CampaignLocator(options: options).name(of: campaign, in: try options.openReader())
        let running = try RunningCampaign(of: name, database: options.databasePath)
        try await running?.drain()
        try options.output.result(json: Document(campaign: name, wasRunning: running != nil))
        options.output.result(running == nil ? "\(name) is not being dialled." : "\(name) is paused.")
    }
}
