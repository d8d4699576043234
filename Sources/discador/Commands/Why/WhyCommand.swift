import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore

/// `discador why`: everything that bears on one number.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Explain one number: every rule and attempt that bears on it.",
        discussion: "The number may be written in any way. Also answers for numbers that no list was accepted with."
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Argument(help: "The number, written in any way.")
    var phone: String

    @OptionGroup var numbers: NumberOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(of: campaign, in: reader)
        var story = try NumberReport(
            written: phone, read: numbers.reader().read(phone), campaign: name, reader: reader)
        if let waiting = story.waiting {
            do {
                let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
                story.window = WindowHold(of: waiting, in: loaded.campaign, now: SystemEnvironment.now())
            } catch let error as CampaignFileError {
                story.windowProblem = error.description
            }
        }
        story.suggested = options.suggested()
        try options.output.result(json: story)
        for line in story.lines { try options.output.result(line) }
    }
}
