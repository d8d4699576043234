import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador block add`.
struct BlockAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Put numbers on the do-not-call list; contacts that wait with them are excluded.",
        discussion: "Each number is shown as it was understood: look whether it is the one that you mean.")

    @Argument(help: "The numbers, written in any way.")
    var numbers: [String]

    @Option(help: "Why, for whoever looks at the list.")
    var reason = ""

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var added: Int
            var known: Int
            var excluded: Int
            var numbers: [UnderstoodNumber]
        }
        let understood = try reading.understood(numbers)
        let work = BlockAdding(numbers: understood.map(\.phone), reason: reason)
        let totals = try await Workplace(options: options).carryOut(work)
        try options.output.result(
            json: Document(
                added: totals.added, known: totals.known, excluded: totals.excluded, numbers: understood))
        for number in understood { try options.output.result(number.phone.spelled) }
        try options.output.result(totals.text)
    }
}

extension BlockTotals {
    /// The figures for people.
    var text: String {
        var parts = ["\(added) new on the do-not-call list"]
        if known > 0 { parts.append("\(known) on it already") }
        parts.append("\(excluded) waiting contacts excluded")
        return parts.joined(separator: ", ") + "."
    }
}
