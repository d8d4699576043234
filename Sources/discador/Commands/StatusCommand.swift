import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador status`: how campaigns stand.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how campaigns stand, while a run goes on or not.")

    @Argument(help: "The campaign. [default: all of them]")
    var campaign: String?

    @Flag(help: "Show it again every two seconds until interrupted.")
    var watch = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        repeat {
            try show()
            guard watch, options.output.hasReader else { return }
        } while (try? await Surroundings.clock.sleep(for: .seconds(2))) != nil
    }

    private func show() throws {
        let reader = try options.openReader()
        let names: [String] =
            if let campaign {
                [try CampaignLocator(options: options).name(of: campaign, in: reader)]
            } else {
                try reader.campaigns().map(\.name)
            }
        let holding = WriterLock.holding(ofDatabase: options.databasePath)
        let standings = try names.map { try Standing(of: $0, reader, holding: holding, now: Surroundings.now()) }
        try options.output.result(json: standings)
        if standings.isEmpty { try options.output.result("No campaign was imported yet.") }
        for line in standings.flatMap(\.lines) { try options.output.result(line) }
    }
}
