import CampaignStore
import Foundation
import Glibc
import Testing

@Suite(.fewAtATime) struct `The demo in a browser` {
    private static let database = "reports/demo/discador.db"

    @Test(arguments: [("en", "Sign in"), ("pt-BR", "Entre")])
    func `is signed in to by the link that it prints, dials, and ends on request`(
        language: String, words: String
    ) async throws {
        try await inFolder { folder in
            let demo = try Self.demo(["--lang", language], in: folder)
            let line = try await demo.line(with: "/login/")
            #expect(line.contains(words), "\(line)")
            let browser = try await Self.browser(line)
            let overview = try await browser.get("/")
            #expect(overview.status == 200 && overview.text.contains("/campaigns/demo"), "\(overview.text)")
            // By the socket: it is a service like others.
            let paused = try await Program.run(["pause", "demo", "--db", Self.database], in: folder)
            #expect(paused.exitCode == 0, "\(paused.stderr)")
            await demo.send(SIGINT)
            let end = try await demo.result()
            #expect(end.exitCode == 0 && !end.wasKilled, "\(end.stderr)")
            let database = folder.appending(path: Self.database).path
            #expect(WriterLock.holding(ofDatabase: database) == .free)
            #expect(!FileManager.default.fileExists(atPath: database + "-socket"))
        }
    }

    @Test func `can be stopped and started again from its page`() async throws {
        try await inFolder { folder in
            let demo = try Self.demo([], in: folder)
            let browser = try await Self.browser(try await demo.line(with: "/login/"))
            for action in ["stop", "start"] {
                let answer = try await browser.post("/campaigns/demo/\(action)", from: "/campaigns/demo", [:])
                #expect(answer.status == 303, "\(action): \(answer.text)")
            }
            await demo.send(SIGINT)
            #expect(try await demo.result().exitCode == 0)
        }
    }

    @Test(arguments: [
        ["--listen", "127.0.0.1:7070"], ["--dashboard", "--json"], ["--dashboard", "--campaign", "demo"],
        ["--dashboard", "--listen", "0.0.0.0:7070"], ["--dashboard", "--listen", "7070"],
    ])
    func `refuses what contradicts it, before anything is written`(options: [String]) async throws {
        try await inFolder { folder in
            let demo = try await Program.run(["demo"] + options, in: folder)
            #expect(demo.exitCode == 64, "\(demo.stderr)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    /// Its link is a result: it is printed where the test reads lines.
    private static func demo(_ options: [String], in folder: URL) throws -> Program {
        try Program(
            ["demo", "--dashboard", "--listen", "127.0.0.1:0"] + options, in: folder, shell: "exec 1>&2")
    }

    /// Somebody who has followed the link in a line.
    private static func browser(_ line: String) async throws -> DashboardBrowser {
        let link = line.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)(\/login\/[0-9A-Za-z_-]+)/)
        let found = try #require(link, "\(line)").output
        return try await DashboardBrowser(port: try #require(UInt16(found.1)), link: String(found.2))
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
