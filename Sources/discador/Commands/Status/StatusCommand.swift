import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador status`: the status of campaigns.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the status of campaigns, whether or not a run is under way.")

    @Argument(help: "The campaign. [default: all of them]")
    var campaign: String?

    @Flag(help: "Refresh every two seconds until interrupted.")
    var watch = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        var block = ScreenBlock()
        repeat {
            try show(in: &block)
            guard watch, options.output.hasReader else { return }
        } while (try? await SystemEnvironment.clock.sleep(for: .seconds(2))) != nil
    }

    private func show(in block: inout ScreenBlock) throws {
        let reader = try options.openReader()
        let names: [String] =
            if let campaign {
                [try CampaignLocator(options: options).name(reader, of: campaign)]
            } else {
                try reader.campaigns().map(\.name)
            }
        let holding = WriterLock.holding(ofDatabase: options.databasePath)
        let statuses = try names.map { name in
            var status = try CampaignStatus(
                reader, of: name, holding: holding, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime())
            status.suggested = options.suggested()
            return status
        }
        try options.output.result(json: JSONList(statuses, named: "campaigns"))
        let lines = statuses.isEmpty ? ["No campaign has been imported yet."] : statuses.flatMap(\.lines)
        guard watch, options.output.canRedrawResults else {
            return try options.output.result(lines.joined(separator: "\n"))
        }
        try options.output.result(in: &block) { width in
            lines.flatMap { line in
                let indent = line.prefix { $0 == " " }.count
                return TextFlow.sentence(line, indent: indent, hanging: 2, width: width, maxLines: 6)
            }
        }
    }
}
