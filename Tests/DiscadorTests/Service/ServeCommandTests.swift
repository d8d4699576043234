import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// `serve`: what it goes on with, and what it says.
@Suite(.fewAtATime) struct `The command serve` {
    private static func fixture(_ others: String...) async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3, of: 0), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for (number, name) in others.enumerated() {
            try await cli.addCampaign(name, phones: CLIFixture.phones(3, of: number + 1))
        }
        cli.disconnect()
        return cli
    }

    private static func stop(_ service: Program, _ signal: Int32 = SIGTERM) async throws -> Program.Result {
        await service.send(signal)
        return try await service.result()
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `ends with 0 by a signal, and goes on at the next start with what was active`(signal: Int32) async throws {
        let cli = try await Self.fixture("other", "never")
        var service = try await cli.serve("other")
        #expect(try await cli.discador("run", "camp", "--detach").exitCode == 0)
        #expect(cli.dialed() == ["camp", "other"])
        let stopped = try await Self.stop(service, signal)
        #expect(stopped.exitCode == 0, "\(stopped.stderr)")
        #expect(WriterLock.holder(ofDatabase: cli.database) == nil)
        for name in ["camp", "other"] { #expect(try cli.activity(of: name)?.isActive == true) }
        service = try await cli.serve()
        #expect(cli.dialed() == ["camp", "other"])
        try cli.connect()
        try await service.wait(for: "the end of both") { cli.dialed() == [] }
        #expect(try cli.counts().accepted == 3 && cli.counts(of: "other").accepted == 3)
        #expect(try cli.counts(of: "never").ready == 3)
        #expect(try await Self.stop(service).exitCode == 0)
        // Both are done.
        let next = try await cli.serve()
        #expect(cli.dialed() == [])
        #expect(try await Self.stop(next).exitCode == 0)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["signal", "cancel", "end"])
    func `does not go on with what was ended`(by how: String) async throws {
        let cli = try await Self.fixture()
        let service = try await cli.serve()
        let run = try cli.start("run", "camp", "--verbose")
        try await service.wait(for: "run started", count: 1)
        #expect(try cli.activity(of: "camp")?.isActive == true)
        switch how {
        case "signal": await run.send(SIGINT)
        case "cancel": #expect(try await cli.discador("cancel", "camp", "--yes").exitCode == 0)
        default: try cli.connect()
        }
        #expect(try await run.result().exitCode == (how == "end" ? 0 : 130))
        #expect(try cli.activity(of: "camp")?.isActive == false)
        await service.send(SIGKILL)
        #expect(try await service.result().wasKilled)
        let next = try await cli.serve()
        #expect(cli.dialed() == [])
        #expect(try await Self.stop(next).exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `does not go on with what was braked, and status shows why`() async throws {
        let cli = try await CLIFixture(
            phones: (0..<8).map { "\(5_511_900_000_093 + $0 * 100)" },
            settings: "workers: 1\nbrake: {failures: 50%, over: 4}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try await cli.serve()
        #expect(try await cli.discador("run", "camp", "--detach").exitCode == 0)
        try await service.wait(for: "stopped by the brake", count: 1)
        try await service.wait(for: "the end of it") { cli.dialed() == [] }
        let document = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)
        #expect(document["campaigns"]?[0]?["state"] == "idle")
        #expect(document["campaigns"]?[0]?["stoppedBecause"]?.text?.contains("brake") == true, "\(document)")
        #expect(try await cli.discador("status", "camp").stdout.contains("stopped by the brake"))
        #expect(try await Self.stop(service).exitCode == 0)
        let next = try await cli.serve()
        #expect(cli.dialed() == [])
        #expect(try await Self.stop(next).exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [false, true])
    func `keeps a paused campaign paused, and goes on with it when it is resumed`(isRestarted: Bool) async throws {
        let cli = try await Self.fixture()
        var service = try await cli.serve()
        #expect(try await cli.discador("run", "camp", "--detach").exitCode == 0)
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        #expect(cli.dialed() == [])
        if isRestarted {
            #expect(try await Self.stop(service).exitCode == 0)
            service = try await cli.serve()
            #expect(cli.dialed() == [])
        }
        let document = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)
        #expect(document["campaigns"]?[0]?["state"] == "paused")
        let resumed = try await cli.discador("resume", "camp", "--json")
        #expect(try JSONValue(resumed.stdout)["isDialed"] == true, "\(resumed.stderr)")
        #expect(cli.dialed() == ["camp"])
        // Once more, while it is dialed: there is nothing to wait for.
        let again = try JSONValue(try await cli.discador("resume", "camp", "--json").stdout)
        #expect(again["isDialed"] == true && again["wasPaused"] == false)
        try cli.connect()
        try await service.wait(for: "camp is done", count: 1)
        #expect(try cli.counts().accepted == 3)
        #expect(try await Self.stop(service).exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `says once what it cannot dial, goes on with the rest, and status shows the reason`() async throws {
        let cli = try await Self.fixture("other", "gone", "renamed", "needy", "broken")
        let service = try await cli.serve()
        for name in ["other", "gone", "renamed", "needy", "broken"] {
            #expect(try await cli.discador("run", name, "--detach").exitCode == 0)
        }
        #expect(try await Self.stop(service).exitCode == 0)
        let folder = cli.folder
        try FileManager.default.removeItem(at: folder.appending(path: "gone/campaign.yml"))
        for (name, old, new) in [
            ("renamed", "name: renamed", "name: somebody-else"), ("needy", "${TOKEN}", "${ANOTHER_TOKEN}"),
            ("broken", "workers: 4", "wrokers: 4"),
        ] {
            let file = folder.appending(path: "\(name)/campaign.yml")
            try cli.write(
                try String(contentsOf: file, encoding: .utf8).replacingOccurrences(of: old, with: new), to: file)
        }
        let next = try await cli.serve("nowhere")
        #expect(cli.dialed() == ["other"])
        for (name, reason) in [
            ("gone", "gone/campaign.yml"), ("renamed", "somebody-else"), ("needy", "ANOTHER_TOKEN"),
            ("broken", "wrokers"),
        ] {
            let document = try JSONValue(try await cli.discador("status", name, "--json").stdout)
            #expect(document["campaigns"]?[0]?["state"] == "active" && document["campaigns"]?[0]?["running"] == false)
            #expect(document["campaigns"]?[0]?["stoppedBecause"]?.text?.contains(reason) == true, "\(document)")
            let text = try await cli.discador("status", name).stdout
            #expect(text.contains("no process dials it") && text.contains("discador run \(name)"), "\(text)")
        }
        // What is corrected goes on when it is asked for.
        try cli.writeCampaign("gone", settings: "")
        #expect(try await cli.discador("run", "gone", "--detach").exitCode == 0)
        let document = try JSONValue(try await cli.discador("status", "gone", "--json").stdout)
        #expect(document["campaigns"]?[0]?["stoppedBecause"] == .null && document["campaigns"]?[0]?["running"] == true)
        let result = try await Self.stop(next)
        #expect(result.exitCode == 0)
        for name in ["gone", "renamed", "needy", "broken", "nowhere"] {
            #expect(result.stderr.components(separatedBy: "\(name) cannot be dialed").count == 2, "\(result.stderr)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `goes on beside an instance that Z-API refuses, and says so once`() async throws {
        let cli = try await Self.fixture("other")
        let service = try await cli.serve()
        let file = cli.folder.appending(path: "other/campaign.yml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try cli.write(
            text.replacingOccurrences(of: "id: A", with: "id: X").replacingOccurrences(of: "id: B", with: "id: Y"),
            to: file)
        #expect(try await cli.discador("run", "camp", "--detach").exitCode == 0)
        _ = try await cli.discador("run", "other", "--detach")
        try await service.wait(for: "other: no instance can be used", count: 1)
        #expect(cli.dialed() == ["camp"])
        let document = try JSONValue(try await cli.discador("status", "other", "--json").stdout)
        #expect(document["campaigns"]?[0]?["state"] == "active")
        #expect(
            document["campaigns"]?[0]?["stoppedBecause"]?.text?.contains("no instance can be used") == true,
            "\(document)")
        try cli.connect()
        try await service.wait(for: "camp is done", count: 1)
        let result = try await Self.stop(service)
        #expect(result.stderr.components(separatedBy: "no instance can be used").count == 2, "\(result.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `is refused with 5 where a service is already, which goes on`() async throws {
        let cli = try await Self.fixture()
        let service = try await cli.serve("camp")
        let second = try await cli.discador("serve")
        #expect(second.exitCode == 5 && second.stderr.contains("another service"), "\(second.stderr)")
        #expect(cli.dialed() == ["camp"])
        #expect(try await Self.stop(service).exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `takes over from a run, which shows its campaign from then on and ends with it`() async throws {
        let cli = try await Self.fixture("other", "third")
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        #expect(try await cli.discador("run", "other", "--detach").exitCode == 0)
        let guest = try cli.start("run", "third", "--verbose")
        try await run.wait(for: "run started", count: 2)
        // Without any of the values: they come from the run.
        let service = try await cli.serve(environment: [:])
        try await service.wait(for: "all three") { cli.dialed() == ["camp", "other", "third"] }
        #expect(WriterLock.holder(ofDatabase: cli.database)?.command == "serve")
        try cli.connect()
        let (one, two) = (try await run.result(), try await guest.result())
        #expect(one.exitCode == 0 && two.exitCode == 0, "\(one.stderr)\n\(two.stderr)")
        #expect(one.stdout.contains("camp") && two.stdout.contains("third"))
        try await service.wait(for: "the end of all") { cli.dialed() == [] }
        for name in ["camp", "other", "third"] { #expect(try cli.counts(of: name).accepted == 3) }
        let result = try await Self.stop(service)
        #expect(result.exitCode == 0 && !result.stderr.contains("cannot be dialed"), "\(result.stderr)")
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `carries out the changes of other commands, all at the same time`() async throws {
        let cli = try await Self.fixture("other")
        let service = try await cli.serve("camp", "other")
        try cli.write("fone\n5513900000001\n", to: cli.folder.appending(path: "more.csv"))
        let commands: [[String]] = [
            ["import", "camp", "more.csv"], ["block", "add", "5512900000000"], ["retry", "camp", "--failed", "--yes"],
            ["backup", "copy.db"], ["queue", "camp"], ["status"], ["plan", "other"], ["check", "other"],
            ["why", "camp", "5511900000000"], ["pause", "other"],
        ]
        try await withThrowingTaskGroup { group in
            for command in commands {
                group.addTask { [folder = cli.folder] in
                    let result = try await Program.run(command, in: folder, environment: CLIFixture.environment)
                    #expect([0, 4, 69, 75].contains(result.exitCode), "\(command): \(result.stderr)")
                    #expect(!result.stderr.contains("is in use"), "\(command): \(result.stderr)")
                }
            }
            try await group.waitForAll()
        }
        #expect(cli.dialed() == ["camp"])
        try cli.connect()
        try await service.wait(for: "camp is done: 4 accepted", count: 1)
        #expect(try await cli.discador("resume", "other").exitCode == 0)
        try await service.wait(for: "other is done: 2 accepted", count: 1)
        #expect(try await Self.stop(service).exitCode == 0)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `tells the service manager when it is ready, that it lives, and when it stops`() async throws {
        let cli = try await Self.fixture()
        let socket = try DatagramSocket(isAbstract: true)
        let service = try await cli.serve(
            "camp",
            environment: CLIFixture.environment.merging([
                "NOTIFY_SOCKET": socket.address, "WATCHDOG_USEC": "20000",
            ]) { $1 })
        var heard: [String] = []
        try await service.wait(for: "a sign of life after it is ready") {
            heard += socket.messages()
            return heard.drop { $0 != "READY=1" }.contains("WATCHDOG=1")
        }
        #expect(heard.contains("STATUS=dialing 1 campaign") && !heard.contains("STOPPING=1"), "\(heard)")
        #expect(try await Self.stop(service).exitCode == 0)
        #expect(socket.messages().contains("STOPPING=1"))
        await cli.simulator.shutdown()
    }

    @Test func `prints the progress of each campaign by SIGUSR1`() async throws {
        let cli = try await Self.fixture("other")
        let service = try await cli.serve("camp", "other")
        await service.send(SIGUSR1)
        try await service.wait(for: "camp: 0 of 3", count: 1)
        try await service.wait(for: "other: 0 of 3", count: 1)
        #expect(try await Self.stop(service).exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `leaves what waits to the commands that asked for it when it is stopped`() async throws {
        let cli = try await Self.fixture("other")
        let service = try await cli.serve()
        let runs = [try cli.start("run", "camp", "--verbose"), try cli.start("run", "other", "--verbose")]
        try await service.wait(for: "run started", count: 2)
        #expect(try await Self.stop(service).exitCode == 0)
        try await runs[0].wait(for: "both again under way") { cli.dialed() == ["camp", "other"] }
        try cli.connect()
        for run in runs { #expect(try await run.result().exitCode == 0) }
        #expect(cli.rang.count == 6)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }
}
