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
            Ctrl-C (or SIGTERM) begins no further call, waits for those under way and exits 130; a second one gives them \
            up, which leaves them in doubt. SIGUSR1 prints the progress.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        if let explanation = UnkeptSettings(loaded.campaign).explanation {
            throw Failure(.badInput, "\(loaded.path): \(explanation)")
        }
        let store = try options.openStore(for: "run \(loaded.campaign.name)")
        let report = try await CampaignDialing(campaign: loaded.campaign, options: options).run(store)
        try store.close()
        try show(report, of: loaded.campaign)
        let status = ExitStatus(report)
        if status != .success { throw ExitCode(status.rawValue) }
    }

    private func show(_ report: RunReport, of campaign: Campaign) throws {
        let reader = try options.openReader()
        let context = ReportContext(
            summary: try reader.summary(campaign: campaign.name),
            ownColumns: [], timeZone: campaign.timeZone)
        if options.json {
            options.output.write(RunDocument(report, summary: context.summaryJSON()).bytes)
        } else {
            options.output.write(context.summaryText())
        }
        if let text = report.end.explanation(campaign: campaign.name) { options.output.warn(text) }
    }
}

/// The result of a run for a machine: `{"end": …, "reason": …, "summary": {…}}`.
private struct RunDocument {
    let bytes: [UInt8]

    init(_ report: RunReport, summary: [UInt8]) {
        let reason = report.end.explanation(campaign: "").flatMap { try? JSONEncoder().encode($0) }
        bytes =
            Array(#"{"end":"\#(report.end.word)","reason":"#.utf8) + (reason.map(Array.init) ?? Array("null".utf8))
            + Array(#","summary":"#.utf8) + summary + Array("}\n".utf8)
    }
}

extension Campaign {
    /// The zone in which people of this campaign read times: the window's, or this machine's when it has none of its own.
    var timeZone: TimeZone {
        window?.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
    }
}
