import ArgumentParser
import CampaignStore

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
        let runner = try await runner(of: name)
        try options.output.result(json: Document(campaign: name, wasRunning: runner != nil))
        try options.output.result(runner == nil ? "\(name) is not being dialled." : "\(name) is paused.")
    }

    /// The process that dialled the campaign and has ended; nil when nobody did.
    private func runner(of name: String) async throws -> Int32? {
        // Without the lock, which a run that is just being started may want.
        guard WriterLock.holder(ofDatabase: options.databasePath) != nil else { return nil }
        let workplace = Workplace(options: options)
        let runner = try await workplace.carryOut(Pausing(campaign: name)).runner
        if let runner { try await workplace.waitForEnd(of: runner) }
        return runner
    }
}
