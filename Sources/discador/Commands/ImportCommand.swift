import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports

/// `discador import`: takes contacts in.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take contacts in; rejected rows go to a file with reasons.",
        discussion: """
            All lists of one call are taken in together or not at all. Numbers that the campaign has already are counted \
            as duplicates and left as they are, so importing a list again does no harm.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Argument(help: "CSV files; “-” is standard input. [default: the list that campaign.yml names]")
    var lists: [String] = []

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        let files = try lists.isEmpty ? [Self.ownList(of: loaded)] : lists
        let store = try options.openStore(for: "import \(loaded.campaign.name)")
        let outcome = try await ListImport(loaded: loaded, files: files).run(into: store)
        try store.close()
        try report(outcome)
    }

    private static func ownList(of loaded: LoadedCampaign) throws -> String {
        guard let list = loaded.campaign.contacts else {
            throw Failure(
                .badInput,
                "\(loaded.path) names no list: add `contacts: FILE.csv` to it, or name the file on the command line.")
        }
        return URL(fileURLWithPath: list, relativeTo: URL(fileURLWithPath: loaded.folder + "/")).path
    }

    private func report(_ outcome: ListImport.Outcome) throws {
        struct Document: Encodable {
            var campaign: String
            var lists: [List]
            var contacts: Int
            var rejectsFile: String?

            struct List: Encodable {
                var file: String
                var rows, accepted, duplicates, rejected, blank: Int
                var reasons: [String: Int]
            }
        }
        try options.output.result(
            json: Document(
                campaign: outcome.campaign,
                lists: outcome.totals.map {
                    Document.List(
                        file: $0.file, rows: $0.rows, accepted: $0.accepted, duplicates: $0.duplicates,
                        rejected: $0.rejected, blank: $0.blank, reasons: $0.reasons)
                },
                contacts: outcome.contacts,
                rejectsFile: outcome.rejectsFile))
        for line in outcome.lines { options.output.result(line) }
    }
}
