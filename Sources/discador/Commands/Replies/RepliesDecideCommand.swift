import ArgumentParser
package import CampaignCore
import CampaignStore

extension ReplyDecision: ExpressibleByArgument {
    package static var allValueStrings: [String] { allCases.map(\.verb) }

    package init?(argument: String) {
        guard let decision = Self.allCases.first(where: { $0.verb == argument }) else { return nil }
        self = decision
    }

    /// As it is written on the command line.
    fileprivate var verb: String {
        switch self {
        case .blocked: "block"
        case .dismissed: "dismiss"
        }
    }
}

/// `discador replies decide`: decides about replies as a person says.
struct RepliesDecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Decide about replies that wait: block whoever wrote them, or dismiss them.",
        discussion: """
            --as block puts those people on the do-not-call list: no campaign calls them, not even with a call that is \
            about to be placed. --as dismiss lets those who were held be called again: it shows the replies and asks \
            first; without a terminal it needs --yes. Only the replies that are there now are decided, none that comes \
            meanwhile.

            A decision is final. To change your mind: `discador block add`, or `discador block remove --requeue`.
            """)

    @Argument(help: "Only replies that concern this campaign. [default: all of them]")
    var campaign: String?

    @Option(parsing: .upToNextOption, help: "The numbers of the people, written in any way.")
    var phone: [String] = []

    @Option(parsing: .upToNextOption, help: "The numbers of the replies, as `discador replies` lists them.")
    var id: [Int64] = []

    @Flag(help: "All replies that wait.")
    var all = false

    @Option(name: .customLong("as"), help: "What is to become of their writers: block or dismiss.")
    var decision: ReplyDecision

    @Flag(help: "Dismiss without asking.")
    var yes = false

    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard [!phone.isEmpty, !id.isEmpty, all].count(where: \.self) == 1 else {
            throw ValidationError("Choose the replies with exactly one of --phone, --id and --all.")
        }
    }

    func run() async throws {
        let choice = try choose()
        var report = DecisionReport(decision, choice)
        if !choice.waiting.isEmpty {
            guard try isWanted(choice) else { return try options.output.result(json: report) }
            let operation = DecideReplies(
                replies: choice.waiting.map(\.id), decision: decision, user: SystemEnvironment.user())
            report.note(try await OperationRunner(options: options).run(operation))
        }
        try options.output.result(json: report)
        for line in report.lines { try options.output.result(line) }
        guard let error = report.error else { return }
        options.output.warn("error: \(error)")
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    @inline(never)  // see `RunLoop.open`
    private func choose() throws -> ChosenReplies {
        let reader = try options.openReader()
        var choice = ReplyChoice()
        choice.campaign = try campaign.map { try CampaignLocator(options: options).name(reader, of: $0) }
        if !id.isEmpty { choice.ids = id }
        guard !phone.isEmpty else {
            choice.isUndecided = all
            return try ChosenReplies(reader, choice, ids: id)
        }
        var chosen = ChosenReplies()
        for number in try numbers.numbers(phone) {
            choice.people = [number]
            chosen.add(try ChosenReplies(reader, choice, of: number))
        }
        return chosen
    }

    /// Shows who would be called again, and asks whether to continue.
    private func isWanted(_ choice: ChosenReplies) throws -> Bool {
        guard decision == .dismissed else { return true }
        for line in choice.overview { try options.output.result(line) }
        guard !yes else { return true }
        let count = choice.waiting.count
        let question =
            count == 1
            ? "Are you sure that this reply is no wish not to be called?"
            : "Are you sure that none of these \(count) replies is a wish not to be called?"
        guard let answer = options.output.confirms(question) else {
            throw Failure(
                .usage,
                "Nothing was changed, because there is no terminal to ask on: whoever wrote "
                    + "\(count.counted("reply", "replies")) would be called again. Add --yes to do it.")
        }
        if !answer { options.output.note("Nothing was changed.") }
        return answer
    }
}
