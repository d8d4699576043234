import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// `replies decide`: a person decides what the program cannot.
@Suite(.fewAtATime) struct `The command replies decide` {
    private static let doubtful = "5511987654301"
    private static let recording = "5511987654302"

    private static func id(of phone: String, _ cli: CLIFixture) async throws -> String {
        let all = try JSONValue(try await cli.discador("replies", "--all", "--json").stdout)["replies"] ?? .null
        let reply = try #require((0..<4).compactMap { all[$0] }.first { $0["phone"] == .text(phone) })
        return try #require(reply["id"]?.number.map { "\(Int($0))" })
    }

    @Test func `a dismissed reply lets the person be called again, after a question`() async throws {
        let cli = try await `The list of replies`.cli()
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(try cli.counts(of: "outra").accepted == 2 && cli.counts(of: "outra").excluded == 2)
        let dismiss = ["replies", "decide", "--phone", "(11) 98765-4301", "--as", "dismiss"]
        let asked = try await Program.run(dismiss, in: cli.folder)
        #expect(asked.exitCode == 64 && asked.stderr.contains("--yes"), "\(asked.stderr)")
        #expect(asked.stdout.contains("“quem é você?”"))
        #expect(try cli.counts(of: "outra").ready == 0)

        let done = try await Program.run(dismiss + ["--yes"], in: cli.folder)
        #expect(done.exitCode == 0, "\(done.stderr)")
        #expect(done.stdout.hasSuffix("1 reply dismissed: 1 contact goes back to ready.\n"), "\(done.stdout)")
        let before = cli.rang.count
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(cli.rang.dropFirst(before) == [Self.doubtful])

        let again = try await Program.run(dismiss + ["--yes"], in: cli.folder)
        #expect(again.exitCode == 0 && again.stdout.contains("nothing was changed"), "\(again.stderr)")
        let other = try await cli.discador(
            "replies", "decide", "--id", Self.id(of: Self.doubtful, cli), "--as", "block")
        #expect(other.exitCode == 65 && other.stderr.contains("discador block add"), "\(other.stderr)")
        #expect(try await !cli.discador("block", "list").stdout.contains(Self.doubtful))
        let listed = try await cli.discador("replies", "--all")
        #expect(listed.stdout.contains("dismissed by ") && listed.stdout.contains("1 reply waits"), "\(listed.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `a blocked person is on the do-not-call list, at once and in every campaign`() async throws {
        let cli = try await `The list of replies`.cli()
        let block = ["replies", "decide", "--all", "--as", "block", "--json"]
        let document = try JSONValue(try await Program.run(block, in: cli.folder).stdout)
        #expect(document["decision"] == "blocked" && document["blocked"] == 2 && document["excluded"] == 2)
        #expect(document["decided"]?[1] != nil && document["ready"] == 0 && document["error"] == nil)
        let list = try await cli.discador("block", "list").stdout
        #expect(list.contains(Self.doubtful) && list.contains(Self.recording) && list.contains("reply, decided by "))
        let before = cli.rang.count
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(cli.rang.dropFirst(before) == ["5511987654304"])
        let again = try await Program.run(block, in: cli.folder)
        #expect(again.exitCode == 0, "\(again.stderr)")
        let why = try await cli.discador("why", "outra", Self.doubtful)
        #expect(why.stdout.contains("blocked by "), "\(why.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `names what cannot be decided`() async throws {
        let cli = try await `The list of replies`.cli()
        let optOut = try await Self.id(of: "5511987654303", cli)
        for (words, code, hint) in [
            (["--as", "block"], 64, "--phone, --id and --all"),
            (["--all", "--id", "1", "--as", "block"], 64, "exactly one"),
            (["--all", "--as", "perhaps"], 64, "perhaps"),
            (["--all"], 64, "--as"),
            (["--phone", "Ana", "--as", "block"], 64, "not a phone number"),
            (["--phone", "11987650000", "--as", "block"], 65, "5511987650000"),
            (["--id", "99", "--as", "block"], 65, "#99"),
            (["--id", optOut, "--as", "dismiss", "--yes"], 65, "#\(optOut)"),
            (["nowhere", "--all", "--as", "block"], 65, "nowhere"),
        ] {
            let result = try await Program.run(["replies", "decide"] + words, in: cli.folder)
            #expect(result.exitCode == code && result.stderr.contains(hint), "\(words): \(result.stderr)")
        }
        #expect(try StoreReader(path: cli.database).replyCount(ReplyChoice(isUndecided: true)) == 2)
        // One that is unknown does not keep the other from being decided.
        let both = try await cli.discador(
            "replies", "decide", "--phone", Self.recording, "11987650000", "--as", "dismiss", "--yes", "--json")
        #expect(both.exitCode == 65)
        let document = try JSONValue(both.stdout)
        #expect(document["decided"]?[0] != nil && document["error"]?.text?.contains("5511987650000") == true)
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["block", "dismiss"]) func `works beside a service that dials`(decision: String) async throws {
        let cli = try await `The list of replies`.cli()
        let service = try await cli.serve()
        let done = try await cli.discador(
            "replies", "decide", "outra", "--all", "--as", decision, "--yes", "--json")
        #expect(done.exitCode == 0, "\(done.stderr)")
        let document = try JSONValue(done.stdout)
        #expect(document["decided"]?[0] != nil && document["decided"]?[1] == nil)
        let before = cli.rang.count
        #expect(try await cli.discador("run", "outra").exitCode == 0)
        #expect(cli.rang.dropFirst(before).contains(Self.doubtful) == (decision == "dismiss"))
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
