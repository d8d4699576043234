import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Reports
import ZAPI

/// `discador run`: dials a campaign.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Dial until done; the same command resumes.",
        discussion: """
            Outside the calling window the run sleeps until the window opens, and says so. With --canary it stops \
            (exit code 4) if the share of failures among the first calls reaches the brake's limit, or 20% if the \
            campaign has no brake.

            Ctrl-C (or SIGTERM, or SIGHUP, which is sent when the terminal is closed) begins no further call, waits \
            for the calls under way and exits with 130; a second one abandons them and leaves them in doubt. SIGUSR1 \
            prints the progress.

            A paused campaign is not dialed: the run says when and by whom it was paused, and exits with 75 until \
            `discador resume`.
            """
    )

    @Argument(help: .campaign)
    var campaign: String

    @Flag(
        help:
            """
            Exit with 75 instead of waiting while no call may be placed: outside the window, when a day's calls are \
            used up, when Z-API asked to wait, or while no instance is connected.
            """
    )
    var noWait = false

    @Option(
        help: ArgumentHelp(
            "Place this many calls first, wait for their outcomes, and continue only if they are good.",
            valueName: "calls"))
    var canary: Int?

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard canary.map({ 1...10_000 ~= $0 }) ?? true else {
            throw ValidationError("--canary takes a number of calls from 1 to 10000.")
        }
    }

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        // Before the store is opened: once this process holds it, it reads only through it.
        let lists = try ListStatuses.look(at: loaded, options, secrets)
        for note in lists?.notes ?? [] { options.output.note(note) }
        let store: CampaignStore
        switch try open(loaded.campaign) {
        case .dialable(let opened): store = opened
        case .paused(let pause):
            let summary = Result { try options.openReader().summary(campaign: loaded.campaign.name) }
            return try end(RunOutcome(.paused(pause), .notNow, summary), loaded.campaign, lists)
        }
        let dialer = CampaignDialer(
            campaign: loaded.campaign, options: options, runOptions: RunOptions(waits: !noWait, canary: canary))
        let report = try await dialer.run(store)
        let outcome = RunOutcome(report.end, ExitStatus(report), of: loaded.campaign.name, in: store)
        try store.close()
        try end(outcome, loaded.campaign, lists)
    }

    /// The store to dial from, unless the campaign is paused.
    ///
    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func open(_ campaign: Campaign) throws -> Opening {
        let store: CampaignStore
        do throws(StoreError) {
            store = try options.openStore(for: RunLabel.running(campaign.name))
        } catch {
            // The holder is dialing another campaign: this one would not be dialed anyway.
            guard case .held = error, let pause = try? options.openReader().pause(campaign: campaign.name) else {
                throw error
            }
            return .paused(pause)
        }
        // From here on, only this process can pause it.
        let reader = try store.reader()
        guard let pause = try reader.pause(campaign: campaign.name) else {
            if try reader.isBeingCancelled(campaign: campaign.name) {
                options.output.warn(
                    "a cancel of \(campaign.name) was interrupted: the contacts that were waiting are excluded now.")
            }
            return .dialable(store)
        }
        try store.close()
        return .paused(pause)
    }

    @inline(never)
    private func end(_ outcome: RunOutcome, _ campaign: Campaign, _ lists: ListStatuses?) throws {
        do {
            try show(outcome, of: campaign, lists)
        } catch let failure as Failure where outcome.status != .success {
            // To a script, the outcome of the calls matters more than a summary that could not be printed.
            options.output.warn("error: " + failure.message)
        }
        if outcome.status != .success { throw ExitCode(outcome.status.rawValue) }
    }

    private func show(_ outcome: RunOutcome, of campaign: Campaign, _ lists: ListStatuses?) throws {
        let suggested = options.suggested(secrets)
        let reason = outcome.conclusion.reason(of: campaign, suggested)
        defer {
            if let reason { options.output.warn(reason) }
        }
        var context = ReportContext(
            summary: try outcome.summary.get(), ownColumns: [], timeZone: campaign.timeZone)
        context.suggested = suggested
        if options.json {
            let document = try RunDocument(
                end: outcome.conclusion.word, reason: reason, lists, summary: context.summaryJSON())
            try options.output.write(document.bytes)
        } else {
            try options.output.write(context.summaryText())
        }
    }
}

/// The result of opening the database for a campaign.
private enum Opening {
    case dialable(CampaignStore)
    case paused(CampaignPause)
}
