import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command report` {
    @Test(arguments: [("calls", 6), ("attempts", 6), ("rejects", 1), ("duplicates", 2)])
    func `has one row for each of what it is asked for, in every format`(rows: String, count: Int) async throws {
        let cli = try await CLIFixture.dialed()
        try cli.write("nome;telefone\nA;11987654301\nB;98765-4302\nC;(11) 98765-4301\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        func report(_ format: String) async throws -> String {
            let report = try await cli.discador("report", "camp", "--rows", rows, "--format", format)
            #expect(report.exitCode == 0, "\(report.stderr)")
            return report.stdout
        }
        #expect(try await report("csv").components(separatedBy: "\r\n").count == 1 + count + 1)
        let lines = try await report("jsonl").split(separator: "\n").map { try JSONValue(String($0)) }
        #expect(lines.count == count)
        let document = try JSONValue(try await report("json"))
        #expect(document["campaign"] == "camp" && document[rows]?.count == count)
        #expect(cli.simulator.ledger().count { $0.endpoint == "send-call" } == 6)
        await cli.simulator.shutdown()
    }

    @Test func `exits with 64 for options that do not go together, and with 65 for an unknown campaign`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for options in [["--excel"], ["--force"], ["--format", "xml"], ["--rows", "calls", "--rows", "people"]] {
            let report = try await Program.run(["report", "camp"] + options, in: cli.folder)
            #expect(report.exitCode == 64 && report.stdout.isEmpty, "\(options): \(report.stdout)")
        }
        let unknown = try await cli.discador("report", "nowhere")
        #expect(unknown.exitCode == 65 && unknown.stderr.contains("nowhere") && unknown.stdout.isEmpty)
        await cli.simulator.shutdown()
    }
}
