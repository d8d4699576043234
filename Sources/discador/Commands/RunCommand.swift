import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Reports
import ZAPI

/// `discador run`: dials.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Dial until done; the same command resumes.",
        discussion: """
            Outside the calling window the run sleeps until it opens, and says so. With --canary it stops (exit code 4) \
            when the brake's share of the first calls failed, or 20 % where the campaign has no brake.

            Ctrl-C (or SIGTERM) begins no further call, waits for those under way and exits 130; a second one gives them \
            up, which leaves them in doubt. SIGUSR1 prints the progress.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Flag(
        help:
            "Exit with 75 instead of waiting while nobody may be called: outside the window, or when a day's calls are used up."
    )
    var noWait = false

    @Option(
        help: ArgumentHelp(
            "Make so many calls first, wait for their outcomes, and go on only if they are good.", valueName: "calls"))
    var canary: Int?

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard canary.map({ 1...10_000 ~= $0 }) ?? true else {
            throw ValidationError("--canary is a number of calls from 1 to 10000.")
        }
    }

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        // Before the store is open: whoever holds it reads through it alone.
        let lists = try ListStatuses.look(at: loaded, options)
        for note in lists?.notes ?? [] { options.output.note(note) }
        let store = try options.openStore(for: "run \(loaded.campaign.name)")
        let dialing = CampaignDialing(
            campaign: loaded.campaign, options: options, runOptions: RunOptions(waits: !noWait, canary: canary))
        let report = try await dialing.run(store)
        try store.close()
        let status = ExitStatus(report)
        do {
            try show(report, of: loaded.campaign, lists)
        } catch let failure as Failure where status != .success {
            // What came of the calls matters more to a script than that the summary could not be printed.
            options.output.warn("error: " + failure.message)
        }
        if status != .success { throw ExitCode(status.rawValue) }
    }

    private func show(_ report: RunReport, of campaign: Campaign, _ lists: ListStatuses?) throws {
        defer {
            if let text = report.end.explanation(of: campaign) { options.output.warn(text) }
        }
        let reader = try options.openReader()
        let context = ReportContext(
            summary: try reader.summary(campaign: campaign.name),
            ownColumns: [], timeZone: campaign.timeZone)
        if options.json {
            try options.output.write(RunDocument(report, campaign, summary: context.summaryJSON(), lists).bytes)
        } else {
            try options.output.write(context.summaryText())
        }
    }
}

/// The result of a run for a machine: `{"end": …, "reason": …, "list": {…}, "otherLists": […], "summary": {…}}`.
private struct RunDocument {
    let bytes: [UInt8]

    init(_ report: RunReport, _ campaign: Campaign, summary: [UInt8], _ lists: ListStatuses?) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let reason = report.end.explanation(of: campaign).flatMap { try? JSONEncoder().encode($0) }
        bytes =
            Array(#"{"end":"\#(report.end.word)","reason":"#.utf8) + (reason.map(Array.init) ?? Array("null".utf8))
            + Array(#","list":"#.utf8) + (try encoder.encode(lists?.own))
            + Array(#","otherLists":"#.utf8) + (try encoder.encode(lists?.others ?? []))
            + Array(#","summary":"#.utf8) + summary + Array("}\n".utf8)
    }
}
