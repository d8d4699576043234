import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

/// Adding contacts through the API of a running service.
@Suite(.fewAtATime) struct `Contacts that a program adds` {
    private static let path = "/campaigns/camp/contacts"

    private static func fixture() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("block", "add", "11987654305").exitCode == 0)
        return cli
    }

    private func verdicts(_ answer: ServedAPI.Answer) throws -> [String] {
        try answer.json["verdicts"]?.items.map {
            "\(Int($0["line"]?.number ?? 0)) \($0["verdict"]?.text ?? "") \($0["reason"]?.text ?? "-")"
        } ?? []
    }

    @Test func `each row has the importer's verdict, in order`() async throws {
        let cli = try await Self.fixture()
        let (service, api) = try await cli.serveAPI("import", "read", "operate")
        let rows = """
            {"phone": "(11) 98765-4302", "name": "Ana", "pedido": 4711}
            {"phone": "11 98765 4301"}

            {"phone": 11987654302}
            {"phone": "1234"}
            {"phone": "11987654305", "name": "Rui\\nSegunda linha"}
            {"phone": "", "name": ""}
            {"phone": "11987654306", "callDuration": 99}
            {"phone": "11987654307", "notBefore": "2030-01-02 10:00", "callAudioUrl": "https://a.example/x.mp3?s=1"}
            """
        let answer = try await api(
            "POST", Self.path, rows, type: "application/x-ndjson", headers: ["Idempotency-Key": "1"])
        #expect(answer.status == 200, "\(answer.text)")
        let found = try verdicts(answer)
        #expect(
            found.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "1 added", "2 already_in_campaign", "4 repeated", "5 rejected", "6 blocked", "7 blank", "8 rejected",
                "9 added",
            ], "\(answer.text)")
        #expect(try answer.json["verdicts"]?[3]?["column"] == "phone")
        #expect(try answer.json["verdicts"]?[3]?["remedy"]?.text?.isEmpty == false)
        #expect(try answer.json["counts"]?["added"] == 2)
        // No file of them is left.
        #expect(!FileManager.default.fileExists(atPath: cli.folder.appending(path: "camp/camp.rejects.csv").path))
        let uploads = try FileManager.default.contentsOfDirectory(atPath: cli.database + "-uploads")
        #expect(uploads.isEmpty)
        let person = try await api.get("/campaigns/camp/people/5511987654302")
        #expect(try person.json["contact"]?["phone"] == "5511987654302")
        let sound = try await api.get("/campaigns/camp/people/5511987654307")
        #expect(try sound.json["contact"]?["callAudioUrl"] == "a.example")
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }

    @Test func `a list has the same totals as by the command import`() async throws {
        let cli = try await Self.fixture()
        let csv =
            "telefone;nome\n" + "11987654302;Ana\n11987654301;x\n\n11987654302;again\n12;bad\n11987654305;Rui\n"
            + "11987654306/11987654307;two\n(11) 98765-4308;\"a;b\"\n"
        try cli.write(csv, to: cli.folder.appending(path: "other.csv"))
        let preview = try await cli.discador("import", "camp", "other.csv", "--json", "--preview")
        let list = try JSONValue(preview.stdout)["lists"]?[0] ?? .null
        let (service, api) = try await cli.serveAPI("import")
        let answer = try await api("POST", Self.path, csv, type: "text/csv", headers: ["Idempotency-Key": "1"])
        #expect(answer.status == 200, "\(answer.text)")
        let counts = try answer.json["counts"] ?? .null
        func sum(_ words: String...) -> Double { words.reduce(0) { $0 + (counts[$1]?.number ?? 0) } }
        #expect(sum("added", "blocked", "excluded") == list["totals"]?["added"]?.number, "\(preview.stdout)")
        #expect(sum("already_in_campaign", "repeated") == 2)
        #expect(try cli.counts().total == 1 + Int(sum("added", "blocked", "excluded")))
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }

    @Test func `the same request gets the same reply, also from the next service`() async throws {
        let cli = try await Self.fixture()
        var (service, api) = try await cli.serveAPI("import")
        let rows = #"[{"phone": "11987654302"}, {"phone": "11987654303"}]"#
        let first = try await api("POST", Self.path, rows, headers: ["Idempotency-Key": "k"])
        #expect(first.status == 200 && first.headers["idempotency-replayed"] == nil)
        let second = try await api("POST", Self.path, rows, headers: ["Idempotency-Key": "\"k\""])
        #expect(second.text == first.text && second.headers["idempotency-replayed"] == "true")
        let other = try await api("POST", Self.path, "[{\"phone\": \"1\"}]", headers: ["Idempotency-Key": "k"])
        #expect(other.status == 422)
        let token = api.token
        await service.send(SIGKILL)
        _ = try await service.result()
        (service, api) = try await cli.serveAPI("read", name: "other")
        api.token = token
        let third = try await api("POST", Self.path, rows, headers: ["Idempotency-Key": "k"])
        #expect(third.text == first.text && third.headers["idempotency-replayed"] == "true")
        // With another key they are there already.
        let again = try await api("POST", Self.path, rows, headers: ["Idempotency-Key": "l"])
        #expect(try verdicts(again) == ["1 already_in_campaign -", "2 already_in_campaign -"])
        #expect(try cli.counts().total == 3)
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        ("text/csv", "\u{0}\u{0}\u{0}", 422), ("text/csv", "PK\u{3}\u{4}", 415), ("text/csv", "<html><table>", 422),
        ("text/csv", "a;b\n1;2\n", 422), ("text/csv; charset=klingon", "telefone\n11987654302\n", 415),
        ("application/json", "[", 400), ("application/json", "{}", 422), ("application/x-ndjson", "{}", 422),
        ("application/jsonl", #"{"phone": "1", "nome\u0000": "x"}"#, 422), ("text/plain", "11987654302", 415),
    ])
    func `what cannot be read adds nobody`(type: String, body: String, status: Int) async throws {
        let cli = try await Self.fixture()
        let (service, api) = try await cli.serveAPI("import")
        let answer = try await api("POST", Self.path, body, type: type, headers: ["Idempotency-Key": "1"])
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(try cli.counts().total == 1)
        try await cli.stop(service)
        await cli.simulator.shutdown()
    }
}
