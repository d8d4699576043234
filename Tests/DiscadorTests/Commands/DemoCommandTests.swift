import Foundation
import Glibc
import Ongoing
import TestJSON
import Testing

@Suite(.fewAtATime) struct `The command demo` {
    @Test func `ends as its scenario says, twice in the same folder`() async throws {
        try await inFolder { folder in
            for _ in 1...2 {
                let demo = try await Program.run(["demo", "--campaign", CLIFixture.demoCampaign, "--json"], in: folder)
                #expect(demo.exitCode == 0, "\(demo.stderr)")
                let document = try JSONValue(demo.stdout)
                #expect(document["isAsExpected"] == true)
                #expect(document["audit"]?["dialedTwice"] == 0)
                let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/reports/demo")
                #expect(files.filter { $0.contains("rejects") } == ["demo.rejects.csv"])
            }
        }
    }

    @Test func `needs nothing but the program, and shows what happened to the people`() async throws {
        try await inFolder { folder in
            let copy = "cp \"$0\" ./discador && exec ./discador \"$@\""
            let demo = try await Program(["demo"], in: folder, shell: copy).result()
            #expect(demo.exitCode == 0, "\(demo.stderr)")
            for line in [
                "The demo's campaign was written to reports/demo/campaign.", "19 people answered, 17 did not",
                "1 person wrote “SAIR”", "1 reply waits for you to decide, “quem é você?”",
            ] {
                #expect(demo.stderr.contains(line), "\(demo.stderr)")
            }
            #expect(demo.stdout.contains("called back    1"), "\(demo.stdout)")
            for name in ["campaign.yml", "contatos.csv", "expected.json"] {
                let written = FileManager.default.contents(atPath: "\(folder.path)/reports/demo/campaign/\(name)")
                #expect(written == FileManager.default.contents(atPath: "\(CLIFixture.demoCampaign)/\(name)"))
            }
            // The command that the demo suggests.
            let replies = try await Program.run(
                ["replies", "list", "demo", "--db", "reports/demo/discador.db"], in: folder)
            #expect(replies.stdout.contains("1 reply waits for a decision"), "\(replies.stdout)")
            let calls = try JSONValue(
                String(contentsOf: folder.appending(path: "reports/demo/calls.json"), encoding: .utf8))["calls"]
            for (name, phone, column) in [
                ("Bruno Tavares", "5511987657004", "calledBackAt"), ("Daniela Fontes", "5521976547101", "repliedAt"),
                ("Daniela Fontes", "5521976547101", "answeredAt"), ("Geraldo Magela", "5551997658012", "deliveryError"),
            ] {
                let row = calls?.items.first { $0["phone"]?.text == phone }
                #expect(row?["contact"]?["Paciente"]?.text == name)
                #expect(row?[column]?.text != nil, "\(name): \(column)")
            }
        }
    }

    @Test func `says where it is not as its scenario says`() async throws {
        try await withCampaign(baseURL: "${DEMO_BASE_URL}") { folder in
            let demo = try await Program.run(["demo", "--campaign", "camp", "--json"], in: folder)
            #expect(demo.exitCode == 3, "\(demo.stderr)")
            #expect(try JSONValue(demo.stdout)["isAsExpected"] == false)
            #expect(
                demo.stderr.contains("scenario says: answered is 1, not 2; calledBack is 1, not 0."), "\(demo.stderr)")
        }
    }

    @Test func `stopped while webhooks are still to come, says so`() async throws {
        try await withCampaign(baseURL: "${DEMO_BASE_URL}") { folder in
            let demo = try Program(["demo", "--campaign", "camp"], in: folder)
            // All calls are placed: they still ring, and the person calls back even later.
            _ = try await demo.line(with: "2 of 2")
            await demo.send(SIGINT)
            let result = try await demo.result()
            #expect(result.exitCode == 130, "\(result.stderr)")
            #expect(result.stderr.contains("had not arrived at the end"), "\(result.stderr)")
        }
    }

    @Test func `calls nobody but the simulator`() async throws {
        try await withCampaign(baseURL: "http://127.0.0.1:1") { folder in
            let demo = try await Program.run(["demo", "--campaign", "camp"], in: folder)
            #expect(demo.exitCode == 65 && demo.stderr.contains("is not the simulator's"), "\(demo.stderr)")
        }
    }

    @Test func `names every file that it would replace in a folder that is not a demo's`() async throws {
        try await inFolder { folder in
            let names = ["discador.db-wal", "calls.json", "campaign/campaign.yml"]
            try FileManager.default.createDirectory(
                at: folder.appending(path: "out/campaign"), withIntermediateDirectories: true)
            for name in names { try Data("a".utf8).write(to: folder.appending(path: "out/\(name)")) }
            let demo = try await Program.run(["demo", "--output", "out"], in: folder)
            #expect(demo.exitCode == 64, "\(demo.stderr)")
            for name in names { #expect(demo.stderr.contains("out/\(name)"), "\(demo.stderr)") }
            let now = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/out")
            #expect(Set(now) == Set(names + ["campaign"]))
        }
    }

    @Test func `writes its campaign through no link`() async throws {
        try await inFolder { folder in
            let manager = FileManager.default
            for name in ["out", "mine"] {
                try manager.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: false)
            }
            try Data("mine".utf8).write(to: folder.appending(path: "mine/campaign.yml"))
            try Data().write(to: folder.appending(path: "out/.discador-demo"))
            try manager.createSymbolicLink(atPath: folder.path + "/out/campaign", withDestinationPath: "../mine")
            let demo = try await Program.run(["demo", "--output", "out"], in: folder)
            #expect(demo.exitCode == 64 && demo.stderr.contains("out/campaign is not a folder"), "\(demo.stderr)")
            #expect(try String(contentsOf: folder.appending(path: "mine/campaign.yml"), encoding: .utf8) == "mine")
        }
    }

    /// A campaign of two people: one answers, the other calls back. Its `expected.json` is wrong about both.
    private func withCampaign(baseURL: String, _ body: (URL) async throws -> Void) async throws {
        try await inFolder { folder in
            let camp = folder.appending(path: "camp")
            try FileManager.default.createDirectory(at: camp, withIntermediateDirectories: true)
            let settings = """
                name: camp
                contacts: contatos.csv
                instances:
                  - {name: a, id: demo-agenda, token: "${DEMO_TOKEN}", clientToken: "${DEMO_CLIENT_TOKEN}",
                     baseURL: "\(baseURL)", pace: open}
                window: always
                """
            let expected = """
                {"accepted": 2, "failed": 0, "in_doubt": 0, "excluded": 0, "rejectedRows": 0, "duplicateRows": 0,
                 "delivered": 2, "answered": 2, "notAnswered": 1, "calledBack": 0, "replied": 0, "optedOut": 0,
                 "repliesWaiting": 0}
                """
            for (name, text) in [
                ("campaign.yml", settings), ("expected.json", expected),
                ("contatos.csv", "telefone\n5511900000001\n5511900007001\n"),
            ] {
                try Data(text.utf8).write(to: camp.appending(path: name))
            }
            try await body(folder)
        }
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
