public import ArgumentParser
import CampaignStore
public import Reports

extension ReportFormat: ExpressibleByArgument {}
extension ReportRowsKind: ExpressibleByArgument {}

/// `discador report`: what happened to each contact.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write a report: a summary, or every call, attempt, rejected row or duplicate."
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Option(help: "text, csv, json or jsonl.")
    var format = ReportFormat.text

    @Option(help: "One row for each of: calls, attempts, rejects or duplicates.")
    var rows = ReportRowsKind.calls

    @Option(name: .shortAndLong, help: "The file to write. [default: standard output]")
    var output: String?

    @Flag(help: "CSV for a double click in Excel in Brazil: byte order mark, “;”, long numbers kept whole.")
    var excel = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard !excel || format == .csv else { throw ValidationError("--excel goes with --format csv.") }
    }

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(of: campaign, in: reader)
        let report = ReportFile(reader: reader, campaign: name, isForExcel: excel)
        let format = options.json && format == .text ? ReportFormat.json : format
        guard let output else {
            return try report.write(rows, format: format) { options.output.write($0) }
        }
        try report.write(rows, format: format, to: output)
        options.output.note("Wrote \(output).")
    }
}
