import ArgumentParser
import Foundation

/// `discador-benchmark import`: how fast a list is imported, compared with SQLite's own shell and the same file.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Rows per second of `discador import`, compared with `sqlite3 .import` of the same file.",
        discussion: """
            Both are whole processes into a new database with synchronous=FULL, in alternation; sqlite3 has a page cache of \
            16 MB, where a first import of discador keeps to SQLite's usual 2 MB. The ratio is taken within each round, so \
            that a drift in the machine's speed does not bias it. discador checks every number, looks it up in a \
            do-not-call list, finds the same number in other spellings, and keeps all columns; sqlite3 (apt-get install \
            sqlite3) loads the text into a table with a unique index on the phone. Both results are counted, and a \
            wrong count is an error. Build with -c release.
            """
    )

    @Option(help: "Rows of the list; 1000000 are about 45 MB.")
    var rows = 1_000_000

    @Option(help: "Rounds; the median counts.")
    var rounds = 5

    @Option(help: "The folder for list and databases; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    @Option(help: "Columns of the list: name, phone, contract, value, then cities.")
    var columns = 4

    @Option(help: "One row in this many repeats an earlier number; 0 for none.")
    var repeatedOneIn = 2000

    @Option(help: "One row in this many has no usable number; 0 for none.")
    var badOneIn = 1000

    @Option(help: "Numbers on the do-not-call list, half of them in the list of contacts.")
    var blocked = 10_000

    @Option(help: "The discador to measure. [default: the one beside this program]")
    var program: String?

    func validate() throws {
        guard 1...1_000_000_000 ~= rows else { throw ValidationError("--rows takes a number from 1 to 1000000000.") }
        guard rounds > 0 else { throw ValidationError("--rounds takes a number from 1 up.") }
        guard 2...100 ~= columns else { throw ValidationError("--columns takes a number from 2 to 100.") }
        guard repeatedOneIn >= 0 else { throw ValidationError("--repeated-one-in takes a number from 0 up.") }
        guard 0...1_000_000 ~= blocked else { throw ValidationError("--blocked takes a number from 0 to 1000000.") }
        guard badOneIn >= 0 else { throw ValidationError("--bad-one-in takes a number from 0 up.") }
    }

    func run() throws {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        let file = place.appending(path: "contatos.csv")
        let shape = ContactListShape(
            rows: rows, columns: columns, repeatedNumbers: .init(oneIn: repeatedOneIn > 0 ? repeatedOneIn : nil),
            badRows: .init(oneIn: badOneIn > 0 ? badOneIn : nil))
        // Both programs are looked for before the long work.
        let discador = ImportSpeed(program: try DiscadorProgram.path(program), list: file)
        let sqlite = try SQLiteShell(list: file, shape: shape)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }

        say("writing \(rows) rows …")
        let list = try ContactListWriter(shape: shape, seed: 7).write(to: file)
        say(
            "\(rows) rows, \(columns) columns, \((Double(list.bytes) / 1e6).text(decimals: 1)) MB, "
                + "\(list.distinctNumbers) different numbers, \(blocked) on the do-not-call list, \(rounds) rounds, "
                + "synchronous=FULL, "
                + "sqlite3 with \(SQLiteShell.pageCacheKibibytes) KiB of page cache, in \(place.path)")
        say("discador is \(discador.program), sqlite3 is \(sqlite.program)")
        let blocked = try BlockedNumbers(blocked, for: list, to: place.appending(path: "nao-ligar.csv"))
        let contest = ImportContest(discador: discador, sqlite: sqlite, list: list, blocked: blocked, place: place)
        say("for information: sqlite3 with its default page cache \(Self.text(try contest.importBySQLite(.byDefault)))")
        var results: [ImportContest.Round] = []
        for number in 1...rounds {
            let round = try contest.round(number)
            results.append(round)
            say(
                "round \(number): discador \(Self.text(round.discador)), "
                    + "\(Int(Double(rows) / round.discador.seconds)) rows/s; "
                    + "sqlite3 \(Self.text(round.sqlite)); ratio \(round.ratio.text(decimals: 2))")
        }
        say("median ratio \(results.map(\.ratio).median.text(decimals: 2)) (goal 1.0, ideally 2.0)")
        if let peak = results.map(\.discador.peakMemory).max(by: { $0.megabytes < $1.megabytes }) {
            say("peak memory of discador \(peak) (limit 57 MB)")
        }
    }

    private static func text(_ figures: TimedProcess.Figures) -> String {
        "\(figures.seconds.text(decimals: 2)) s, peak \(figures.peakMemory)"
    }
}
