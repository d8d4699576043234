import ArgumentParser
import CampaignStore

/// `discador block add`.
struct BlockAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Put numbers on the do-not-call list; contacts that wait with them are excluded.")

    @Argument(help: "The numbers, written in any way.")
    var numbers: [String]

    @Option(help: "Why, for whoever looks at the list.")
    var reason = ""

    @OptionGroup var reading: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let work = BlockAdding(numbers: try reading.numbers(numbers), reason: reason)
        let totals = try await Workplace(options: options).carryOut(work)
        try options.output.result(json: totals)
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
