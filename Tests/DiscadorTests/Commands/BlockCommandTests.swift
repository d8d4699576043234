import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command block` {
    @Test func `holds for lists imported before and after, and no one on it is dialed`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302", "11987654303"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let added = try await cli.discador("block", "add", "(11) 8765-4301", "--reason", "pediu", "--json")
        #expect(try JSONValue(added.stdout)["excluded"] == 1, "\(added.stderr)")
        try cli.write(
            "fone;motivo\n+55 11 98765-4304;Procon\nnenhum;x\n", to: cli.folder.appending(path: "b.csv"))
        let imported = try await cli.discador("block", "import", "b.csv")
        #expect(imported.exitCode == 65)
        #expect(imported.stderr.contains("b.csv:3: phone_letters"))
        try cli.write("fone\n011987654304\n11987654305\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").stdout.contains("1 × added and excluded: do_not_call"))

        let list = try JSONValue(try await cli.discador("block", "list", "--json").stdout)["blocks"] ?? .null
        #expect(list[0]?["phone"] == "5511987654304" && list[0]?["reason"] == "Procon")
        #expect(list[1]?["reason"] == "pediu")
        let lines = try await cli.discador("block", "list").stdout.split(separator: "\n")
        #expect(lines[0].hasPrefix("phone  ") && lines[1].hasPrefix("5511987654304  "), "\(lines)")
        let since = try #require(list[0]?["since"]?.text)
        #expect(since.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(since)")
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let rang = Set(cli.simulator.ledger().filter(\.rang).compactMap(\.phone))
        #expect(rang == ["5511987654302", "5511987654303", "5511987654305"])

        let removed = try await cli.discador("block", "remove", "11987654304", "--requeue")
        #expect(removed.stdout.contains("1 contact may be called again."))
        #expect(try await cli.discador("block", "remove", "11987654304").exitCode == 65)
        #expect(try await cli.discador("block", "add", "abc").exitCode == 64)
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }

    @Test func `blocks every number that it can read, and names the others`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let added = try await cli.discador("block", "add", "11987654301", "(11) 9876-543", "abc")
        #expect(added.exitCode == 64)
        #expect(
            added.stdout.hasPrefix("+55 11 98765-4301 is on the do-not-call list.\n1 added to the do-not-call list"))
        #expect(added.stderr.contains("These are not on the do-not-call list and may still be called"))
        #expect(added.stderr.contains("“(11) 9876-543” is not a phone number") && added.stderr.contains("“abc”"))
        let known = try JSONValue(try await cli.discador("block", "add", "abc", "11987654301", "--json").stdout)
        #expect(known["known"] == 1 && known["notNumbers"]?[0]?["written"] == "abc")
        let none = try await cli.discador("block", "remove", "11987654301", "abc")
        #expect(none.exitCode == 64 && none.stderr.contains("Nothing was changed") && none.stdout.isEmpty)
        #expect(try JSONValue(try await cli.discador("block", "list", "--json").stdout)["blocks"]?[1] == nil)
        try cli.write("11987654302;x\nfone;n\n11987654303;y\n", to: cli.folder.appending(path: "b.csv"))
        let skipped = try await cli.discador("block", "import", "b.csv", "--skip-lines", "1")
        #expect(skipped.exitCode == 65 && skipped.stderr.contains("b.csv:1: left_out: It looks like a contact"))
        await cli.simulator.shutdown()
    }

    @Test func `removes no other number of the same person without asking, and names all`() async throws {
        let (one, two) = ("5511987654301", "5511987654302")
        let cli = try await CLIFixture(phones: [one, two])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", one, "--reason", "by letter").exitCode == 0)
        let thanks = #""text":{"message":"Obrigado!"},"chatLid":"777000000000001@lid""#
        try await cli.receive { [$0.body("ReceivedCallback", thanks, ids: false)] }
        let asked = try await cli.discador("block", "remove", two)
        #expect(asked.exitCode == 64 && asked.stderr.contains("1 other number of the same person"), "\(asked.stderr)")
        #expect(asked.stderr.contains("+55 11 98765-4301 is the same person's as +55 11 98765-4302"), "\(asked.stderr)")
        #expect(try await cli.discador("block", "list").stdout.contains(one))
        let both = try await cli.discador("block", "remove", two, one, "--json")
        #expect(both.exitCode == 0, "\(both.stderr)")
        let document = try JSONValue(both.stdout)
        #expect(document["removed"] == .array([.text(one), .text(two), "777000000000001@lid"]), "\(document)")
        #expect(document["others"] == .array(["777000000000001@lid"]) && document["notOnTheList"] == .array([]))

        #expect(try await cli.discador("block", "add", one).exitCode == 0)
        let removed = try await cli.discador("block", "remove", two, "--yes")
        #expect(removed.exitCode == 0, "\(removed.stderr)")
        #expect(removed.stdout.contains("+55 11 98765-4301 (the same person's)\n"), "\(removed.stdout)")
        #expect(removed.stdout.contains("3 removed from the do-not-call list"), "\(removed.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `shows each number as it was read`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let added = try await cli.discador(
            "block", "add", "(11) 8765-4301", "wa.me/552133334444", "+1 415 555 2671")
        #expect(
            added.stdout == """
                +55 11 98765-4301 is on the do-not-call list.
                +55 21 3333-4444 is on the do-not-call list.
                +1 415 555-2671 is on the do-not-call list.
                3 added to the do-not-call list, 0 waiting contacts excluded.

                """)
        let known = try JSONValue(try await cli.discador("block", "add", "(11) 8765-4301", "--json").stdout)
        let number = known["numbers"]?[0]
        #expect(number?["phone"] == "5511987654301" && number?["spelled"] == "+55 11 98765-4301")
        #expect(number?["written"] == "(11) 8765-4301" && known["known"] == 1)
        let removed = try await cli.discador("block", "remove", "11987654301")
        #expect(removed.stdout.hasPrefix("+55 11 98765-4301\n"))
        let slip = try await cli.discador("block", "add", "(011) 98765-00011")
        #expect(slip.exitCode == 64 && slip.stderr.contains("too many digits"))
        await cli.simulator.shutdown()
    }

    @Test func `blocks no number because of a typo, and says on which lines nobody is protected`() async throws {
        let cli = try await CLIFixture(phones: ["2133334444", "11987650001", "11987650009"])
        try cli.write(
            "telefone;motivo\n(21) 3333-4444 12;pediu\n(011) 98765-00011;pediu\n11 98765-0009;pediu\n119.876.543-21;x\n",
            to: cli.folder.appending(path: "b.csv"))
        let imported = try await cli.discador("block", "import", "b.csv", "--json")
        #expect(imported.exitCode == 65)
        #expect(imported.stderr.contains("3 rows have no usable number and are not on the list"))
        for line in ["b.csv:2: phone_too_long", "b.csv:3: phone_too_long", "b.csv:5: phone_document"] {
            #expect(imported.stderr.contains(line), "\(imported.stderr)")
        }
        #expect(imported.stdout.contains(#""reason" : "phone_document""#))
        let list = try JSONValue(try await cli.discador("block", "list", "--json").stdout)["blocks"] ?? .null
        #expect(list[0]?["phone"] == "5511987650009" && list[1] == nil)
        #expect(try await cli.discador("import", "camp").stdout.contains("1 × added and excluded: do_not_call"))
        await cli.simulator.shutdown()
    }
}
