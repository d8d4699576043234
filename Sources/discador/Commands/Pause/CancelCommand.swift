import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador cancel`: nobody else is called.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Stop the run of a campaign and exclude everybody whose turn has not come, after asking.",
        discussion: """
            `discador retry <campaign> --where "reason = cancelled"` puts them back. Nobody of the campaign is called from the \
            first moment on; interrupted, it is ended by whatever changes the campaign next, its next run included.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Flag(help: "Cancel without asking.")
    var yes = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(of: campaign, in: reader)
        let counts = try reader.counts(campaign: name)
        let holds = WriterLock.holder(ofDatabase: options.databasePath)?.command
        // One that has ended may be followed by another, whose contacts are only coming in.
        let isDialed = holds == RunLabel.running(name) || RunLabel.isEnding(holds, of: name)
        // Calls that an interrupted run has left open are resolved, too, as calls in doubt. Whoever holds the database may be
        // bringing contacts in.
        guard try counts.ready + counts.dialing > 0 || holds != nil || reader.isBeingCancelled(campaign: name) else {
            return try report(name, cancelled: 0)
        }
        guard try isWanted(counts, of: name, isDialed) else { return }
        let operations = OperationRunner(options: options)
        let outcome = try await operations.run(CancelCampaign(campaign: name))
        if let runner = outcome.runner { try await operations.waitForEnd(of: runner, dialing: name) }
        try report(name, cancelled: outcome.cancelled)
    }

    /// Whether to go on after what was shown.
    private func isWanted(_ counts: StateCounts, of name: String, _ isDialed: Bool) throws -> Bool {
        if yes { return true }
        let waiting = counts.ready.counted("contact")
        let run = isDialed ? ", and stop its run" : ""
        guard let answer = options.output.confirms("Exclude \(waiting) of \(name) that would still be called\(run)?")
        else {
            throw Failure(
                .usage,
                "Nothing was changed, there is no terminal to ask on: \(waiting) of \(name) would be excluded\(run). "
                    + "Add --yes to cancel without being asked.")
        }
        if !answer { options.output.note("Nothing was changed.") }
        return answer
    }

    private func report(_ name: String, cancelled: Int) throws {
        struct Document: Encodable {
            var campaign: String
            var cancelled: Int
            /// The command that puts them back.
            var undo: String?
        }
        let undo = options.suggested().command(
            "retry", name, "--where", "reason = \(ExclusionReason.cancelled.rawValue)")
        try options.output.result(
            json: Document(campaign: name, cancelled: cancelled, undo: cancelled > 0 ? undo : nil))
        guard cancelled > 0 else { return try options.output.result("Nobody of \(name) waits to be called.") }
        try options.output.result(
            "\(cancelled.counted("contact")) of \(name) will not be called (excluded, cancelled). To undo it: \(undo)")
    }
}
