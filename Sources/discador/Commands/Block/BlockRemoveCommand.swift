import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador block remove`.
struct BlockRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove numbers from the do-not-call list.",
        discussion: """
            Contacts that were excluded because of it stay excluded unless --requeue is given: removing a number from \
            the list does not place a call. Before it removes somebody who asked by reply not to be called, it shows what \
            they wrote and asks; without a terminal it needs --yes.
            """
    )

    @Argument(help: "The numbers, written in any way.")
    var numbers: [String]

    @Flag(
        name: .customLong("requeue"),
        help: "Also requeue the contacts that were excluded because of it, in every campaign.")
    var requeues = false

    @Flag(help: "Remove people who asked not to be called, too, without asking.")
    var yes = false

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var removed: [String]
            var notOnTheList: [String]
            var excluded: Int
            var requeued: Int
            var numbers: [UnderstoodNumber]
            var error: String?
        }
        let understood = try reading.understood(numbers)
        let numbers = understood.map(\.phone)
        guard try isWanted(understood.map(\.phone)) else { return }
        let operation = RemoveBlocks(numbers: numbers, requeues: requeues)
        let totals = try await OperationRunner(options: options).run(operation)
        let missed = numbers.filter { number in !totals.removed.contains { $0.identity == number.identity } }
        let error = missed.isEmpty ? nil : "Not on the do-not-call list: \(missed.map(\.text).joined(separator: ", "))."
        try options.output.result(
            json: Document(
                removed: totals.removed.map(\.text), notOnTheList: missed.map(\.text), excluded: totals.excluded,
                requeued: totals.requeued, numbers: understood, error: error))
        for number in totals.removed { try options.output.result(number.spelled) }
        try options.output.result("\(totals.removed.count) removed from the do-not-call list.")
        if totals.requeued > 0 {
            try options.output.result("\(totals.requeued.counted("contact")) may be called again.")
        } else if totals.excluded > 0 {
            try options.output.result(
                "\(totals.excluded.counted("contact")) \(totals.excluded.noun("stays", "stay")) excluded; --requeue "
                    + "would have requeued \(totals.excluded.noun("it", "them"))."
            )
        }
        guard let error else { return }
        options.output.warn("error: \(error)")
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    /// Shows who on the list has asked by reply not to be called, and asks whether to continue.
    @inline(never)  // see `RunLoop.open`
    private func isWanted(_ numbers: [PhoneNumber]) throws -> Bool {
        let reader = try options.openReader()
        var choice = ReplyChoice()
        choice.people = try numbers.filter { try reader.block(of: $0) != nil }
        var wishes: [String] = []
        try reader.forEachReply(choice) { reply in
            guard reply.level == .optOut || reply.decision?.word == .blocked else { return }
            wishes.append("\(reply.person.text) asked not to be called. \(reply.line)")
        }
        guard !wishes.isEmpty, !yes else { return true }
        for wish in wishes { options.output.note(wish) }
        guard let answer = options.output.confirms("Remove from the do-not-call list nevertheless?") else {
            throw Failure(
                .usage,
                "Nothing was removed, because there is no terminal to ask on: "
                    + "\(wishes.count.counted("reply asks", "replies ask")) for no more calls. Add --yes to remove whoever "
                    + "wrote \(wishes.count.noun("it", "them")).")
        }
        if !answer { options.output.note("Nothing was removed.") }
        return answer
    }
}
