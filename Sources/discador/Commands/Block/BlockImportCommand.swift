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
            that hold no number, or one that may be another (a digit too many, two ways to read it), are named with their \
            lines, and the exit code is 65 then: whoever stands there is not protected yet. All others are. A list without \
            any number ends with 65 too.

            The files are read to their end first: one that cannot be read keeps all of them out. Then the numbers are \
            entered part by part, while a run goes on; interrupted, those that are entered stay on the list, and the same \
            command enters the rest.
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
            /// The first hundred of them.
            var rejectedRows: [BadRow]
            /// Who is not protected.
            var error: String?
        }
        var reading = try lists.applied(to: ListReading(country: numbers.country))
        reading.splitsCells = true
        let work = ImportBlocks(lists: files.map(ListFile.init), reading: reading, reason: reason)
        let outcome = try await OperationRunner(options: options).run(work)
        var problems = outcome.unusable
        if outcome.rejected > 0 {
            problems.append(
                "\(outcome.rejected.counted("row")) \(outcome.rejected.noun("holds", "hold")) no number that is "
                    + "certain, and nobody there is protected; correct \(outcome.rejected.noun("it", "them")) and "
                    + "import the file again:\n" + BadRowCount.text(outcome.badRows, of: outcome.rejected))
        }
        try options.output.result(
            json: Document(
                totals: outcome.totals, rejected: outcome.rejected, rejectedRows: outcome.badRows,
                error: problems.isEmpty ? nil : problems.joined(separator: "\n")))
        try options.output.result(outcome.totals.text)
        guard problems.isEmpty else {
            options.output.warn("error: " + problems.joined(separator: "\n"))
            throw ExitCode(ExitStatus.badInput.rawValue)
        }
    }
}
