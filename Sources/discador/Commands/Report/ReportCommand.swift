import ArgumentParser
import CampaignCore
import CampaignStore
package import Reports

extension ReportFormat: ExpressibleByArgument {}
extension ReportRowsKind: ExpressibleByArgument {}

/// `discador report`: what happened to each contact.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a report: a summary, or every call, attempt, rejected row or duplicate.",
        discussion: """
            A file is written whole or not at all and is for its owner only (mode 0600). One that is there already is \
            replaced only with --force, which a job that writes to the same name each day needs; it keeps its mode. \
            Links, devices and pipes stay what they are. The database, campaign files and lists are never written over.
            """
    )

    @Argument(help: "The campaign: its folder, its campaign.yml, or its name.")
    var campaign: String

    @Option(help: "text, csv, json or jsonl.")
    var format = ReportFormat.text

    @Option(help: "One row for each of: calls, attempts, rejects or duplicates.")
    var rows = ReportRowsKind.calls

    @Option(name: .shortAndLong, help: "The file to write. [default: standard output]")
    var output: String?

    @Flag(help: "Replace the file if it is there already.")
    var force = false

    @Flag(help: "CSV for a double click in Excel in Brazil: byte order mark, “;”, long numbers kept whole.")
    var excel = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard !excel || format == .csv else { throw ValidationError("--excel goes with --format csv.") }
        guard !force || output != nil else { throw ValidationError("--force goes with --output.") }
    }

    func run() async throws {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(of: campaign, in: reader)
        var report = ReportFile(reader: reader, campaign: name, isForExcel: excel)
        report.suggested = options.suggested()
        let format = options.json && format == .text ? ReportFormat.json : format
        guard let output else {
            return try report.write(rows, format: format) { try options.output.write($0) }
        }
        let file = try OutputFile(output, replaces: force, sparing: options.ownFiles(reader))
        try report.write(rows, format: format, to: file)
        options.output.note("Wrote \(output).")
    }
}
