import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Reports
import ZAPISimulator

/// `discador demo`: everything once, without an account.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Dial a campaign against the built-in simulator: no account needed; ends with reports.",
        discussion: """
            Takes half a minute at most, and starts afresh each time. Exits 0 when all went as the scenario says. A folder \
            that holds files of these names which are not a demo's is left alone (exit code 64).
            """
    )

    @Option(help: "The campaign folder.")
    var campaign = "campaigns/demo"

    @Option(help: "The folder for the database, the simulator's ledger and the reports; its files are replaced.")
    var output = "reports/demo"

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(help: "Print no progress.")
    var quiet = false

    func run() async throws {
        let folder = DemoFolder(path: output)
        try folder.empty(for: campaign)
        let options = try GlobalOptions.parse(
            ["--db", folder.database] + (json ? ["--json"] : []) + (quiet ? ["--quiet"] : []))
        let out = options.output
        let token = "demo-token"
        let clientToken = "demo-client-token"
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(
                scenario: Scenario(
                    instances: [
                        .init(id: "demo-recepcao", token: token), .init(id: "demo-agenda", token: token),
                    ], clientToken: clientToken, latency: .milliseconds(20) ... .milliseconds(120)),
                ledgerPath: folder.ledger),
            logger: SystemEnvironment.logger(options))
        out.note("1. A pretend Z-API listens at \(simulator.baseURL).")
        let variables = [
            "DEMO_BASE_URL": simulator.baseURL, "DEMO_TOKEN": token, "DEMO_CLIENT_TOKEN": clientToken,
        ]
        let loaded = try CampaignFile.load(campaign, environmentFile: nil, environment: variables)
        let store = try options.openStore(for: "run \(loaded.campaign.name)")
        let list = URL(
            fileURLWithPath: loaded.campaign.contacts ?? "contatos.csv",
            relativeTo: URL(fileURLWithPath: loaded.folder + "/")
        ).path
        let imported = try await ListImport(loaded: loaded, files: [list], rejectsFolder: output).run(into: store)
        out.note("2. Import:")
        for line in imported.lines { out.note("   " + line) }
        out.note("3. Dialing (Ctrl-C stops in good order):")
        let report = try await CampaignDialing(campaign: loaded.campaign, options: options).run(store)
        try store.close()
        await simulator.shutdown()

        let reader = try options.openReader()
        let reports = try folder.writeReports(reader, campaign: loaded.campaign)
        let audit = try LedgerAudit(
            simulator.ledger(), AuditScope(campaigns: [.init(name: loaded.campaign.name)]), reader: reader)
        let summary = try reader.summary(campaign: loaded.campaign.name)
        let expected = try DemoExpectation.read(loaded.folder + "/expected.json")
        let isAsExpected = expected.isMet(by: summary) && audit.isClean
        try out.result(
            json: DemoDocument(
                end: report.end.word, counts: summary.counts, audit: audit, isAsExpected: isAsExpected,
                reports: reports))
        var context = ReportContext(summary: summary, ownColumns: [], timeZone: loaded.campaign.timeZone)
        context.suggested = options.suggested()
        if !json { try out.write(context.summaryText()) }
        try out.result(
            "Simulator's ledger: \(audit.rings.counted("ring")), \(audit.dialedTwice.counted("phone")) dialed twice, "
                + "\(audit.idsLost.counted("id")) lost.")
        try out.result("Reports:\n" + reports.map { "  " + $0 }.joined(separator: "\n"))
        guard report.end == .finished else { throw ExitCode(ExitStatus(report).rawValue) }
        guard isAsExpected else {
            throw Failure(.finishedWithFailures, "The demo did not go as its scenario says: expected \(expected).")
        }
        try out.result("All went as the scenario says.")
    }
}

/// The result of a demo for a machine.
private struct DemoDocument: Encodable {
    var end: String
    var counts: StateCounts
    var audit: LedgerAudit
    var isAsExpected: Bool
    var reports: [String]
}

/// How the demo must end: `expected.json` in its folder.
private struct DemoExpectation: Decodable {
    var accepted: Int
    var failed: Int
    var inDoubt: Int
    var rejectedRows: Int
    var duplicateRows: Int

