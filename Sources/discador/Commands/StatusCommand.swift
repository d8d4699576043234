import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador status`: how campaigns stand.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how campaigns stand, while a run goes on or not.")

    @Argument(help: "The campaign. [default: all of them]")
    var campaign: String?

    @Flag(help: "Show it again every two seconds until interrupted.")
    var watch = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        repeat {
            try show()
            guard watch else { return }
        } while (try? await Surroundings.clock.sleep(for: .seconds(2))) != nil
    }

    private func show() throws {
        let reader = try options.openReader()
        let names: [String] =
            if let campaign {
                [try CampaignLocator(options: options).name(of: campaign, in: reader)]
            } else {
                try reader.campaigns().map(\.name)
            }
        let holder = WriterLock.holder(ofDatabase: options.databasePath)
        let standings = try names.map { name in
            Standing(
                campaign: name, counts: try reader.counts(campaign: name), nextDue: try reader.nextDue(campaign: name),
                isRunning: holder?.command == "run \(name)", holder: holder)
        }
        try options.output.result(json: standings)
        if standings.isEmpty { options.output.result("No campaign was imported yet.") }
        for standing in standings { options.output.result(standing.text) }
    }
}

/// How one campaign stands.
private struct Standing: Encodable {
    var campaign: String
    var counts: StateCounts
    var nextDue: Timestamp?
    var isRunning: Bool
    var holder: WriterLock.Holder?

    private enum CodingKeys: String, CodingKey {
        case campaign, contacts, states, nextDueAt, running, holder
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(counts.total, forKey: .contacts)
        try container.encode(counts, forKey: .states)
        try container.encode(nextDue.flatMap { $0 > .epoch ? TimeText.iso($0) : nil }, forKey: .nextDueAt)
        try container.encode(isRunning, forKey: .running)
        try container.encode(holder?.description, forKey: .holder)
    }

    var text: String {
        let states = CallState.allCases.map { "\(counts[$0]) \($0.rawValue)" }.joined(separator: ", ")
        return "\(campaign): \(counts.total) contacts: \(states)\n  \(activity)"
    }

    private var activity: String {
        if isRunning, let holder { return "being dialled by \(holder) since \(TimeText.iso(holder.since))" }
        if counts.ready + counts.dialing == 0 { return "done" }
        let doubts = counts.dialing > 0 ? "; \(counts.dialing) were under way when it ended" : ""
        if let nextDue, nextDue > .epoch {
            return "not running\(doubts); the next retry is due at \(TimeText.iso(nextDue))"
        }
        return "not running\(doubts); `discador run \(campaign)` goes on"
    }
}
