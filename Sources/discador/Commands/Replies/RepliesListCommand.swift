import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador replies list`: the replies that wait for a decision, or all of them.
struct RepliesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the replies that wait for a decision, the latest first.",
        discussion: """
            Each line has the reply's number (#12), the person, what the reply was taken for and by which rule, what \
            was written, when, and the campaign that called them last. Long texts are shortened; --json has up to \
            2,000 characters. With a campaign, only replies of people whom it called last, or has a contact of that \
            is held.
            """)

    @Argument(help: "The campaign. [default: all of them]")
    var campaign: String?

    @Flag(help: "Also those that are decided, block by themselves, or mean nothing.")
    var all = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        let name = try campaign.map { try CampaignLocator(options: options).name(reader, of: $0) }
        let choice = ReplyChoice(campaign: name, isUndecided: !all)
        var result = ResultStream(options.output, named: "replies")
        var (count, waiting) = (0, 0)
        try reader.forEachReply(choice) { reply in
            count += 1
            if reply.isUndecided { waiting += 1 }
            try result.append(json: ReplyDocument(reply))
            try result.append(reply.listLine)
        }
        try result.append(summary(count, waiting: waiting, of: name))
        try result.finish()
        guard name != nil else { return }
        let others = try reader.replyCount(ReplyChoice(isUndecided: true)) - waiting
        guard others > 0 else { return }
        options.output.note(
            "\(others) more \(others.noun("waits", "wait")) that \(others.noun("does", "do")) not concern this "
                + "campaign: `\(options.suggested().command("replies"))`")
    }

    private func summary(_ count: Int, waiting: Int, of campaign: String?) -> String {
        guard waiting > 0 else {
            let place = campaign.map { " in \($0)" } ?? ""
            let isNone = count == 0 && all
            return isNone ? "There are no replies\(place)." : "No reply\(place) waits for a decision."
        }
        let decide = options.suggested().command("replies", "decide")
        return "\(waiting.repliesWaiting). Read them, then: \(decide) (--phone P | --id N | --all) --as block|dismiss"
    }
}

extension Int {
    /// `1 reply waits for a decision`, `3 replies wait for a decision`.
    var repliesWaiting: String { "\(counted("reply", "replies")) \(noun("waits", "wait")) for a decision" }
}

/// A reply, for machines.
struct ReplyDocument: Encodable {
    var id: Int64
    /// The number that was called; nil when it is not known who wrote.
    var phone: String?
    /// Who wrote it, as the webhook has it.
    var sender: String
    var campaign: String?
    var receivedAt: String
    var form, text, level, rule: String
    /// Whether it waits for a decision.
    var waits: Bool
    var decision, decidedAt, decidedBy: String?

    init(_ reply: ReplyEntry) {
        id = reply.id
        phone = reply.phone?.text
        sender = reply.sender.text
        campaign = reply.campaign
        receivedAt = reply.receivedAt.json()
        (form, text, level, rule) = (reply.form.rawValue, reply.text, reply.level.rawValue, reply.rule)
        waits = reply.isUndecided
        decision = reply.decision?.word.rawValue
        decidedAt = reply.decision.map { $0.at.json() }
        decidedBy = reply.decision?.user
    }
}
