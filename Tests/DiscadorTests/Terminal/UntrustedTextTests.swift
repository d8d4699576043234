import Foundation
import Ongoing
import ScriptedServer
import Testing

/// The whole program against a Z-API whose texts are hostile.
@Suite(.fewAtATime, .timeLimit(.minutes(10))) struct `What Z-API says` {
    private static let token = "secret-token-4711"
    private static let encoded = "secret%2Dtoken%2d4711"
    /// Escape sequences, direction marks, line ends, and the token in two forms.
    private static let nasty =
        #"\u001b[2J\u001b]0;owned\u0007 \u009b31m \u202egpj\u2066 \r\nnext line, at "#
        + #"https:\/\/h\/instances\/A\/token\/\#(encoded)\/x and \#(token) and again \u001b[1Aend"#

    @Test(arguments: ["status", "send-call"], [400, 403])
    func `does not control the terminal and contains no secret`(path: String, status: Int) async throws {
        let server = try ScriptedServer { line in
            if line.contains("/\(path) ") { return .reply(status, #"{"error":"Token blocked \#(Self.nasty)"}"#) }
            return .reply(200, #"{"connected":true,"zaapId":"Z","messages":[]}"#)
        }
        let folder = try Self.folder(baseURL: server.baseURL)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = ["TOKEN": Self.token]
        let imported = try await Program.run(["import", "camp"], in: folder, environment: environment)
        try #require(imported.exitCode == 0, "\(imported.stderr)")
        let run = try await Program.run(["run", "camp", "--verbose"], in: folder, environment: environment)
        #expect(run.exitCode == 4, "\(run.stderr)")
        #expect(run.stderr.contains("Token blocked") && run.stderr.contains("‹secret›"), "\(run.stderr)")
        var said = run.stdout + run.stderr
        for command in [["status", "camp"], ["check", "camp"], ["why", "camp", "5511987650001"]] {
            let result = try await Program.run(command, in: folder, environment: environment)
            said += result.stdout + result.stderr
        }
        let report = ["report", "camp", "--format", "csv", "--rows", "attempts"]
        said += try await Program.run(report, in: folder).stdout
        let kept = try Data(contentsOf: folder.appending(path: "discador.db"))
        for text in [said, String(decoding: kept, as: UTF8.self)] {
            for part in [
                "\u{1B}[", "\u{1B}]", "\u{9B}", "\u{202E}", "\u{2066}", Self.token, Self.encoded, "%2Dtoken",
                "token%2d",
            ] {
                #expect(!text.contains(part), "\(part.debugDescription): \(said)")
            }
        }
        server.stop()
    }

    @Test func `as an item of its queue does not control the terminal, contains no secret, and is not removed`()
        async throws
    {
        let page =
            #"{"messages":[{"ZaapId":"\u001b[31mEVIL\u0007 \#(Self.token)","MessageId":"\#(Self.token)","#
            + #""Phone":"5511987650001","Created":1700000000000}]}"#
        let server = try ScriptedServer { line in
            .reply(200, line.contains("/queue ") ? page : #"{"connected":false}"#)
        }
        let folder = try Self.folder(baseURL: server.baseURL)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = ["TOKEN": Self.token]
        try #require(try await Program.run(["import", "camp"], in: folder, environment: environment).exitCode == 0)
        var said = ""
        for command in [[], ["--json"], ["--clear", "--yes"], ["--clear", "--yes", "--json", "--all-campaigns"]] {
            let result = try await Program.run(["queue", "camp"] + command, in: folder, environment: environment)
            #expect(result.exitCode == 0, "\(result.stderr)")
            #expect(result.stdout.contains("[31mEVIL ‹secret›"), "\(result.stdout)")
            said += result.stdout + result.stderr
        }
        for part in ["\u{1B}", "\u{7}", #"\u001b"#, #"\u0007"#, Self.token] {
            #expect(!said.contains(part), "\(part.debugDescription): \(said)")
        }
        #expect(!server.requests.contains { $0.hasPrefix("DELETE ") })
        server.stop()
    }

    @Test func `is not waited for when the run is stopped, where it never ends`() async throws {
        let server = try ScriptedServer { line in
            line.contains("/send-call ")
                ? .dripping(ScriptedServer.Reply.head(200, length: 60_000))
                : .reply(200, #"{"connected":true,"messages":[]}"#)
        }
        // The second contact waits for its turn much longer than the first one's request may take: the run cannot end
        // before it is stopped.
        let folder = try Self.folder(
            baseURL: server.baseURL, settings: "timeout: 1s", pace: "{calls: 1, per: 1h}", contacts: 2)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = ["TOKEN": Self.token]
        try #require(try await Program.run(["import", "camp"], in: folder, environment: environment).exitCode == 0)
        let run = try Program(["run", "camp"], in: folder, environment: environment)
        try await run.wait(for: "a call") { server.requests.contains { $0.contains("/send-call ") } }
        await run.send(SIGTERM)
        #expect(try await run.result().exitCode == 130)
        let doubts = try await Program.run(["doubts", "camp"], in: folder)
        #expect(doubts.stdout.contains("HTTP 200, the reply is incomplete: timed out"), "\(doubts.stdout)")
        #expect(server.requests.count { $0.contains("/send-call ") } == 1)
        server.stop()
    }

    private static func folder(
        baseURL: String, settings: String = "timeout: 5s", pace: String = "open", contacts: Int = 1
    )
        throws -> URL
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        let campaign = folder.appending(path: "camp")
        try FileManager.default.createDirectory(at: campaign, withIntermediateDirectories: true)
        let file = """
            name: camp
            contacts: contatos.csv
            instances:
              - name: iA
                id: A
                token: ${TOKEN}
                baseURL: \(baseURL)
                pace: \(pace)
            workers: 1
            window: always
            \(settings)
            """
        try Data(file.utf8).write(to: campaign.appending(path: "campaign.yml"))
        let rows = (1...contacts).map { "A;551198765000\($0)\n" }.joined()
        try Data(("nome;telefone\n" + rows).utf8).write(to: campaign.appending(path: "contatos.csv"))
        return folder
    }
}
