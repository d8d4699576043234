import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignRunner
import CampaignStore
import Foundation
import Reports
import ZAPISimulator

/// `discador demo`: a whole campaign, without an account.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Dial a campaign against the built-in simulator and write reports; no account needed.",
        discussion: """
            Takes at most half a minute, and starts from scratch each time. The exit code is 0 when everything went as \
            the scenario says. A folder in which other files have the names of the demo's files is left alone (exit \
            code 64).
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
        out.note("1. A simulated Z-API listens at \(simulator.baseURL).")
        let variables = [
            "DEMO_BASE_URL": simulator.baseURL, "DEMO_TOKEN": token, "DEMO_CLIENT_TOKEN": clientToken,
        ]
        let loaded = try CampaignFile.load(campaign, environmentFile: nil, environment: variables)
        let store = try options.openStore(for: "run \(loaded.campaign.name)")
        let list = URL(
            fileURLWithPath: loaded.campaign.contacts ?? "contatos.csv",
            relativeTo: URL(fileURLWithPath: loaded.folder + "/")
        ).path
        let imported = try await ImportLists(loaded: loaded, files: [list], rejectsFolder: output)
            .perform(in: OperationContext(store: store))
        out.note("2. Import:")
        for line in imported.lines { out.note("   " + line) }
        out.note("3. Dialing (Ctrl-C stops after the calls under way):")
        let dialed = try await StopRequests.obeying { stops in
            let loop = RunLoop(loaded: [loaded], runOptions: RunOptions(), options: options, stops: stops)
            return try await DialingHere(loop, [loaded]).run(store)
        }
        try store.close()
        await simulator.shutdown()

        guard let outcome = dialed[loaded.campaign.name] else { throw ExitCode(ExitStatus.interrupted.rawValue) }
        let reader = try options.openReader()
        let reports = try folder.writeReports(reader, campaign: loaded.campaign)
        let audit = try LedgerAudit(
            reader, simulator.ledger(), AuditScope(campaigns: [.init(name: loaded.campaign.name)]))
        let summary = try reader.summary(campaign: loaded.campaign.name)
        let expected = try DemoExpectation.read(loaded.folder + "/expected.json")
        let isAsExpected = expected.isMet(by: summary) && audit.isClean
        try out.result(
            json: DemoDocument(
                end: outcome.conclusion.word, counts: summary.counts, audit: audit, isAsExpected: isAsExpected,
                reports: reports))
        var context = ReportContext(summary: summary, ownColumns: [], timeZone: loaded.campaign.timeZone)
        context.suggested = options.suggested()
        if !json { try out.write(context.summaryText()) }
        try out.result(
            "Simulator's ledger: \(audit.rings.counted("ring")), \(audit.dialedTwice.counted("phone")) dialed twice, "
                + "\(audit.idsLost.counted("id")) lost.")
        try out.result("Reports:\n" + reports.map { "  " + $0 }.joined(separator: "\n"))
        guard outcome.conclusion.word == RunEnd.finished.word else { throw ExitCode(outcome.status.rawValue) }
        guard isAsExpected else {
            throw Failure(.finishedWithFailures, "The demo did not go as its scenario says: expected \(expected).")
        }
        try out.result("Everything went as the scenario says.")
    }
}

/// The result of a demo, as JSON.
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
