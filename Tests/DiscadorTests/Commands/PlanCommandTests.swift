import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command plan` {
    @Test func `says who is called, who is not and why, and until when`() async throws {
        let cli = try await CLIFixture(
            phones: ["11987654301", "11987654302", "11987654301", "1", "11987654304"],
            settings: "window: {timezone: America/Sao_Paulo, days: [mon], from: \"09:00\", to: \"18:00\"}",
            pace: "{calls: 6, per: 1m}")
        #expect(try await cli.discador("plan", "camp").exitCode == 65)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "11987654304").exitCode == 0)
        let text = try await cli.discador("plan", "camp")
        #expect(text.exitCode == 0, "\(text.stderr)")
        #expect(text.stdout.contains("to be called   2"))
        #expect(text.stdout.contains("not called     1 × do_not_call"))
        #expect(text.stdout.contains("1 rejected, 1 duplicate"))
        #expect(text.stdout.contains("about 720 calls an hour (iA 360, iB 360)"))
        #expect(text.stdout.contains("mon 09:00–18:00 America/Sao_Paulo, 9 h a week"))
        let plan = try JSONValue(try await cli.discador("plan", "camp", "--json").stdout)
        #expect(plan["callable"] == 2 && plan["excluded"]?["do_not_call"] == 1 && plan["notCalled"] == 0)
        #expect(cli.simulator.ledger().isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `asks which numbers have WhatsApp when it is told to, and in which form`() async throws {
        let cli = try await CLIFixture(phones: Self.phones)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let plan = try await cli.discador("plan", "camp", "--check-whatsapp", "--json")
        #expect(plan.exitCode == 0, "\(plan.stderr)")
        let document = try JSONValue(plan.stdout)
        #expect(document["excluded"]?["no_whatsapp"] == 1)
        #expect(document["whatsApp"]?["rewritten"] == 1)
        #expect(document["callable"] == 2)
        let again = try JSONValue(try await cli.discador("plan", "camp", "--check-whatsapp", "--json").stdout)
        #expect(again["whatsApp"]?["present"] == 0)
        #expect(cli.simulator.ledger().count { $0.endpoint == "phone-exists-batch" } == 1)
        #expect(!cli.simulator.ledger().contains { $0.endpoint == "send-call" })
        cli.simulator.disconnect(instance: "A")
        cli.simulator.disconnect(instance: "B")
        #expect(try await cli.discador("plan", "camp", "--check-whatsapp").exitCode == 69)
        await cli.simulator.shutdown()
    }

    @Test func `counts the people whom perPerson keeps from being called now`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try await cli.addCampaign(
            "next", phones: ["11987654301", "11987654302", "11987654304"],
            settings: "workers: 4\nperPerson: {calls: 1, per: 7d}\n")
        let text = try await cli.discador("plan", "next")
        #expect(text.stdout.contains("called too often by now (perPerson), and called later: 2"), "\(text.stdout)")
        #expect(text.stdout.contains(", ends not before 20"), "\(text.stdout)")
        let plan = try JSONValue(try await cli.discador("plan", "next", "--json").stdout)
        #expect(plan["callable"] == 3 && plan["perPerson"]?["waiting"] == 2 && plan["perPerson"]?["unanswered"] == 0)
        // Why each of them waits, and until when.
        let waiting = try await cli.discador("why", "next", "11987654301").stdout
        #expect(waiting.contains("It has been called as often as perPerson allows, until 2"), "\(waiting)")
        let free = try await cli.discador("why", "next", "11987654304").stdout
        #expect(free.contains("It is waiting for its turn; ") && !free.contains("perPerson"), "\(free)")
        await cli.simulator.shutdown()
    }

    @Test func `makes no request and leaves every file as it is`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302", "98765-4303"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // A reader makes the log where there is none; it must stay empty then.
        func everything() throws -> [[String: Data?]] {
            [try cli.contents(), ["log": Data(cli.text(of: "discador.db-wal").utf8)]]
        }
        let before = try everything()
        for arguments in [["plan", "camp"], ["plan", "camp", "--json"]] {
            let plan = try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment)
            #expect(plan.exitCode == 0, "\(plan.stderr)")
        }
        #expect(cli.simulator.ledger().isEmpty)
        #expect(try everything() == before)
        await cli.simulator.shutdown()
    }

    @Test func `ends when the last call of the slowest limit is made`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(7), pace: "{calls: 1, per: 1h}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // Two instances, one call an hour each: 7 calls take three hours, and the time of the last one.
        let byPace = try await Self.forecast(of: cli)
        #expect(try #require(byPace.hours) >= 3 && byPace.hours.map { $0 < 3.1 } == true, "\(byPace)")
        #expect(byPace.plan["callsPerHour"] == 2 && byPace.plan["notCalled"] == 0)
        try cli.change { $0.replacing("{calls: 1, per: 1h}", with: "open\n    dailyCap: 2") }
        let byCap = try await Self.forecast(of: cli)
        #expect(byCap.plan["callingDays"] == 2 && byCap.plan["cappedDays"] == 1, "\(byCap)")
        let words = try await cli.discador("plan", "camp")
        let times = /Starts \d{4}-\d\d-\d\d \d\d:\d\d, ends about \d{4}-\d\d-\d\d \d\d:\d\d:/
        #expect(words.stdout.contains(times), "\(words.stdout)")
        #expect(words.stdout.contains("\ntimes: ") && words.stdout.contains("on 2 days"), "\(words.stdout)")
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        ("expires: 2020-01-01T00:00:00Z\nwindow: always", "2020-01-01"),
        ("timeout: 59s\nwindow: {timezone: UTC, days: [mon], from: \"09:00\", to: \"09:01\"}", "window"),
    ])
    func `says how many would not be called and what to change`(_ settings: String, _ word: String) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3), settings: settings)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let plan = try JSONValue(try await cli.discador("plan", "camp", "--json").stdout)
        #expect(plan["callable"] == 3 && plan["notCalled"] == 3)
        #expect(try #require(plan["obstacle"]?.text).contains(word), "\(plan)")
        let words = try await cli.discador("plan", "camp")
        #expect(words.exitCode == 0 && words.stdout.contains("3 would not be called"), "\(words.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `counts by state those who are not called again`() async throws {
        let cli = try await CLIFixture.dialed()
        let plan = try JSONValue(try await cli.discador("plan", "camp", "--json").stdout)
        let states = plan["counts"]
        #expect(plan["contacts"] == 6 && plan["callable"] == 0 && plan["startsAt"] == .null)
        #expect(states?["accepted"] == 1 && states?["failed"] == 2 && states?["inDoubt"] == 3)
        let words = try await cli.discador("plan", "camp").stdout
        for part in ["6 contacts", "`discador retry camp --failed`", "`discador doubts camp`"] {
            #expect(words.contains(part), "\(words)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `exits with 65 for a campaign that is unknown or was not imported, and makes no database`() async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        for (campaign, exitCode, word) in [("nowhere", 65, "nowhere"), ("camp", 65, "discador import")] {
            let plan = try await cli.discador("plan", campaign)
            #expect(plan.exitCode == exitCode && plan.stdout.isEmpty, "\(plan.stdout)")
            #expect(plan.stderr.contains(word), "\(plan.stderr)")
        }
        #expect(!FileManager.default.fileExists(atPath: cli.database))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try cli.change { $0.replacing("name: camp", with: "name: other") }
        let other = try await cli.discador("plan", "camp")
        #expect(other.exitCode == 65 && other.stderr.contains("other") && other.stdout.isEmpty, "\(other.stderr)")
        await cli.simulator.shutdown()
    }

    /// The plan, and how many hours it says that the calling takes.
    private static func forecast(of cli: CLIFixture) async throws -> (plan: JSONValue, hours: Double?) {
        let plan = try JSONValue(try await cli.discador("plan", "camp", "--json").stdout)
        let times = try [plan["startsAt"], plan["endsAt"]].compactMap(\.?.text).map {
            try Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        return (plan, times.count == 2 ? times[1].timeIntervalSince(times[0]) / 3600 : nil)
    }

    /// One that is good, one without WhatsApp, and one that WhatsApp knows by another form.
    private static let phones = ["5511987654301", "5511987654394", "5511987654385"]
}