    private enum CodingKeys: String, CodingKey {
        case accepted, failed
        case inDoubt = "in_doubt"
        case rejectedRows, duplicateRows
    }

    static func read(_ path: String) throws -> DemoExpectation {
        guard let data = FileManager.default.contents(atPath: path),
            let expectation = try? JSONDecoder().decode(DemoExpectation.self, from: data)
        else { throw Failure(.badInput, "\(path) cannot be read: it says how the demo must end.") }
        return expectation
    }

    func isMet(by summary: CampaignSummary) -> Bool {
        let counts = summary.counts
        return counts.accepted == accepted && counts.failed == failed && counts.inDoubt == inDoubt
            && counts.total == accepted + failed + inDoubt && summary.rejectedRows == rejectedRows
            && summary.duplicateRows == duplicateRows
    }
}

/// The files of a demo.
private struct DemoFolder {
    let path: String
    var database: String { path + "/discador.db" }
    var ledger: String { path + "/simulator.jsonl" }

    /// Says that the files in the folder are a demo's.
    private var mark: String { path + "/.discador-demo" }
    static let reports: [(name: String, rows: ReportRowsKind, format: ReportFormat, isForExcel: Bool)] = [
        ("chamadas.csv", .calls, .csv, true), ("calls.json", .calls, .json, false),
        ("attempts.jsonl", .attempts, .jsonl, false),
    ]

    /// Makes the folder and removes what an earlier demo left in it, and nothing else.
    func empty(for campaign: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try requireOwn()
        try requireNoOther(than: campaign)
        let own = OwnFiles(database: database, reader: nil)
        for file in [ledger] + Self.reports.map({ "\(path)/\($0.name)" }) {
            _ = try OutputFile(file, replaces: true, sparing: own)
        }
        let holding = WriterLock.holding(ofDatabase: database)
        guard holding == .nobody else { throw StoreError.held(path: database, holder: holding.description) }
        let leftovers = ["", "-wal", "-shm", "-spool", "-tide"].map { database + $0 } + [ledger]
        for file in leftovers where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Refuses a folder whose files nobody knows to be a demo's: a database of that name is what people work with.
    private func requireOwn() throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: mark) else { return }
        let names = ["discador.db", "simulator.jsonl"] + Self.reports.map(\.name)
        if let name = names.first(where: { FileStatus(ofLinkItself: "\(path)/\($0)") != nil }) {
            throw Failure(
                .usage,
                "\(path)/\(name) is there already, and the demo would replace it: choose another folder with --output, or "
                    + "move the file away. Nothing was changed.")
        }
        let words = Data("The files of `discador demo`: each demo replaces them.\n".utf8)
        guard files.createFile(atPath: mark, contents: words) else {
            throw Failure(.disk, "\(path) cannot be written to: check the folder and its permissions.")
        }
    }

    /// Refuses a database that has become somebody's own since the last demo.
    private func requireNoOther(than campaign: String) throws {
        let known: [CampaignEntry]
        do throws(StoreError) {
            known = try StoreReader(path: database).campaigns()
        } catch {
            // Not there, or not filled yet.
            if case .missing = error { return }
            throw Failure(
                .usage,
                "\(database) cannot be known for a demo's, and would be replaced: choose another folder with --output, or "
                    + "move the file away. Nothing was changed.")
        }
        let own = [campaign, "\(campaign)/\(CampaignFile.fileName)"].compactMap { FileStatus(of: $0)?.identity }
        guard let other = known.first(where: { entry in !own.contains { $0 == FileStatus(of: entry.file)?.identity } })
        else { return }
        throw Failure(
            .usage,
            "\(database) holds the campaign \(other.name), which is not this demo's, and would be replaced: choose another "
                + "folder with --output. Nothing was changed.")
    }

    func writeReports(_ reader: StoreReader, campaign: Campaign) throws -> [String] {
        return try Self.reports.map { name, kind, format, isForExcel in
            let file = "\(path)/\(name)"
            try ReportFile(
                reader: reader, campaign: campaign.name, isForExcel: isForExcel, timeZone: campaign.timeZone
            ).write(kind, format: format, to: file)
            return file
        }
    }
}
