import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// `replies list` and `status`: what waits for a decision.
@Suite(.fewAtATime) struct `The list of replies` {
    /// Two campaigns with the same four people. The first one has called them; they wrote something doubtful, an audio
    /// message, an opt-out, and thanks.
    static func cli() async throws -> CLIFixture {
        let phones = (1...4).map { "551198765430\($0)" }
        let cli = try await CLIFixture(phones: phones)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try await cli.addCampaign("outra", phones: phones)
        try await cli.receive { call in
            let said =
                switch call.phone.last {
                case "1": #""text":{"message":"quem é você?"}"#
                case "2": #""audio":{"audioUrl":"https://files.example.com/a.ogg","mimeType":"audio/ogg"}"#
                case "3": #""text":{"message":"SAIR"}"#
                default: #""text":{"message":"Obrigado, até amanhã!"}"#
                }
            return [call.body("ReceivedCallback", said, ids: false)]
        }
        return cli
    }

    @Test func `shows what waits, and with --all everything`() async throws {
        let cli = try await Self.cli()
        for command in [["replies"], ["replies", "list"], ["replies", "camp"], ["replies", "list", "camp"]] {
            let waiting = try await Program.run(command, in: cli.folder)
            #expect(waiting.exitCode == 0, "\(waiting.stderr)")
            let lines = waiting.stdout.split(separator: "\n").map(String.init)
            try #require(lines.count == 7, "\(waiting.stdout)")
            #expect(lines[2] == "times: UTC" && lines[3].hasPrefix("2 replies wait for a decision. "))
            #expect(
                lines.contains {
                    $0.contains("5511987654301") && $0.contains("review, ") && $0.contains("“quem é você?”")
                        && $0.contains("called by camp") && $0.contains("20")
                })
            #expect(lines.contains { $0.contains("5511987654302  media: a recording or an image | 2") })
        }
        let all = try JSONValue(try await cli.discador("replies", "--all", "--json").stdout)["replies"] ?? .null
        let levels = Set((0..<4).compactMap { all[$0]?["level"]?.text })
        #expect(levels == ["review", "media", "opt_out", "none"] && all[4] == nil, "\(all)")
        let doubtful = (0..<4).compactMap { all[$0] }.first { $0["level"] == "review" }
        #expect(doubtful?["phone"] == "5511987654301" && doubtful?["sender"] == "5511987654301")
        #expect(doubtful?["campaign"] == "camp" && doubtful?["text"] == "quem é você?" && doubtful?["waits"] == true)
        #expect(doubtful?["form"] == "text" && doubtful?["decision"] == nil)
        #expect(try await cli.discador("replies", "nowhere").exitCode == 65)
        await cli.simulator.shutdown()
    }

    @Test func `plan counts whom a reply holds, and why says who decides`() async throws {
        let cli = try await Self.cli()
        try await cli.addCampaign("depois", phones: (1...4).map { "551198765430\($0)" })
        let plan = try await cli.discador("plan", "depois")
        #expect(plan.stdout.contains("held by a reply that waits for a decision: 1;"), "\(plan.stdout)")
        #expect(try JSONValue(try await cli.discador("plan", "depois", "--json").stdout)["heldByReply"] == 1)
        let decide = "discador replies decide --phone 5511987654301 --as block"
        for campaign in ["depois", "outra"] {
            let why = try await cli.discador("why", campaign, "5511987654301")
            #expect(why.stdout.contains(decide), "\(why.stdout)")
        }
        #expect(try await !cli.discador("why", "depois", "5511987654302").stdout.contains("decide"))
        let summary = try await cli.discador("report", "camp")
        #expect(summary.stdout.contains("discador replies camp  2 replies wait for a decision"), "\(summary.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `whoever asked by reply not to be called is not taken off the list without a question`() async throws {
        let cli = try await Self.cli()
        let refused = try await Program.run(["block", "remove", "5511987654303"], in: cli.folder)
        #expect(refused.exitCode == 64 && refused.stderr.contains("--yes"), "\(refused.stderr)")
        #expect(refused.stderr.contains("Reply 20") && refused.stderr.contains("“SAIR”"), "\(refused.stderr)")
        #expect(try await cli.discador("block", "list").stdout.contains("5511987654303"))
        let removed = try await Program.run(["block", "remove", "5511987654303", "--yes"], in: cli.folder)
        #expect(removed.exitCode == 0, "\(removed.stderr)")
        #expect(try await !cli.discador("block", "list").stdout.contains("5511987654303"))
        await cli.simulator.shutdown()
    }

    @Test func `of a campaign has what holds its people, and names the rest`() async throws {
        let cli = try await Self.cli()
        let other = try await cli.discador("replies", "outra")
        #expect(other.stdout.contains("1 reply waits for a decision") && !other.stdout.contains("recording"))
        #expect(other.stderr.contains("1 more waits that does not concern this campaign: `discador replies`"))
        let status = try await cli.discador("status", "camp")
        let line = "2 replies wait for a decision: `discador replies camp`"
        #expect(status.stdout.contains(line), "\(status.stdout)")
        let its = try await cli.discador("status", "outra").stdout
        #expect(its.contains("1 reply waits for a decision: `discador replies outra`"), "\(its)")
        let document = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)
        #expect(document["campaigns"]?[0]?["repliesWaiting"] == 2)
        let nothing = try await CLIFixture(phones: ["5511987654301"])
        #expect(try await nothing.discador("import", "camp").exitCode == 0)
        #expect(try await nothing.discador("replies").stdout == "No reply waits for a decision.\n")
        #expect(try await nothing.discador("replies", "camp", "--all").stdout == "There are no replies in camp.\n")
        #expect(!(try await nothing.discador("status").stdout.contains("decision")))
        for cli in [cli, nothing] { await cli.simulator.shutdown() }
    }

    @Test func `a hostile text stays on its line, is shortened, and does not control the terminal`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301", "5511987654302"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let escapes = #"quem é você? \u001b[2J\u001b]0;owned\u0007 \u009b31m \u202egpj\u2066 \r\nnext line"#
        let marks = String(repeating: #"\u0301"#, count: 500)
        try await cli.receive { call in
            let text = call.phone.hasSuffix("1") ? escapes : "golpe a" + marks + String(repeating: "x", count: 5_000)
            return [call.body("ReceivedCallback", #""text":{"message":"\#(text)"}"#, ids: false)]
        }
        var said = ""
        for command in [
            ["replies"], ["replies", "--all"], ["replies", "--json"], ["why", "camp", "5511987654301"],
            ["why", "camp", "5511987654302"],
            ["replies", "decide", "--all", "--as", "dismiss", "--yes"], ["replies", "--all"],
        ] {
            let result = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == 0, "\(result.stderr)")
            for line in result.stdout.split(separator: "\n") {
                guard !command.contains("--json") else { continue }
                #expect(line.count < 400 && line.unicodeScalars.count < 600, "\(line)")
            }
            said += result.stdout + result.stderr
        }
        #expect(said.contains("“quem é você? [2J]0;owned"), "\(said)")
        // What other programs read has all of it.
        #expect(said.contains(#"\u202e"#), "\(said)")
        for part in ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\u{2066}", "\r"] {
            #expect(!said.contains(part), "\(part.debugDescription)")
        }
        await cli.simulator.shutdown()
    }
}
