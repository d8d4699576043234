import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore

/// `discador why`: everything that affects one number.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Explain one number: every rule, attempt and list row that affects it.",
        discussion: """
            The number may be written in any way. It need not be a contact of the campaign. Exits with 64 if it \
            is not a number.
            """
    )

    @Argument(help: .campaign)
    var campaign: String

    @Argument(help: "The number, written in any way.")
    var phone: String

    @OptionGroup var numbers: NumberOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        var report = try NumberReport(
            reader, campaign: name, written: phone, read: numbers.reader().read(phone))
        if let waiting = report.waiting {
            report.eventsComeUntil = report.details.history.eventsComeUntil(at: SystemEnvironment.now())
            do {
                let loaded = try CampaignLocator(options: options).loadWithoutSecrets(campaign, secrets: secrets)
                let now = SystemEnvironment.now()
                report.window = WindowHold(of: waiting, in: loaded.campaign, now: now)
                if let limit = loaded.campaign.perPerson {
                    report.limited = try reader.ruling(of: waiting, campaign: name, limit, at: now)
                }
            } catch let error as CampaignFileError {
                report.windowProblem = error.description
            }
        }
        report.suggested = options.suggested()
        try options.output.result(json: report)
        for line in report.lines { try options.output.result(line) }
        if report.isAboutNothing { throw ExitCode(ExitStatus.usage.rawValue) }
    }
}
