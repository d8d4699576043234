import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador doubts`: calls that may have rung.
struct DoubtsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doubts",
        abstract: "List the calls that may have rung, with what is known of each.",
        discussion: "They are never dialled again by themselves; settle them with `discador resolve`."
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(of: campaign, in: reader)
        var doubts: [Doubt] = []
        try reader.forEachContact(campaign: name, in: [.inDoubt]) { doubts.append(Doubt($0)) }
        try options.output.result(json: doubts)
        for doubt in doubts { options.output.result(doubt.text) }
        options.output.result(
            doubts.isEmpty
                ? "\(name) has no call in doubt."
                : "\(doubts.count) in doubt. Ask, then: discador resolve \(name) --phone P --as called|not-called")
    }
}

/// What is known of a call that may have rung.
private struct Doubt: Encodable {
    var phone: String
    var reason: String?
    var instance: String?
    var startedAt: String?
    var httpStatus: Int?
    var error: String?
    var contact: [String]

    init(_ row: ContactRow) {
        phone = row.phone.text
        reason = row.reason
        instance = row.last?.instance
        startedAt = row.last.map { TimeText.iso($0.startedAt) }
        httpStatus = row.last?.httpStatus
        error = row.last?.error
        contact = row.own
    }

    var text: String {
        let known = [
            reason, startedAt.map { "at \($0)" }, instance.map { "through \($0)" }, httpStatus.map { "HTTP \($0)" },
            error == reason ? nil : error,
        ]
        return "\(phone)  \(known.compactMap(\.self).joined(separator: ", "))\n    \(contact.joined(separator: " | "))"
    }
}
