import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// Commands while a run holds the database: they work as if it did not.
@Suite(.fewAtATime) struct `During a run` {
    @Test func `contacts are imported, and dialed in this run`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        try waiting.writeList("more.csv", phones: ["11900000010", "98765-4302", "11900000011", "11900000001"])
        let imported = try await waiting.discador("import", "camp", "more.csv", "--json")
        #expect(imported.exitCode == 0, "\(imported.stderr)")
        let document = try JSONValue(imported.stdout)
        #expect(document["lists"]?[0]?["file"] == "more.csv" && document["lists"]?[0]?["accepted"] == 2)
        #expect(document["lists"]?[0]?["alreadyInCampaign"] == 1)
        #expect(document["contacts"] == 4)
        let rejects = try #require(document["rejectsFile"]?.text)
        #expect(try String(contentsOfFile: rejects, encoding: .utf8).contains("98765-4302"))
        let text = try await waiting.discador("import", "camp", "more.csv")
        #expect(text.stdout.contains("more.csv: the same file was imported at"))
        #expect(text.stdout.contains("Campaign camp has 4 contacts."))
        #expect(text.stderr == "")

        let result = try await waiting.connect()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(Set(waiting.rang).count == 4 && waiting.rang.count == 4)
        #expect(Set(waiting.rang).isSuperset(of: ["5511900000010", "5511900000011"]))
        await waiting.cli.simulator.shutdown()
    }

    @Test func `lists are imported that only the command itself can read`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(1))
        let cli = waiting.cli
        try waiting.writeList("file.csv", phones: ["11900000010"])
        try waiting.writeList("pipe.csv", phones: ["11900000011"])
        let file = try await cli.start("import", "camp", "-", shell: "exec < file.csv").result()
        #expect(file.exitCode == 0 && file.stdout.contains("-: 1 row: 1 added"), "\(file.stderr)")
        let pipe = try await cli.start(
            "import", "camp", "/dev/stdin", shell: "cat pipe.csv | \"$0\" \"$@\"; exit $?"
        ).result()
        #expect(pipe.exitCode == 0 && pipe.stdout.contains("/dev/stdin: 1 row: 1 added"), "\(pipe.stderr)")
        let blocked = try await cli.start("block", "import", "-", shell: "exec < pipe.csv").result()
        #expect(blocked.exitCode == 0, "\(blocked.stderr)")
        // From a folder of its own, by relative paths.
        let elsewhere = cli.folder.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        try cli.write("fone\n11900000012\n", to: elsewhere.appending(path: "here.csv"))
        let relative = try await Program.run(
            ["import", "../camp", "here.csv", "--db", "../discador.db"], in: elsewhere,
            environment: CLIFixture.environment)
        #expect(
            relative.exitCode == 0 && relative.stdout.contains("here.csv: 1 row: 1 added"), "\(relative.stderr)")

        #expect(try await waiting.connect().exitCode == 0)
        #expect(Set(waiting.rang) == ["5511900000000", "5511900000010", "5511900000012"])
        // The copies are gone.
        let left = try FileManager.default.contentsOfDirectory(atPath: cli.folder.path)
        #expect(left.filter { $0.contains("-list-") || $0.contains("-socket") } == [])
        await cli.simulator.shutdown()
    }

    @Test func `a blocked number is not dialed, and a requeued one is`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(4))
        let blocked = try await waiting.discador("block", "add", "11900000001", "11900000002", "--json")
        #expect(blocked.exitCode == 0, "\(blocked.stderr)")
        #expect(try JSONValue(blocked.stdout)["excluded"] == 2)
        let removed = try await waiting.discador("block", "remove", "11900000002", "--requeue")
        #expect(removed.stdout.contains("1 contact may be called again."), "\(removed.stderr)")
        let result = try await waiting.connect()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(Set(waiting.rang) == ["5511900000000", "5511900000002", "5511900000003"])
        #expect(try waiting.cli.counts().excluded == 1)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `failed calls are requeued and doubts are resolved, and both are dialed in this run`() async throws {
        let (refused, doubtful) = ("5511987654393", "5511987654397")
        let waiting = try await WaitingRun(phones: [refused, doubtful]) { cli in
            #expect(try await cli.discador("run", "camp").exitCode == 3)
            try cli.write("fone\n11900000010\n", to: cli.list)
            #expect(try await cli.discador("import", "camp").exitCode == 0)
        }
        let retried = try await waiting.discador("retry", "camp", "--failed", "--yes", "--json")
        #expect(try JSONValue(retried.stdout)["requeued"] == 1, "\(retried.stderr)")
        let resolved = try await waiting.discador("resolve", "camp", "--phone", doubtful, "--as", "not-called", "--yes")
        #expect(resolved.stdout.contains("1 resolved as not called"), "\(resolved.stderr)")
        let again = try await waiting.discador("resolve", "camp", "--phone", doubtful, "--as", "not-called", "--yes")
        #expect(again.exitCode == 65 && again.stderr.contains("Not in doubt in camp: \(doubtful)."))
        #expect(try await waiting.connect().exitCode == 3)
        let calls = waiting.cli.simulator.ledger().filter { $0.endpoint == "send-call" }.compactMap(\.phone)
        #expect(calls.sorted() == ["5511900000010", refused, refused, doubtful, doubtful])
        await waiting.cli.simulator.shutdown()
    }

    @Test func `an error has the same words and the same code as without a run`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(1))
        try waiting.writeList("bad.csv", phones: ["98765-4302"])
        let cases: [([String], Int32, String)] = [
            (["import", "camp", "nowhere.csv"], 65, "There is no file nowhere.csv"),
            (["import", "camp", "bad.csv", "--strict"], 65, "bad.csv:2: phone_no_ddd"),
            (["block", "import", "bad.csv"], 65, "bad.csv:2: phone_no_ddd"),
            (["block", "remove", "11987654399"], 65, "Not on the do-not-call list: 5511987654399."),
            (["block", "add", "abc"], 64, "“abc” is not a phone number."),
            (["run", "nowhere"], 65, "nowhere"),
        ]
        for (arguments, exitCode, says) in cases {
            let beside = try await Program.run(
                arguments + ["--json"], in: waiting.cli.folder, environment: CLIFixture.environment)
            #expect(beside.exitCode == exitCode, "\(arguments): \(beside.stderr)")
            #expect(beside.stderr.contains(says), "\(arguments): \(beside.stderr)")
        }
        #expect(try await waiting.discador("pause", "camp").stdout.hasPrefix("camp is paused: "))
        #expect(try await waiting.run.result().exitCode == 130)
        for (arguments, exitCode, says) in cases {
            let alone = try await Program.run(
                arguments + ["--json"], in: waiting.cli.folder, environment: CLIFixture.environment)
            #expect(alone.exitCode == exitCode && alone.stderr.contains(says), "\(arguments): \(alone.stderr)")
        }
        await waiting.cli.simulator.shutdown()
    }

    @Test func `a call under way that comes back is not dialed again when its campaign was cancelled`() async throws {
        let phones = ["5511900000087", "5511900000001", "5511900000002"]
        let cli = try await CLIFixture(
            phones: phones, settings: "workers: 1", scenario: Scenario(latency: .seconds(4) ... .seconds(4)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "a call") {
            cli.simulator.ledger().contains { $0.endpoint == "send-call" }
        }
        let cancelled = try await cli.discador("cancel", "camp", "--yes", "--json")
        #expect(cancelled.exitCode == 0, "\(cancelled.stderr)")
        #expect(try JSONValue(cancelled.stdout)["cancelled"] == 3)
        // The database is free when the command ends.
        #expect(WriterLock.holder(ofDatabase: cli.database) == nil)
        let result = try await run.result()
        #expect(result.exitCode == 130)
        #expect(result.stderr.contains("camp has no contacts waiting to be called"), "\(result.stderr)")
        #expect(try cli.counts().excluded == 3)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(cli.simulator.ledger().count { $0.endpoint == "send-call" } == 1)
        await cli.simulator.shutdown()
    }

    @Test func `another campaign is paused, resumed and cancelled, and the run continues`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        let cli = waiting.cli
        let text = try String(contentsOf: cli.campaignFile, encoding: .utf8)
        try cli.write(
            text.replacingOccurrences(of: "name: camp", with: "name: other"),
            to: cli.folder.appending(path: "other.yml"))
        try waiting.writeList("other.csv", phones: ["11900000010"])
        #expect(try await waiting.discador("import", "other.yml", "other.csv").exitCode == 0)
        #expect(try await waiting.discador("pause", "other").stdout.hasPrefix("other is paused: "))
        let refused = try await waiting.discador("run", "other.yml", "--json")
        #expect(refused.exitCode == 75 && refused.stderr.contains("other is paused since"), "\(refused.stderr)")
        #expect(try await waiting.discador("resume", "other").stdout.hasPrefix("other is no longer paused"))
        // The run dials it too, until it is cancelled.
        let other = try cli.start("run", "other.yml")
        try await other.wait(for: "other is being dialed by process ", count: 1)
        #expect(WriterLock.holder(ofDatabase: cli.database)?.dialing == ["camp", "other"])
        let cancelled = try await waiting.discador("cancel", "other", "--yes")
        #expect(cancelled.stdout.hasPrefix("1 contact of other will not be called"), "\(cancelled.stderr)")
        let ended = try await other.result()
        #expect(ended.exitCode == 130 && ended.stderr.contains("other has no contacts waiting to be called"))
        #expect(WriterLock.holder(ofDatabase: cli.database)?.dialing == ["camp"])
        #expect(try await waiting.connect().exitCode == 0)
        #expect(Set(waiting.rang) == Set(CLIFixture.phones(2)))
        await cli.simulator.shutdown()
    }

    @Test func `several commands at the same time are all served`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(1))
        for index in 0..<6 {
            try waiting.writeList("\(index).csv", phones: (10..<30).map { "119000\(index)00\($0)" })
        }
        try await withThrowingTaskGroup { group in
            for index in 0..<6 {
                group.addTask { [folder = waiting.cli.folder] in
                    let import_ = try await Program.run(
                        ["import", "camp", "\(index).csv"], in: folder, environment: CLIFixture.environment)
                    #expect(import_.exitCode == 0, "\(import_.stderr)")
                    let block = try await Program.run(["block", "add", "119000\(index)0010"], in: folder)
                    #expect(block.exitCode == 0, "\(block.stderr)")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await waiting.connect().exitCode == 0)
        let counts = try waiting.cli.counts()
        #expect(counts.accepted == 1 + 6 * 19 && counts.excluded == 6)
        #expect(waiting.rang.count == counts.accepted)
        await waiting.cli.simulator.shutdown()
    }
}
