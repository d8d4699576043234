import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// The commands as a user types them.
@Suite struct `The command line` {
    @Test func `takes a list from import to report`() async throws {
        let cli = try await CLIFixture(
            phones: ["(11) 98765-4301", "11 8765-4301", "98765-4302", "(11) 98765-4393", "(11) 98765-4397"])
        let imported = try await cli.discador("import", "camp", "--json")
        #expect(imported.exitCode == 0, "\(imported.stderr)")
        let list = try #require(try Document(imported.stdout)["lists"]?[0])
        #expect(list["rows"] == 5)
        #expect(list["accepted"] == 3)
        #expect(list["duplicates"] == 1)
        #expect(list["rejected"] == 1)
        #expect(list["reasons"]?["phone_no_ddd"] == 1)

        let run = try await cli.discador("run", "camp", "--json")
        #expect(run.exitCode == 3, "\(run.stderr)")
        #expect(try Document(run.stdout)["end"] == "finished")

        let status = try await cli.discador("status", "camp", "--json")
        let states = try #require(try Document(status.stdout)[0]?["states"])
        #expect(states["accepted"] == 1)
        #expect(states["failed"] == 1)
        #expect(states["in_doubt"] == 1)

        let csv = try await cli.discador("report", "camp", "--format", "csv")
        let lines = csv.stdout.components(separatedBy: "\r\n")
        #expect(
            lines.first
                == "nome,telefone,phone,state,reason,attempts,zaapId,messageId,httpStatus,error,instance,"
                + "firstAttemptAt,lastAttemptAt,delivery,deliveryError")
        #expect(lines[1].hasPrefix("Pessoa 0,(11) 98765-4301,5511987654301,accepted,,1,"))
        #expect(lines[2].contains("5511987654393,failed,refused,1,"))
        #expect(lines[3].contains("5511987654397,in_doubt,no_reply,1,"))

        let rejects = try await cli.discador("report", "camp", "--format", "csv", "--rows", "rejects")
        #expect(rejects.stdout.contains("Pessoa 2,98765-4302,"))
        #expect(rejects.stdout.contains("phone_no_ddd"))
        let attempts = try await cli.discador("report", "camp", "--format", "jsonl", "--rows", "attempts")
        #expect(attempts.stdout.split(separator: "\n").count == 3)
        await cli.simulator.shutdown()
    }

    @Test func `resolves a doubt as called or not called`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654397", "5511987654398"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let called = try await cli.discador("resolve", "camp", "--phone", "(11) 98765-4397", "--as", "called")
        #expect(called.exitCode == 0, "\(called.stderr)")
        #expect(try cli.counts().accepted == 1)
        let again = try await cli.discador("resolve", "camp", "--phone", "(11) 98765-4397", "--as", "called")
        #expect(again.exitCode == 65)
        #expect(try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--yes").exitCode == 0)
        #expect(try cli.counts().ready == 1)
        #expect(try await cli.discador("doubts", "camp").stdout.contains("no call in doubt"))
        #expect(try await cli.discador("resolve", "camp", "--as", "called").exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `cancels what has not been called, even while it runs`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(200), settings: "workers: 2",
            scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 5)
        let cancelled = try await cli.discador("cancel", "camp", "--yes")
        #expect(cancelled.exitCode == 0, "\(cancelled.stderr)")
        #expect(try await run.result().exitCode == 130)
        let counts = try cli.counts()
        #expect(counts.excluded > 0)
        #expect(counts.accepted + counts.excluded == 200)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts() == counts)
        await cli.simulator.shutdown()
    }

    @Test func `pauses a run from another terminal, and prints progress when asked`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(200), settings: "workers: 2",
            scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 5)
        await run.send(SIGUSR1)
        try await run.wait(for: "camp: ", count: 1)
        let paused = try await cli.discador("pause", "camp", "--json")
        #expect(try Document(paused.stdout)["wasRunning"] == true)
        #expect(try await run.result().exitCode == 130)
        #expect(try cli.counts().dialing == 0)
        await cli.simulator.shutdown()
    }

    @Test func `checks a campaign without calling anybody`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        let check = try await cli.discador("check", "camp")
        #expect(check.exitCode == 0)
        #expect(check.stdout.contains("instance iB: connected"))
        cli.simulator.disconnect(instance: "B")
        let broken = try await cli.discador("check", "camp")
        #expect(broken.exitCode == 4)
        #expect(broken.stdout.contains("iB: disconnected: You are not connected."))
        #expect(!cli.simulator.ledger().contains { $0.endpoint == "send-call" })
        await cli.simulator.shutdown()
    }

    @Test func `keeps tokens out of everything it leaves behind`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301", "5511987654393", "5511987654397"])
        #expect(try await cli.discador("import", "camp", "--verbose").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--verbose")
        #expect(run.exitCode == 3)
        #expect(try await cli.discador("report", "camp", "--format", "json", "-o", "r.json").exitCode == 0)
        let left = try FileManager.default.subpathsOfDirectory(atPath: cli.folder.path)
        #expect(left.contains("discador.db"))
        #expect(left.contains("r.json"))
        for file in left {
            let bytes = FileManager.default.contents(atPath: cli.folder.appending(path: file).path) ?? Data()
            #expect(bytes.range(of: Data("secret-".utf8)) == nil, "\(file) holds a token")
        }
        #expect(!run.stderr.contains("secret-"))
        #expect(!run.stderr.contains("5511987654301"))
        await cli.simulator.shutdown()
    }

    @Test func `runs the demo as its scenario says, twice`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let campaign = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "campaigns/demo").path
        for _ in 1...2 {
            let demo = try await Program.run(["demo", "--campaign", campaign, "--json"], in: folder)
            #expect(demo.exitCode == 0, "\(demo.stderr)")
            let document = try Document(demo.stdout)
            #expect(document["isAsExpected"] == true)
            #expect(document["audit"]?["dialedTwice"] == 0)
        }
    }
}
