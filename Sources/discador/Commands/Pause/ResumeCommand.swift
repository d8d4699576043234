import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador resume`: lifts the pause of a campaign.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Allow a paused campaign to be dialed again; this does not start a run.")

    @Argument(help: .campaign)
    var campaign: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var wasPaused: Bool
            var pause: PauseDocument?
        }
        let name = try CampaignLocator(options: options).name(options.openReader(), of: campaign)
        let pause = try await OperationRunner(options: options).run(ResumeCampaign(campaign: name)).pause
        try options.output.result(
            json: Document(campaign: name, wasPaused: pause != nil, pause: pause.map(PauseDocument.init)))
        let state = pause.map { "is no longer paused (it was paused \($0.text))" } ?? "is not paused"
        try options.output.result("\(name) \(state): dial it with `\(options.suggested().command("run", name))`.")
    }
}
