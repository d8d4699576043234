import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command why` {
    @Test func `explains everything about one number`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302", "11987654393"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let accepted = try await cli.discador("why", "camp", "(11) 98765-4301")
        #expect(accepted.stdout.contains("(11) 98765-4301 is 5511987654301."))
        #expect(accepted.stdout.contains("contatos.csv:2, imported"))
        #expect(accepted.stdout.contains("State: accepted."))
        #expect(accepted.stdout.contains("Attempt 1:") && accepted.stdout.contains("zaapId"))
        let failed = try JSONValue(try await cli.discador("why", "camp", "11987654393", "--json").stdout)
        #expect(failed["contact"]?["state"] == "failed" && failed["attempts"]?[0]?["outcome"] == "refused")
        let rejected = try await cli.discador("why", "camp", "98765-4302")
        #expect(rejected.exitCode == 0)
        #expect(rejected.stdout.contains("is not a number that can be dialed: phone_no_ddd"))
        #expect(rejected.stdout.contains("contatos.csv:3 may be about it: phone_no_ddd"))
        #expect(try await cli.discador("block", "add", "11987654399", "--reason", "pediu").exitCode == 0)
        let blocked = try await cli.discador("why", "camp", "11987654399")
        #expect(blocked.stdout.contains("on the do-not-call list since") && blocked.stdout.contains("pediu"))
        #expect(blocked.stdout.contains("camp has no contact with this number"))
        await cli.simulator.shutdown()
    }

    @Test func `tells for each state why the number is called or not`() async throws {
        let cli = try await CLIFixture(phones: [
            "5511987654301", "5511987654393", "5511987654397", "5511987654304", "5511987654305",
        ])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "5511987654304").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        try cli.write("fone\n5511987654306\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("cancel", "camp", "--yes").exitCode == 0)
        try cli.write("fone\n5511987654307\n5511987654308\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let expected: [(phone: String, state: String, reason: JSONValue?, outcomes: [JSONValue])] = [
            ("5511987654301", "accepted", nil, ["accepted"]), ("5511987654393", "failed", "refused", ["refused"]),
            ("5511987654397", "in_doubt", "no_reply", ["in_doubt"]),
            ("5511987654304", "excluded", "do_not_call", []), ("5511987654306", "excluded", "cancelled", []),
            ("5511987654308", "ready", nil, []),
        ]
        for (phone, state, reason, outcomes) in expected {
            let document = try JSONValue(try await cli.discador("why", "camp", phone, "--json").stdout)
            let contact = try #require(document["contact"])
            #expect(contact["state"] == .text(state) && contact["reason"] == reason, "\(phone): \(contact)")
            let attempts = try #require(document["attempts"])
            #expect(attempts.count == outcomes.count && contact["attempts"] == .number(Double(outcomes.count)))
            for (index, outcome) in outcomes.enumerated() { #expect(attempts[index]?["outcome"] == outcome) }
            #expect((document["doNotCall"] == .null) == (reason != "do_not_call"))
            let words = try await cli.discador("why", "camp", phone).stdout
            #expect(words.contains("State: \(state)" + (reason?.text.map { " (\($0))" } ?? "")), "\(words)")
        }
        // The one before it in the queue is …07.
        let last = try JSONValue(try await cli.discador("why", "camp", "5511987654308", "--json").stdout)
        #expect(last["contact"]?["before"] == 1)
        await cli.simulator.shutdown()
    }

    @Test func `shows each attempt with the ids that Z-API gave, and the other lines with the number`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "(11) 98765-4301", "+55 11 98765-4301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let call = try #require(cli.simulator.ledger().last { $0.endpoint == "send-call" })
        let document = try JSONValue(try await cli.discador("why", "camp", "11987654301", "--json").stdout)
        let attempt = try #require(document["attempts"]?[0])
        #expect(attempt["zaapId"]?.text == call.zaapId && attempt["messageId"]?.text == call.messageId)
        #expect(attempt["httpStatus"] == 200 && attempt["number"] == 1)
        #expect(attempt["instance"] == .text("i" + (call.instance ?? "")))
        #expect(document["contact"]?["line"] == 2)
        for (index, line) in [3, 4].enumerated() {
            #expect(document["duplicates"]?[index]?["line"] == .number(Double(line)))
            #expect(document["duplicates"]?[index]?["reason"] == "repeated")
        }
        let words = try await cli.discador("why", "camp", "11987654301").stdout
        #expect(words.contains(try #require(call.zaapId)), "\(words)")
        #expect(words.contains("contatos.csv:3 ") && words.contains("contatos.csv:4 "), "\(words)")
        await cli.simulator.shutdown()
    }

    @Test func `says how to find somebody when neither a number nor a row is meant`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let name = try await cli.discador("why", "camp", "Ana")
        #expect(name.exitCode == 65 && name.stdout.contains("`discador contacts camp`"), "\(name.stdout)")
        #expect(!name.stdout.contains("cell"), "\(name.stdout)")
        #expect(try await cli.discador("why", "camp", "(11) 9999").exitCode == 64)
        #expect(try await cli.discador("why", "camp", "(11) 91234-5678").exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `finds a number in whatever form it is written`() async throws {
        let cli = try await CLIFixture(phones: ["(11) 98765-4301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let forms = [
            "5511987654301", "+55 (11) 98765-4301", "011 98765 4301", "11 8765-4301", "wa.me/5511987654301",
            "tel:+55-11-98765-4301",
        ]
        for form in forms {
            let why = try await cli.discador("why", "camp", form, "--json")
            let document = try JSONValue(why.stdout)
            #expect(why.exitCode == 0 && document["written"] == .text(form), "\(form): \(why.stderr)")
            #expect(document["phone"] == "5511987654301" && document["contact"]?["state"] == "ready", "\(form)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `answers for a number that is in no list, and for what is not a number`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let absent = try await cli.discador("why", "camp", "21987654399", "--json")
        #expect(absent.exitCode == 0, "\(absent.stderr)")
        let document = try JSONValue(absent.stdout)
        #expect(document["phone"] == "5521987654399" && document["contact"] == .null && document["problem"] == .null)
        #expect(document["attempts"] == .array([]) && document["rejectedRows"] == .array([]))
        #expect(try await cli.discador("why", "camp", "21987654399").stdout.contains("camp has no contact"))
        let word = try JSONValue(try await cli.discador("why", "camp", "Ana", "--json").stdout)
        #expect(word["phone"] == .null && word["problem"] == "phone_letters" && word["contact"] == .null)
        #expect(word["error"]?.text?.hasPrefix("No contact of camp has “Ana” in its row.") == true)
        let unknown = try await cli.discador("why", "nowhere", "11987654301")
        #expect(unknown.exitCode == 65 && unknown.stderr.contains("nowhere") && unknown.stdout.isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `finds a name in a rejected row, and says where else to look for one`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654301", "onze"])
        let preview = try await cli.discador("import", "camp", "--preview").stdout
        #expect(preview.contains("line 2: call 5511987654301"), "\(preview)")
        #expect(!preview.contains("line 3: call"), "\(preview)")
        let told = try await cli.discador("import", "camp").stdout
        for text in [preview, told] {
            #expect(text.contains("line 3: duplicate, 5511987654301 is already in line 2"), "\(text)")
        }
        let named = try await cli.discador("why", "camp", "pessôa")
        #expect(named.exitCode == 0 && named.stdout.contains("5511987654301"), "\(named.stdout)")
        let nobody = try await cli.discador("why", "camp", "Márcia")
        #expect(nobody.exitCode == 65)
        for rows in ["rejects", "duplicates"] {
            #expect(nobody.stdout.contains("report camp --rows \(rows)"), "\(nobody.stdout)")
        }
        let word = try await cli.discador("why", "camp", "onze")
        #expect(word.exitCode == 0, "\(word.stdout)")
        #expect(word.stdout.contains("rejected row camp/contatos.csv:4 has it: Pessoa 2 | onze"), "\(word.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `names the events that are awaited as the reason why a person is not called yet`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:7071").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try await cli.addCampaign("outra", phones: ["11987654301"])
        let reason = "State: ready. It is waiting because events of the person's last call may still come, not before 2"
        for _ in 1...2 {
            let why = try await cli.discador("why", "outra", "11987654301")
            #expect(why.stdout.contains(reason), "\(why.stdout)")
            // After that, the contact has a time of its own.
            #expect(try await cli.discador("run", "outra", "--no-wait").exitCode == 75)
        }
        #expect(cli.rang.count == 1)
        await cli.simulator.shutdown()
    }

    @Test func `names other campaigns that have the number`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try cli.change { $0.replacing("name: camp", with: "name: other") }
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let document = try JSONValue(try await cli.discador("why", "other", "11987654301", "--json").stdout)
        #expect(document["contact"]?["state"] == "ready")
        let elsewhere = try #require(document["elsewhere"]?[0])
        #expect(elsewhere["campaign"] == "camp" && elsewhere["state"] == "accepted")
        #expect(elsewhere["lastAttemptAt"]?.text != nil)
        await cli.simulator.shutdown()
    }
}
