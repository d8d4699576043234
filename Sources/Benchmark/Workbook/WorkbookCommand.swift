import ArgumentParser
import Foundation
import Workbooks

/// `discador-benchmark workbook`: how fast an .xlsx list is imported, compared with others who read the same file.
struct WorkbookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workbook",
        abstract: "Time and memory of `discador import` of a workbook, compared with openpyxl and LibreOffice.",
        discussion: """
            openpyxl (apt-get install python3-openpyxl) only reads all cells of the file, in its read-only mode; LibreOffice \
            (apt-get install libreoffice-calc) converts it to CSV. Each is left out where it is not installed. Build with -c \
            release.
            """
    )

    @Option(help: "Rows of the sheet, up to 1048575.")
    var rows = 1_000_000

    @Option(help: "Rounds; the medians count.")
    var rounds = 3

    @Option(help: "The folder for workbook and databases.")
    var folder = FileManager.default.temporaryDirectory.path

    @Option(help: "The discador to measure. [default: the one beside this program]")
    var program: String?

    private static let python = "/usr/bin/python3"
    private static let reading = """
        import sys, openpyxl
        sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0]
        sys.stdout.write(str(sum(1 for row in sheet.iter_rows(values_only=True) if row[0] is not None)))
        """

    func validate() throws {
        guard 1...1_048_575 ~= rows else { throw ValidationError("--rows takes a number from 1 to 1048575.") }
        guard rounds > 0 else { throw ValidationError("--rounds takes a number from 1 up.") }
    }

    func run() throws {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        let discador = try DiscadorProgram.path(program)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let list = place.appending(path: "contatos.xlsx")
        try write(to: list)
        let hasOpenpyxl =
            (try? TimedProcess(program: Self.python, arguments: ["-c", "import openpyxl"], folder: place).run()) != nil
        let office = ["/usr/bin/soffice", "/usr/local/bin/soffice"].first(
            where: FileManager.default.isExecutableFile(atPath:))
        say("\(rows) rows, \(rounds) rounds, in \(place.path); discador is \(discador)")
        var ratios: [Double] = []
        for round in 1...rounds {
            let ours = try importing(list, by: discador, in: place)
            say("round \(round): discador \(Self.text(ours))")
            if hasOpenpyxl {
                let theirs = try TimedProcess(
                    program: Self.python, arguments: ["-c", Self.reading, list.path], folder: place
                ).run()
                guard Int(Self.line(theirs.output)) == rows + 1 else {
                    throw BenchmarkFailure("openpyxl has read \(Self.line(theirs.output)) rows instead of \(rows + 1).")
                }
                ratios.append(theirs.seconds / ours.seconds)
                say(
                    "round \(round): openpyxl \(Self.text(theirs)); discador is "
                        + "\((theirs.seconds / ours.seconds).text(decimals: 1)) times as fast")
            }
            if let office, round == 1 {
                let theirs = try TimedProcess(
                    program: office,
                    arguments: [
                        "-env:UserInstallation=file://\(place.path)/office", "--headless", "--convert-to", "csv",
                        "--outdir", place.path, list.path,
                    ], folder: place
                ).run()
                say(
                    "round \(round): LibreOffice \(Self.text(theirs)); discador is "
                        + "\((theirs.seconds / ours.seconds).text(decimals: 1)) times as fast")
            }
        }
        if !ratios.isEmpty { say("median: \(ratios.median.text(decimals: 1)) times as fast as openpyxl (goal 20)") }
    }

    /// A whole import into a new database; the campaign must then have every row as a contact.
    private func importing(_ list: URL, by discador: String, in place: URL) throws -> TimedProcess.Figures {
        let folder = place.appending(path: "campaign")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("name: benchmark\ninstances: [{name: b, id: b, token: \"${BENCH_TOKEN}\"}]\n".utf8).write(
            to: folder.appending(path: "campaign.yml"))
        func process(_ arguments: [String]) throws -> TimedProcess.Figures {
            try TimedProcess(
                program: discador, arguments: arguments + ["--db", folder.appending(path: "discador.db").path],
                folder: place, environment: ["BENCH_TOKEN": "benchmark"]
            ).run()
        }
        let figures = try process(["import", folder.path, list.path])
        struct Status: Decodable {
            struct Campaign: Decodable {
                var contacts: Int
            }

            var campaigns: [Campaign]
        }
        let status = try process(["status", "benchmark", "--json"]).output
        let contacts = try JSONDecoder().decode(Status.self, from: status).campaigns.first?.contacts ?? 0
        guard contacts == rows else {
            throw BenchmarkFailure("The campaign has \(contacts) contacts after the import instead of \(rows).")
        }
        return figures
    }

    private func write(to file: URL) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = FileHandle(forWritingAtPath: file.path)
        else { throw BenchmarkFailure("\(file.path) cannot be written: choose another --folder.") }
        defer { try? handle.close() }
        var writer = WorkbookWriter(title: "Lista", createdAt: nil, dateFormat: "dd/mm/yyyy")
        var bytes: [UInt8] = []
        let headings = ["nome", "telefone", "contrato", "cidade"]
        writer.begin(SheetLayout(name: "Lista", headings: headings, widths: [30, 18, 12, 20]), to: &bytes)
        for row in 0..<rows {
            writer.append(
                [
                    .text("Maria da Conceição \(row)"), .number(11_990_000_000 + row), .text("C\(row)"),
                    .text("São José dos Campos"),
                ], to: &bytes)
            guard bytes.count >= 1 << 20 else { continue }
            try handle.write(contentsOf: bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        writer.finish(to: &bytes)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
    }

    private static func line(_ output: Data) -> String {
        String(decoding: output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }

    private static func text(_ figures: TimedProcess.Figures) -> String {
        "\(figures.seconds.text(decimals: 2)) s, peak \(figures.peakMemory)"
    }
}
