import ArgumentParser
import CampaignStore
import Foundation

/// `discador-benchmark report`: how fast reports are written, compared with SQLite's own shell and the same join.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Time and memory of `discador report` in each format, compared with `sqlite3 -csv` of the same join.",
        discussion: """
            All are whole processes that write a file, in alternation with sqlite3 (apt-get install sqlite3). The ratio is \
            taken within each round. Build with -c release.
            """
    )

    /// What is measured, with how many times the time of another it may take.
    private enum Format: String, CaseIterable {
        case csv, xlsx, html, jsonl

        var goal: String {
            switch self {
            case .csv: "goal: at most 1.5 × sqlite3"
            case .xlsx: "goal: at most 4 × csv"
            case .html: "goal: under 5 s and 1 MB"
            case .jsonl: "no goal"
            }
        }
    }

    @Option(help: "Contacts, each with one call.")
    var calls = 1_000_000

    @Option(help: "Rounds; the medians count.")
    var rounds = 3

    @Option(help: "The folder for database and reports.")
    var folder = FileManager.default.temporaryDirectory.path

    @Option(help: "The discador to measure. [default: the one beside this program]")
    var program: String?

    func validate() throws {
        guard 1...10_000_000 ~= calls else { throw ValidationError("--calls takes a number from 1 to 10000000.") }
        guard rounds > 0 else { throw ValidationError("--rounds takes a number from 1 up.") }
    }

    func run() async throws {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        let discador = try DiscadorProgram.path(program)
        let sqlite = try SQLiteShell.path()
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let database = place.appending(path: "discador.db")
        say("placing \(calls) calls …")
        try await AcceptedCalls(instance: "benchmark", batch: 1000).store(path: database.path, count: calls).close()
        say("\(calls) calls, \(rounds) rounds, in \(place.path); discador is \(discador), sqlite3 is \(sqlite)")

        var seconds: [String: [Double]] = [:]
        for round in 1...rounds {
            let shell = TimedProcess(
                program: sqlite,
                arguments: [
                    "-batch", "-init", "/dev/null", "-csv", "-header", database.path,
                    ".output \(place.appending(path: "reference.csv").path)", Self.join,
                ], folder: place)
            let reference = try shell.run()
            guard try Self.size(of: place.appending(path: "reference.csv")) > calls * 50 else {
                throw BenchmarkFailure("sqlite3 has written too little: the measurement would be meaningless.")
            }
            seconds["sqlite3", default: []].append(reference.seconds)
            say("round \(round): sqlite3 \(Self.text(reference))")
            for format in Format.allCases {
                let file = place.appending(path: "report.\(format)")
                let figures = try TimedProcess(
                    program: discador,
                    arguments: [
                        "report", "benchmark", "--db", database.path, "--format", format.rawValue, "-o", file.path,
                        "--force",
                    ], folder: place
                ).run()
                seconds[format.rawValue, default: []].append(figures.seconds)
                let size = try Self.size(of: file)
                guard size > 0 else { throw BenchmarkFailure("The report \(file.path) is empty.") }
                say(
                    "round \(round): \(format) \(Self.text(figures)), \((Double(size) / 1e6).text(decimals: 2)) MB, "
                        + "\((figures.seconds / reference.seconds).text(decimals: 2)) × sqlite3")
            }
        }
        func median(_ name: String) -> Double { (seconds[name] ?? []).median }
        say("median of sqlite3 \(median("sqlite3").text(decimals: 2)) s")
        for format in Format.allCases {
            let time = median(format.rawValue)
            say(
                "median of \(format) \(time.text(decimals: 2)) s, \((time / median("sqlite3")).text(decimals: 2)) × sqlite3, "
                    + "\((time / median("csv")).text(decimals: 2)) × csv (\(format.goal))")
        }
    }

    /// What a report of calls reads.
    private static let join = """
        SELECT contact.own, contact.phone, contact.state, contact.reason, contact.attempts, last.zaap_id,
            last.message_id, last.http_status, last.error, instance.name, first.started_at, last.started_at,
            contact.delivery, contact.delivery_error, contact.answer, contact.answered_at, contact.called_back_at,
            contact.replied_at
        FROM contact
        LEFT JOIN attempt AS first ON first.contact_id = contact.id AND first.number = 1
        LEFT JOIN attempt AS last ON last.contact_id = contact.id AND last.number = contact.attempts
        LEFT JOIN instance ON instance.id = last.instance_id
        WHERE contact.campaign_id = 1 ORDER BY contact.id
        """

    private static func size(of file: URL) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
    }

    private static func text(_ figures: TimedProcess.Figures) -> String {
        "\(figures.seconds.text(decimals: 2)) s, peak \(figures.peakMemory)"
    }
}
