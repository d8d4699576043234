import CampaignCore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// Campaign files that change while their campaign is dialed.
@Suite(.fewAtATime) struct `A campaign file that has changed` {
    private static func served() async throws -> (cli: CLIFixture, service: Program) {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2), settings: "workers: 4\nhealth: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.disconnect()
        let program = try await cli.serve()
        #expect(try await cli.discador("run", "camp", "--detach").exitCode == 0)
        return (cli, program)
    }

    @Test func `is told to the next command that asks for it, and applies after pause and resume`() async throws {
        let (cli, service) = try await Self.served()
        let same = try await cli.discador("run", "camp", "--detach")
        #expect(same.exitCode == 0 && !same.stderr.contains("as its file was"), "\(same.stderr)")
        // A window that never opens while anybody looks: the new file keeps everybody from being called.
        try cli.change {
            $0.replacing(
                "window: always",
                with: "window: {timezone: UTC, days: [mon], from: \"00:00\", to: \"00:20\", holidays: []}")
        }
        let told = try await cli.discador("run", "camp", "--detach")
        #expect(
            told.exitCode == 0 && told.stderr.contains("camp is being dialed as its file and its variables were"),
            "\(told.stderr)")
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        #expect(try JSONValue(try await cli.discador("resume", "camp", "--json").stdout)["isDialed"] == true)
        let again = try await cli.discador("run", "camp", "--detach")
        #expect(again.exitCode == 0 && !again.stderr.contains("as its file was"), "\(again.stderr)")
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["workers: 4", "name: camp", "${TOKEN}"])
    func `into one that cannot be used keeps the campaign from going on, which resume and status explain`(
        text: String
    ) async throws {
        let (cli, service) = try await Self.served()
        let other =
            ["workers: 4": "workers: many", "name: camp": "name: another", "${TOKEN}": "${NOT_SET}"][text] ?? ""
        let says = ["workers: 4": "workers", "name: camp": "another", "${TOKEN}": "NOT_SET"][text] ?? ""
        try cli.change { $0.replacingOccurrences(of: text, with: other) }
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        let resumed = try await cli.discador("resume", "camp")
        #expect(resumed.exitCode == 65 && resumed.stderr.contains(says), "\(resumed.stderr)")
        #expect(resumed.stdout.contains("camp stays active"), "\(resumed.stdout)")
        #expect(cli.dialed() == [])
        let status = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)
        #expect(status["campaigns"]?[0]?["state"] == "active" && status["campaigns"]?[0]?["running"] == false)
        #expect(status["campaigns"]?[0]?["stoppedBecause"]?.text?.contains(says) == true, "\(status)")
        // Corrected, it goes on at the next resume.
        try cli.change { $0.replacingOccurrences(of: other, with: text) }
        let document = try JSONValue(try await cli.discador("resume", "camp", "--json").stdout)
        #expect(document["isDialed"] == true && document["wasPaused"] == false)
        #expect(cli.dialed() == ["camp"])
        try cli.connect()
        try await service.wait(for: "camp is done", count: 1)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        #expect(cli.rang.count == 2)
        await cli.simulator.shutdown()
    }
}
