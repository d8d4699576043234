import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador block import`.
struct BlockImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put the numbers of CSV files on the do-not-call list.",
        discussion: """
            A column called motivo, reason or razón gives each number its reason. Every number of a cell is taken. Rows \
            that hold no number are named, and the exit code is 65 then: whoever stands there is not protected yet. All \
            others are.
            """
    )

    @Argument(help: "CSV files; “-” is standard input.")
    var files: [String]

    @Option(help: "Why, for numbers whose row does not say.")
    var reason = ""

    @OptionGroup var lists: ListOptions
    @OptionGroup var numbers: NumberOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var totals: BlockTotals
            var rejected: Int
        }
        var reading = try lists.applied(to: ListReading(country: numbers.country))
        reading.splitsCells = true
        let reader = BlockListReader(reading: reading, reason: reason)
        let store = try options.openStore(for: "block import")
        let bad = BadRowCount()
        let files = files
        let totals = try await store.block(now: Surroundings.now()) { writer in
            for file in files { try reader.read(file, into: writer, bad) }
        }
        try store.close()
        let rejected = bad.count
        try options.output.result(json: Document(totals: totals, rejected: rejected))
        options.output.result(totals.text)
        guard rejected == 0 else {
            throw Failure(
                .badInput,
                "\(rejected) rows hold no number that can be read, and nobody there is protected:\n\(bad.text)")
        }
    }
}
