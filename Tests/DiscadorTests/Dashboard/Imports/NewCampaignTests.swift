import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import Testing
import ZAPISimulator

/// Campaigns that are made on a page, their plans and their reports.
@Suite(.fewAtATime) struct `New campaigns, plans and reports` {
    private static func begin() async throws -> (cli: CLIFixture, service: Program, port: Int, browser: UploadBrowser) {
        let cli = try await CLIFixture(phones: ["11987654321"], settings: "# Our own words.\nworkers: 3\n")
        try cli.write("EXTRA=secret-extra-4713\n", to: cli.folder.appending(path: "camp/.env"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: cli.folder.appending(path: "camp/.env").path)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let (service, port) = try await UploadBrowser.serve(cli)
        return (cli, service, port, try await UploadBrowser.signIn(cli, port))
    }

    private static func end(_ cli: CLIFixture, _ service: Program) async throws {
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        #expect(cli.simulator.ledger().isEmpty, "somebody was rung")
        await cli.simulator.shutdown()
    }

    @Test func `a campaign like another one can be filled, planned and dialed`() async throws {
        let (cli, service, _, browser) = try await Self.begin()
        let made = try await browser.post("/campaigns/new", ["like": "camp", "name": "december"])
        #expect(made.status == 303 && made.location == "/campaigns/december/import", "\(made.text)")
        let folder = cli.folder.appending(path: "december")
        let file = try String(contentsOf: folder.appending(path: "campaign.yml"), encoding: .utf8)
        #expect(file.contains("name: december\n#contacts: contatos.csv\n"))
        #expect(file.contains("# Our own words.\nworkers: 3"))
        for (path, mode) in [("", 0o700), ("/campaign.yml", 0o600), ("/.env", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + path)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
        }
        #expect(try cli.counts(of: "december").total == 0)
        let list = Array("nome;telefone\nAna;11900000001\n".utf8)
        let sent = try await browser.upload(list, named: "a.csv", to: "december")
        let page = try await browser.settled(sent.location, service)
        var seen: [String: String] = [:]
        for name in ["sha256", "choices"] {
            let range = try #require(page.firstRange(of: "name=\"\(name)\" value=\""), "\(page)")
            seen[name] = String(page[range.upperBound...].prefix { $0 != "\"" })
        }
        #expect(try await browser.post(sent.location + "/commit", seen).status == 303)
        _ = try await browser.settled(sent.location, service)
        #expect(try cli.counts(of: "december").ready == 1 && cli.counts().ready == 1)
        for path in ["/campaigns/december/plan", "/campaigns/december/import", "/campaigns/december/reports"] {
            let page = try await browser.get(path)
            #expect(page.status == 200, "\(page.text)")
            for secret in CLIFixture.environment.values.sorted() + ["secret-extra-4713", "${TOKEN}"] {
                #expect(!page.text.contains(secret), "\(path)")
            }
        }
        #expect(cli.dialed() == [] && cli.rang == [])
        #expect(try await cli.discador("run", "december", "--detach").exitCode == 0)
        try await service.wait(for: "december is done", count: 1)
        #expect(cli.rang.count == 1)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `a name that is taken, or would be elsewhere, makes nothing`() async throws {
        let (cli, service, port, browser) = try await Self.begin()
        try FileManager.default.createDirectory(
            at: cli.folder.appending(path: "there"), withIntermediateDirectories: true)
        func names() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: cli.folder.path).sorted()
        }
        let before = try names()
        for name in [
            "../x", "..", ".env", "a/b", "/tmp/x", "a\nworkers: 9", "ç", "", "camp", "CAMP", "new", "there",
            String(repeating: "a", count: 65), "a\u{0}b", "%2e%2e%2fx",
        ] {
            let answer = try await browser.post("/campaigns/new", ["like": "camp", "name": name])
            #expect(answer.status == 422, "\(name): \(answer.status)")
        }
        #expect(try await browser.post("/campaigns/new", ["like": "unknown", "name": "x"]).status == 422)
        let reader = try await UploadBrowser.signIn(cli, port, level: "read")
        #expect(try await reader.post("/campaigns/new", ["like": "camp", "name": "x"]).status == 403)
        #expect(try await reader.get("/campaigns/new").status == 403)
        #expect(try names() == before)
        #expect(try StoreReader(path: cli.database).campaigns().map(\.name) == ["camp"])
        try await Self.end(cli, service)
    }

    @Test func `of names that differ only in case one is made, also where they are asked for at once`() async throws {
        let (cli, service, _, browser) = try await Self.begin()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for name in ["winter", "WINTER", "Winter"] {
                group.addTask {
                    try await browser.post("/campaigns/new", ["like": "camp", "name": name]).status
                }
            }
            var statuses: [Int] = []
            for try await status in group { statuses.append(status) }
            return statuses
        }
        #expect(statuses.sorted() == [303, 422, 422])
        let names = try StoreReader(path: cli.database).campaigns().map(\.name)
        #expect(names.count == 2 && names.map { $0.lowercased() }.sorted() == ["camp", "winter"])
        let folders = try FileManager.default.contentsOfDirectory(atPath: cli.folder.path)
        #expect(folders.count { $0.lowercased() == "winter" } == 1)
        try await Self.end(cli, service)
    }

    @Test func `a plan shows what changed since the last run, and what is wrong with the file`() async throws {
        let (cli, service, _, browser) = try await Self.begin()
        let first = try await browser.get("/campaigns/camp/plan").text
        #expect(first.contains("<b>1</b><span>to be called") && first.contains("Not dialed yet"), "\(first)")
        try cli.change { $0.replacing("workers: 3", with: "workers: many\nspeed: 9") }
        let wrong = try await browser.get("/campaigns/camp/plan").text
        #expect(wrong.contains("workers:") && wrong.contains("is not a whole number") && wrong.contains("speed"))
        #expect(!wrong.contains("secret-"))
        try await Self.end(cli, service)
    }

    @Test func `a report is downloaded whole, and without personal data by whoever may only look`() async throws {
        let (cli, service, port, browser) = try await Self.begin()
        let path = "/campaigns/camp/reports/file"
        for format in ["csv", "xlsx", "html", "json", "jsonl", "text"] {
            let answer = try await browser.get("\(path)?format=\(format)&rows=calls&lang=pt-BR")
            #expect(answer.status == 200, "\(format): \(answer.text)")
            #expect(answer.headers["content-length"] == "\(answer.body.count)" && !answer.body.isEmpty)
            let disposition = answer.headers["content-disposition"] ?? ""
            #expect(disposition.contains("camp.20") && disposition.contains(format == "text" ? ".txt" : ".\(format)"))
            if format != "xlsx", format != "html", format != "text" { #expect(answer.text.contains("5511987654321")) }
        }
        let command = try await cli.discador("report", "camp", "--format", "csv")
        #expect(try await browser.get("\(path)?format=csv").text == command.stdout)
        for rows in ["attempts", "rejects", "duplicates"] {
            #expect(try await browser.get("\(path)?format=csv&rows=\(rows)").status == 200)
        }
        let none = try await browser.get("\(path)?format=csv&where=state%20%3D%20failed")
        #expect(none.status == 200 && !none.text.contains("5511987654321"))
        for query in ["format=pdf", "rows=all", "where=x%20%3D", "format=text&where=state%20%3D%20ready"] {
            #expect(try await browser.get("\(path)?\(query)").status == 422, "\(query)")
        }
        let reader = try await UploadBrowser.signIn(cli, port, level: "read")
        for query in ["format=csv", "format=csv&anonymous=yes&where=phone%20%3D%205511987654321"] {
            #expect(try await reader.get("\(path)?\(query)").status == 403, "\(query)")
        }
        let anonymous = try await reader.get("\(path)?format=csv&anonymous=yes")
        #expect(anonymous.status == 200)
        for text in ["5511987654321", "Pessoa"] { #expect(!anonymous.text.contains(text)) }
        try await Self.end(cli, service)
    }
}
