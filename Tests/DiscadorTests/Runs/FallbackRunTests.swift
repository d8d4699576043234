import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `A campaign with fallback` {
    /// A campaign whose contacts have these numbers.
    private func campaign(_ rows: [[String]], settings: String = "fallback: true\n") async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: [], settings: "workers: 1\n" + settings)
        let store = try CampaignStore(
            path: cli.database, holder: .init(pid: 1, host: "test", command: "test", since: .epoch))
        _ = try await store.importLists(
            campaign: "camp", file: cli.campaignFile.path, now: Timestamp(milliseconds: 1_800_000_000_000)
        ) { writer in
            try writer.beginList(file: "contatos.csv", columns: ["telefone"])
            for row in rows {
                let phones = row.compactMap { PhoneNumber(text: $0) }
                var contact = ListContact(phone: phones[0], callDuration: nil, own: [row[0]])
                contact.further = Array(phones.dropFirst())
                try writer.add(.contact(contact))
            }
        }
        try store.close()
        return cli
    }

    /// The phones that were asked for, in order, and those that rang.
    private func calls(_ cli: CLIFixture) -> (asked: [String], rang: [String]) {
        let calls = cli.simulator.ledger().filter { $0.endpoint == "send-call" }
        return (calls.compactMap(\.phone).sorted(), calls.filter(\.rang).compactMap(\.phone).sorted())
    }

    @Test func `calls the next phone where one is no use, and no phone twice`() async throws {
        let cli = try await campaign([
            ["5511987654394", "5511987654301"],
            // WhatsApp's own refusal does not count: the person may have blocked us.
            ["5511987654393", "5511987654302"],
            // Nor does one without a reason.
            ["5511987654382", "5511987654303"],
            // No reply: it may have rung.
            ["5511987654397", "5511987654304"],
            ["5521987654394", "5531987654394", "5511987654305"],
            // Taken by the contact before.
            ["5541987654394", "5511987654305"],
            ["5511987654306", "5511987654307"],
        ])
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let (asked, rang) = calls(cli)
        #expect(Set(asked).count == asked.count, "\(asked)")
        #expect(
            asked == [
                "5511987654301", "5511987654305", "5511987654306", "5511987654382", "5511987654393", "5511987654394",
                "5511987654397", "5521987654394", "5531987654394", "5541987654394",
            ])
        #expect(rang == ["5511987654301", "5511987654305", "5511987654306", "5511987654397"])
        let counts = try cli.counts()
        #expect(counts.accepted == 3 && counts.failed == 3 && counts.inDoubt == 1 && counts.total == 7)
        let report = try await cli.discador("report", "camp", "--format", "csv", "--rows", "attempts")
        for phone in asked { #expect(report.stdout.contains("\n\(phone),"), "\(report.stdout)") }
        let status = try await cli.discador("status", "camp")
        #expect(status.stdout.contains("2 contacts on the next phone of the row (fallback)"), "\(status.stdout)")
        let why = try await cli.discador("why", "camp", "5511987654394")
        #expect(
            why.stdout.contains("Tried 5511987654394: refused; now 5511987654301, the next phone of its row."),
            "\(why.stdout)")
        let document = try JSONValue(try await cli.discador("why", "camp", "5511987654307", "--json").stdout)
        #expect(document["contact"]?["phone"] == "5511987654306")
        #expect(document["numbers"]?[1]?["phone"] == "5511987654307" && document["numbers"]?[1]?["isCurrent"] == false)
        #expect(try await cli.discador("check", "camp", "--database").exitCode == 0)
        // A second run finds nobody.
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(calls(cli).asked == asked)
        await cli.simulator.shutdown()
    }

    @Test func `is asked which of the phones have WhatsApp, one after the other`() async throws {
        let cli = try await campaign([
            ["5511987654394", "5521987654394", "5511987654301"], ["5531987654394", "5541987654394"],
        ])
        let plan = try await cli.discador("plan", "camp", "--check-whatsapp")
        #expect(plan.exitCode == 0, "\(plan.stderr)")
        #expect(plan.stdout.contains("on the next phone of the row instead (fallback): 3"), "\(plan.stdout)")
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(calls(cli).asked == ["5511987654301"])
        let why = try await cli.discador("why", "camp", "5541987654394")
        #expect(why.stdout.contains("excluded (no_whatsapp)"), "\(why.stdout)")
        #expect(
            why.stdout.contains("Tried 5531987654394: no WhatsApp; now 5541987654394, the next phone of its row."),
            "\(why.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `without it, calls nobody on another phone, and nobody with any phone on the do-not-call list`()
        async throws
    {
        let cli = try await campaign(
            [["5511987654394", "5511987654301"], ["5511987654302", "5511987654303"]], settings: "")
        #expect(try await cli.discador("block", "add", "5511987654303").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(calls(cli).asked == ["5511987654394"])
        let why = try await cli.discador("why", "camp", "5511987654302")
        #expect(
            why.stdout.contains("5511987654303 (on the do-not-call list: none of them is called)"), "\(why.stdout)")
        await cli.simulator.shutdown()
    }
}
