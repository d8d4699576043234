import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// The columns `callAudioUrl` and `notBefore`, from the list to the reports about it.
@Suite(.fewAtATime) struct `Contacts whose list says how and when` {
    private static let list = """
        nome;telefone;Link do áudio;Não ligar antes de
        Ana;11987654301;https://example.com/ana.mp3;
        Bia;92987654302;;01/12/2099 14:30
        Cau;11987654303;;2099-12-01
        Duda;11987654304;;01/02/2020
        Eva;11987654305;aviso.mp3;
        Flor;11987654306;;12/31/2099

        """

    @Test func `are imported, planned, called and explained that way`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write(Self.list, to: cli.list)
        let preview = try await cli.discador("import", "camp", "--preview")
        #expect(preview.stdout.contains("callAudioUrl = Link do áudio (column 3)"), "\(preview.stdout)")
        #expect(preview.stdout.contains("line 2: call 5511987654301 playing https://example.com/ana.mp3 "))
        #expect(preview.stdout.contains("line 3: call 5592987654302 not before 2099-12-01 14:30 "))
        let rows = try JSONValue(try await cli.discador("import", "camp", "--preview", "--json").stdout)["lists"]?[0]?[
            "rows"]
        #expect(rows?[0]?["callAudioUrl"] == "https://example.com/ana.mp3")
        #expect(rows?[2]?["notBefore"] == "2099-12-01 00:00")
        let imported = try JSONValue(try await cli.discador("import", "camp", "--json").stdout)
        #expect(imported["lists"]?[0]?["reasons"]?["call_audio_url_invalid"] == 1)
        #expect(imported["lists"]?[0]?["reasons"]?["not_before_ambiguous"] == 1)
        let plan = try await cli.discador("plan", "camp")
        #expect(plan.stdout.contains("to be called   4"))
        // São Paulo's midnight comes before Manaus's afternoon.
        let (first, last) = ("2099-12-01T03:00:00Z", "2099-12-01T18:30:00Z")
        let document = try JSONValue(try await cli.discador("plan", "camp", "--json").stdout)
        #expect(document["heldBack"]?["contacts"] == 2)
        #expect(try document["heldBack"]?["firstUntil"]?.text.map(Self.date) == Self.date(first))
        #expect(try document["heldBack"]?["lastUntil"]?.text.map(Self.date) == Self.date(last))
        #expect(plan.stdout.contains("of which held back by their list: 2, the first until "), "\(plan.stdout)")
        let run = try await cli.discador("run", "camp", "--no-wait")
        #expect(run.exitCode == 75)
        #expect(
            run.stderr.contains("the lists hold back everybody who is left, the first until 2099-12-01T"),
            "\(run.stderr)")
        #expect(Set(cli.simulator.ledger().filter(\.rang).compactMap(\.phone)) == ["5511987654301", "5511987654304"])
        let ana = try await cli.discador("why", "camp", "11987654301")
        #expect(ana.stdout.contains("Its own sound is https://example.com/ana.mp3."))
        let bia = try await cli.discador("why", "camp", "92987654302")
        #expect(bia.stdout.contains("Its list says that it is not called before 2099-12-01 "), "\(bia.stdout)")
        #expect(bia.stdout.contains("It is held back by its list, not before 2099-12-01 "), "\(bia.stdout)")
        let json = try JSONValue(try await cli.discador("why", "camp", "92987654302", "--json").stdout)
        #expect(try json["contact"]?["notBefore"]?.text.map(Self.date) == Self.date(last))
        await cli.simulator.shutdown()
    }

    @Test func `are imported as before where the columns are declined`() async throws {
        let cli = try await CLIFixture(phones: [], settings: "columns: {callAudioUrl: none, notBefore: none}\n")
        try cli.write(Self.list, to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try cli.counts().ready == 6)
        let named = try await cli.discador(
            "import", "camp", "--preview", "--columns", "notBefore=4,callAudioUrl=none")
        #expect(named.stdout.contains("notBefore = Não ligar antes de (column 4)"), "\(named.stdout)")
        await cli.simulator.shutdown()
    }

    private static func date(_ text: String) throws -> Date {
        try Date(text.replacing(/\.\d{3}/, with: ""), strategy: .iso8601)
    }
}
