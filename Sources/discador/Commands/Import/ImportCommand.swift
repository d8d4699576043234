import ArgumentParser
import CampaignCore
import CampaignFile
import Foundation

/// `discador import`: takes contacts in.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take contacts in; rejected rows go to a file with reasons.",
        discussion: """
            All lists of one call are taken in together or not at all. Numbers that the campaign has already, however \
            they are written, are counted as duplicates and left as they are; so importing a list again does no harm, \
            and a longer or corrected one adds only what is new. Numbers on the do-not-call list are taken in as excluded.

            Contacts that an earlier version of the same file had and no list has any more are counted; with --replace those \
            who still wait to be called are excluded (not_listed), until a list has them again. A file of which not one row could be used ends with 65.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Argument(help: "CSV files; “-” is standard input. [default: the list that campaign.yml names]")
    var files: [String] = []

    @Flag(help: "Show how the lists are understood and what would become of them, and change nothing.")
    var preview = false

    @Flag(help: "Take nothing in if a single row is bad.")
    var strict = false

    @Flag(
        help: """
            Exclude who waits to be called, stood in an earlier version of the file and is in no list any more.
            """)
    var replace = false

    @Option(help: ArgumentHelp("Leave out whom another campaign called in as many days.", valueName: "days"))
    var skipCalled: Int?

    @OptionGroup var lists: ListOptions
    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard skipCalled.map({ 1...3660 ~= $0 }) ?? true else {
            throw ValidationError("--skip-called is a number of days from 1 to 3660.")
        }
    }

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        var importing = ListImport(loaded: loaded, files: try files.isEmpty ? [Self.ownList(of: loaded)] : files)
        importing.reading = try lists.applied(to: importing.reading)
        importing.isStrict = strict
        importing.replaces = replace
        importing.skipsCalledDays = skipCalled
        importing.progress = ImportProgress(output: options.output)
        if preview {
            let preview = try await ListPreview.make(of: importing, options: options)
            return try show(preview)
        }
        try await OperationRunner(options: options).finishCancel(of: importing.campaign)
        let outcome = try await OperationRunner(options: options).run(importing)
        try outcome.show(on: options.output, options.suggested(secrets))
    }

    @inline(never)  // see CheckCommand
    private func show(_ preview: ListPreview) throws {
        try options.output.result(json: preview)
        for line in preview.lines { try options.output.result(line) }
        for list in preview.outcome.totals { SkippedWords(list)?.warn(on: options.output) }
        try ImportOutcome.refuseUnusable(preview.outcome.totals, on: options.output)
    }

    @inline(never)
    private static func ownList(of loaded: LoadedCampaign) throws -> String {
        guard let list = loaded.listPath else {
            throw Failure(
                .badInput,
                "\(loaded.path) names no list: add `contacts: FILE.csv` to it, or name the file on the command line.")
        }
        return list
    }
}

extension LoadedCampaign {
    /// The list that the campaign file names; nil when it names none.
    var listPath: String? {
        campaign.contacts.map { URL(fileURLWithPath: $0, relativeTo: URL(fileURLWithPath: folder + "/")).path }
    }
}
