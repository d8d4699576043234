import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import TestWorkbook
import Testing
import ZAPISimulator

/// Lists that browsers send.
@Suite(.fewAtATime) struct `Lists from a browser` {
    /// A campaign that is known and has no contacts yet, and a service with its pages.
    private struct Pages {
        let cli: CLIFixture
        let service: Program
        let port: Int
        let browser: UploadBrowser

        static func begin(phones: [String] = ["11987654321"]) async throws -> Pages {
            let cli = try await CLIFixture(phones: phones)
            #expect(try await cli.discador("import", "camp").exitCode == 0)
            let (service, port) = try await UploadBrowser.serve(cli)
            return Pages(
                cli: cli, service: service, port: port, browser: try await UploadBrowser.signIn(cli, port))
        }

        /// What is in the folder of uploads.
        var files: [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: cli.database + "-uploads")) ?? []
        }

        func end() async throws {
            await service.send(SIGTERM)
            #expect(try await service.result().exitCode == 0)
            #expect(cli.simulator.ledger().isEmpty, "somebody was rung")
            await cli.simulator.shutdown()
        }
    }

    private static let list = Array(
        """
        Nome;Celular;Contrato
        Ana;(11) 98765-4301;1
        Bruno;11 98765 4302;2
        Bruno outra vez;5511987654302;3
        Clara;1198765;4
        <script>alert(1)</script>;11987654304;"><img src=x onerror=alert(1)>

        """.utf8)

    private static func counts(_ page: String) -> [String] {
        page.matches(of: /<li class="[a-z]*"><b>([0-9,]+)<\/b><span>([a-z -]+)<\/span>/).map { "\($0.2) \($0.1)" }
    }

    private static func field(_ name: String, in page: String) throws -> String {
        let range = try #require(page.firstRange(of: "name=\"\(name)\" value=\""), "\(name) in \(page)")
        return String(page[range.upperBound...].prefix { $0 != "\"" })
    }

    @Test func `a preview counts what the import then does, which is what the command does`() async throws {
        let pages = try await Pages.begin()
        let sent = try await pages.browser.upload(Self.list, named: "C:\\listas\\..\\nova.csv")
        #expect(sent.status == 303, "\(sent.text)")
        let page = try await pages.browser.settled(sent.location, pages.service)
        #expect(page.contains("nova.csv") && !page.contains("listas") && !page.contains("<script>alert"))
        #expect(page.contains("&lt;script&gt;alert(1)") && page.contains("&quot;&gt;&lt;img"))
        let preview = Self.counts(page)
        #expect(try pages.cli.counts().total == 1, "a preview changed something")
        let seen = ["sha256": try Self.field("sha256", in: page), "choices": try Self.field("choices", in: page)]
        let commit = try await pages.browser.post(sent.location + "/commit", seen)
        #expect(commit.status == 303, "\(commit.text)")
        let done = try await pages.browser.settled(sent.location, pages.service)
        #expect(done.contains("The list was imported") && Self.counts(done) == preview, "\(done)")
        #expect(try pages.cli.counts().total == 3)
        #expect(pages.files == [], "the file is left")
        // Again, from the same page in another tab: nothing happens.
        #expect(try await pages.browser.post(sent.location + "/commit", seen).status == 422)
        // The command, with the same list in a database of its own.
        try FileManager.default.createDirectory(
            at: pages.cli.folder.appending(path: "other"), withIntermediateDirectories: true)
        try Data(Self.list).write(to: pages.cli.folder.appending(path: "nova.csv"))
        #expect(try await pages.cli.discador("import", "camp", "--db", "other/o.db").exitCode == 0)
        let command = try JSONValue(
            try await pages.cli.discador("import", "camp", "nova.csv", "--db", "other/o.db", "--json").stdout)
        let totals = try #require(command["lists"]?[0])
        for key in ["added", "rows", "duplicates", "rejected"] {
            #expect(preview.contains("\(key) \(totals[key]?.number.map { Int($0) } ?? -1)"), "\(key): \(preview)")
        }
        // Its rejected rows.
        let overview = try await pages.browser.get("/campaigns/camp/import").text
        let link = try #require(overview.firstMatch(of: /href="(\/campaigns\/camp\/import\/rejects\/[0-9]+\/file)"/))
        let rejects = try await pages.browser.get(String(link.1))
        #expect(rejects.text.contains("Clara") && !rejects.text.contains("Ana"))
        try await pages.end()
    }

    @Test func `an import refers to the file and the choices that were shown`() async throws {
        let pages = try await Pages.begin()
        let sent = try await pages.browser.upload(Self.list, named: "a.csv")
        let page = try await pages.browser.settled(sent.location, pages.service)
        let hash = try Self.field("sha256", in: page)
        let choices = try Self.field("choices", in: page)
        let others = [
            ["sha256": String(hash.reversed()), "choices": choices], ["sha256": hash, "choices": choices + " "],
            ["sha256": hash], ["choices": choices], [:],
        ]
        for fields in others {
            #expect(try await pages.browser.post(sent.location + "/commit", fields).status == 422, "\(fields)")
        }
        // Somebody else reads it differently meanwhile.
        let changed = try await pages.browser.post(sent.location + "/preview", ["phone1": "2", "split": "yes"])
        #expect(changed.status == 303)
        _ = try await pages.browser.settled(sent.location, pages.service)
        let stale = try await pages.browser.post(sent.location + "/commit", ["sha256": hash, "choices": choices])
        #expect(stale.status == 422)
        // The file itself becomes another one.
        let next = try await pages.browser.settled(sent.location, pages.service)
        let file = try #require(pages.files.first)
        try Data("Nome;Celular\nEva;11987654399\n".utf8).write(
            to: URL(fileURLWithPath: pages.cli.database + "-uploads/" + file))
        let seen = ["sha256": hash, "choices": try Self.field("choices", in: next)]
        #expect(try await pages.browser.post(sent.location + "/commit", seen).status == 303)
        #expect(try await pages.browser.settled(sent.location, pages.service).contains("changed on the disk"))
        #expect(try pages.cli.counts().total == 1)
        #expect(try await pages.browser.post(sent.location + "/discard", [:]).status == 303)
        #expect(pages.files == [])
        #expect(try await pages.browser.get(sent.location).status == 404)
        try await pages.end()
    }

    @Test func `columns are chosen, also where the header does not tell`() async throws {
        let pages = try await Pages.begin()
        let list = Array("a;b;c\nx;11987654301;Ana\ny;11987654302;Bia\n".utf8)
        let sent = try await pages.browser.upload(list, named: "sem nomes.csv")
        let page = try await pages.browser.settled(sent.location, pages.service)
        #expect(page.contains("<select id=\"f-phone1\"") && page.contains(">2: b<"), "\(page)")
        let choices = ["phone1": "2", "name": "3", "delimiter": "semicolon", "encoding": "UTF-8", "skipLines": ""]
        #expect(try await pages.browser.post(sent.location + "/preview", choices).status == 303)
        let next = try await pages.browser.settled(sent.location, pages.service)
        #expect(Self.counts(next).contains("added 2"), "\(next)")
        try await pages.end()
    }

    @Test func `what is cut off, foreign, too large or endless leaves nothing`() async throws {
        let pages = try await Pages.begin()
        let browser = pages.browser
        let body = browser.form(Self.list, named: "a.csv")
        for length in [10, 150, 260, body.count / 2, body.count - 3] {
            _ = try await browser.send(
                [browser.uploadHead("camp", length: body.count), Array(body.prefix(length))], isCut: true)
        }
        #expect(try await browser.upload(Self.list, named: "a.csv", token: "x").status == 403)
        #expect(try await browser.upload([], named: "a.csv").status == 422)
        #expect(try await browser.upload(Self.list, named: "..").status == 422)
        #expect(try await browser.upload(Self.list, named: "a.csv", to: "unknown").status == 422)
        let large = try await browser.send([browser.uploadHead("camp", length: 201 << 20), Array(body.prefix(300))])
        #expect(large.status == 413, "\(large.text)")
        let header = Array("--\(UploadBrowser.boundary)\r\nContent-Disposition: ".utf8)
        let endless = header + [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
        let refused = try await browser.send([browser.uploadHead("camp", length: endless.count), endless])
        #expect(refused.status == 422, "\(refused.text)")
        let reader = try await UploadBrowser.signIn(pages.cli, pages.port, level: "read")
        #expect(try await reader.upload(Self.list, named: "a.csv").status == 403)
        // An upload that was cut off has ended when another one of as many as there may be begins.
        let sent = try await browser.upload(Self.list, named: "a.csv")
        #expect(sent.status == 303, "\(sent.text)")
        _ = try await browser.settled(sent.location, pages.service)
        try await pages.service.wait(for: "an end of what was cut off") { pages.files.count <= 1 }
        #expect(try await reader.get(sent.location).status == 403)
        #expect(try await browser.get("/campaigns/other/import/x").status == 404)
        try await pages.end()
        #expect(pages.files.count == 1)
        // What the process before has left goes at the start.
        let (service, _) = try await UploadBrowser.serve(pages.cli)
        #expect(pages.files == [])
        await service.send(SIGTERM)
        _ = try await service.result()
    }

    @Test func `a file of more than may be sent ends on its way, and nothing is left`() async throws {
        let pages = try await Pages.begin()
        let browser = pages.browser
        let body = browser.form([], named: "a.csv").dropLast(UploadBrowser.boundary.utf8.count + 8)
        let piece = [UInt8](repeating: UInt8(ascii: "9"), count: 1 << 20)
        func chunk(_ bytes: [UInt8]) -> [UInt8] {
            Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
        }
        let pieces = [browser.uploadHead("camp", length: nil), chunk(Array(body))]
        let large = Array(repeating: chunk(piece), count: 201)
        // The answer may be lost where the connection ends while something is still sent.
        _ = try? await browser.send(pieces + large + [Array("0\r\n\r\n".utf8)])
        try await pages.service.wait(for: "an empty folder") { pages.files == [] }
        #expect(try pages.cli.counts().total == 1)
        try await pages.end()
    }
}
