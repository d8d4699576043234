import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Webhooks
import ZAPI

/// `discador webhooks set`.
struct WebhooksSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Have Z-API post its events to a public address of yours.",
        discussion: """
            The address is where the internet reaches `discador serve --webhooks`: through a proxy that speaks HTTPS, or \
            directly. For each instance a secret path is made and set at Z-API for every kind of event; then it is read \
            back and compared. The earlier one stays valid for an hour, and for good if Z-API does not take the new one.

            An address of another program is never replaced without being asked: nothing is changed, unless you add \
            --forward or --replace.
            """)

    @Argument(help: .campaign)
    var campaign: String

    @Option(
        name: .customLong("url"),
        help: ArgumentHelp("The public address, such as https://calls.example.com.", valueName: "address"))
    var address: String

    @Option(help: "Only this instance, by its name in the campaign file. [default: every instance]")
    var instance: String?

    @Flag(help: "Replace addresses of other programs, which then hear nothing any more.")
    var replace = false

    @Flag(help: "Replace the address of another program, and pass every event on to it.")
    var forward = false

    @Flag(help: "Print the addresses with their secret part. Whoever knows one can invent events.")
    var printURL = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard !(replace && forward) else {
            throw ValidationError("--replace and --forward contradict each other: choose one.")
        }
    }

    func run() async throws {
        let address = try PublicAddress(option: address)
        let campaign = try CampaignLocator(options: options).load(campaign, secrets: secrets).campaign
        let setup = WebhookSetup(
            campaign: campaign, instances: try campaign.instances(named: instance), options: options,
            suggested: options.suggested(secrets), choice: replace ? .replace : forward ? .forward : .ask,
            overlap: WebhookSetup.usualOverlap)
        let report = try await setup.run { _ in address }
        try report.show(on: options.output, printingURLs: printURL)
    }
}
