import ArgumentParser

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
        let workplace = Workplace(options: options)
        let outcome = try await workplace.carryOut(Cancelling(campaign: name))
        if let runner = outcome.runner { try await workplace.waitForEnd(of: runner) }
        try options.output.result(json: Document(campaign: name, cancelled: outcome.cancelled))
        try options.output.result("\(outcome.cancelled) contacts of \(name) will not be called (excluded, cancelled).")
    }
}
