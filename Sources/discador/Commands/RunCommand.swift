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

            Ctrl-C (or SIGTERM, or SIGHUP, which comes when its terminal is closed) begins no further call, waits for those \
            under way and exits 130; a second one gives them up, which leaves them in doubt. SIGUSR1 prints the progress.

            A campaign that was paused is not dialled: the run says since when and by whom, and exits with 75 until \
            `discador resume`.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Flag(
        help:
            """
            Exit with 75 instead of waiting while nobody may be called: outside the window, when a day's calls are used \
            up, when Z-API asked to wait, or while no instance is connected.
            """
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
        let lists = try ListStatuses.look(at: loaded, options, secrets)
        for note in lists?.notes ?? [] { options.output.note(note) }
        let store: CampaignStore
        switch try open(loaded.campaign) {
        case .dialable(let opened): store = opened
        case .paused(let pause): return try end(.paused(pause), with: .notNow, loaded.campaign, lists)
        }
        let dialing = CampaignDialing(
            campaign: loaded.campaign, options: options, runOptions: RunOptions(waits: !noWait, canary: canary))
        let report = try await dialing.run(store)
        try store.close()
        try end(conclusion(of: report, loaded.campaign), with: ExitStatus(report), loaded.campaign, lists)
    }

    @inline(never)  // see `open`
    private func conclusion(of report: RunReport, _ campaign: Campaign) -> RunConclusion {
        guard report.end == .drained else { return .ended(report.end) }
        // A run that somebody paused was drained for that.
        guard let reader = try? options.openReader() else { return .ended(.drained) }
        if let pause = try? reader.pause(campaign: campaign.name) { return .pausedMeanwhile(pause) }
        // Of what others have done beside it, the run itself does not know.
        let counts = try? reader.counts(campaign: campaign.name)
        return counts?.ready == 0 ? .emptied : .ended(.drained)
    }

    /// The store to dial from, unless the campaign is paused.
    ///
    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func open(_ campaign: Campaign) throws -> Opening {
        let store: CampaignStore
        do throws(QueueError) {
            store = try options.openStore(for: "run \(campaign.name)")
        } catch {
            // Whoever holds it dials something else: this campaign would not be dialled anyway.
            guard case .held = error, let pause = try? options.openReader().pause(campaign: campaign.name) else {
                throw error
            }
            return .paused(pause)
        }
        // From here on nobody else can pause it without this process.
        guard let pause = try store.reader().pause(campaign: campaign.name) else { return .dialable(store) }
        try store.close()
        return .paused(pause)
    }

    @inline(never)
    private func end(
        _ conclusion: RunConclusion, with status: ExitStatus, _ campaign: Campaign, _ lists: ListStatuses?
    ) throws {
        do {
            try show(conclusion, of: campaign, lists)
        } catch let failure as Failure where status != .success {
            // What came of the calls matters more to a script than that the summary could not be printed.
            options.output.warn("error: " + failure.message)
        }
        if status != .success { throw ExitCode(status.rawValue) }
    }

    private func show(_ conclusion: RunConclusion, of campaign: Campaign, _ lists: ListStatuses?) throws {
        let suggested = options.suggested(secrets)
        let reason = conclusion.reason(of: campaign, suggested)
        defer {
            if let reason { options.output.warn(reason) }
        }
        let reader = try options.openReader()
        var context = ReportContext(
            summary: try reader.summary(campaign: campaign.name),
            ownColumns: [], timeZone: campaign.timeZone)
        context.suggested = suggested
        if options.json {
            let document = try RunDocument(
                end: conclusion.word, reason: reason, lists, summary: context.summaryJSON())
            try options.output.write(document.bytes)
        } else {
            try options.output.write(context.summaryText())
        }
    }
}

/// What opening the database for a campaign gives.
private enum Opening {
    case dialable(CampaignStore)
    case paused(CampaignPause)
}
