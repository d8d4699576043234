import CampaignCore
import CampaignStore
import Foundation
import GRDB
import Testing
import ZAPISimulator

/// What strangers have written comes out as text on every page, whatever it looks like.
@Suite(.fewAtATime) struct `Hostile texts on pages` {
    private static let script = "<script>alert(1)</script>"
    private static let image = "\"><img src=x onerror=alert(1)>"
    private static let link = "javascript:alert(1)"

    private static let phones = ["11987654301", "11987654393", "11987654397", "11987654398", "11987654302"]

    /// A campaign whose list, errors, replies and do-not-call reasons are hostile.
    private static func cli() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: [])
        let names = [script, image, link, script, image]
        let rows = zip(phones, names).map { phone, name in
            "\"\(name.replacing("\"", with: "\"\""))\";\(phone);\(script);\(link)\n"
        }
        try cli.write("nome;telefone;<b>obs</b>;site\n" + rows.joined(), to: cli.list)
        let imported = try await cli.discador("import", "camp")
        #expect(imported.exitCode == 0, "\(imported.stderr)")
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        try await cli.receive { call in
            [
                call.body("ReceivedCallback", #""text":{"message":"quem é você? \#(script)"}"#, ids: false),
                call.body("<img src=x>Callback", #""status":"<script>alert(1)</script>""#),
            ]
        }
        try change(cli)
        let blocked = try await cli.discador("block", "add", "11987654309", "--reason", script + image)
        #expect(blocked.exitCode == 0, "\(blocked.stderr)")
        return cli
    }

    /// What Z-API, or whoever answers in its place, may have said.
    private static func change(_ cli: CLIFixture) throws {
        let queue = try DatabaseQueue(path: cli.database)
        try queue.write { db in
            try db.execute(
                sql: "UPDATE attempt SET error = ? WHERE error IS NOT NULL OR outcome <> 'accepted'",
                arguments: [script + image])
            try db.execute(
                sql: "UPDATE contact_row SET delivery_error = ? WHERE delivery IS NOT NULL", arguments: [script])
        }
        try queue.close()
    }

    private static func expectHarmless(_ answer: DashboardBrowser.Answer, _ path: String) {
        // Whoever only reads may not look for a number everywhere.
        #expect([200, 403, 422].contains(answer.status), "\(path): \(answer.status) \(answer.text)")
        // Our own script is the only one, and has an address of ours.
        let scripts = answer.text.matches(of: /<script[^>]*>/).map { String($0.output) }
        let isOurs = scripts.allSatisfy { $0.hasPrefix("<script src=\"/app.js") }
        #expect(scripts.count <= 1 && isOurs, "\(path): \(scripts)")
        #expect(!answer.text.contains("<img"), "\(path)")
        #expect(!answer.text.contains("<b>obs"), "\(path)")
        #expect(!answer.text.contains("href=\"javascript:") && !answer.text.contains("\"javascript:"), "\(path)")
        #expect(answer.headers["content-security-policy"]?.contains("script-src 'self'") == true, "\(path)")
    }

    @Test func `come out as text, for whoever operates and for whoever only reads`() async throws {
        let cli = try await Self.cli()
        let served = try await ServedDashboard(cli)
        let people = "/campaigns/camp/people"
        let all = [
            people, people + "?state=failed", people + "?state=in_doubt&reason=%3Cscript%3E",
            people + "?text=%3Cscript%3Ealert", people + "?text=ninguem", people + "?instance=%22%3E%3Cimg%3E",
            people + "/retry?state=failed", people + "/block?state=failed", people + "/5511987654393",
            "/campaigns/camp/doubts", "/campaigns/camp/doubts?reason=%22%3E%3Cimg%3E",
            "/campaigns/camp/doubts/resolve?reason=no_reply&as=not-called", "/replies", "/replies?all=yes",
            "/replies?all=yes&campaign=camp", "/blocks", "/blocks?phone=11987654309", "/events", "/events?state=other",
            "/events?instance=%3Cscript%3E", "/log", "/log?campaign=%3Cscript%3E",
        ]
        for path in all {
            for browser in [served.operating, served.reading] {
                let answer = try await browser.get(path)
                Self.expectHarmless(answer, path)
                let isFound = path == people || path.hasPrefix("/replies?all=yes") || path == "/blocks"
                if isFound { #expect(answer.text.contains("&lt;script&gt;alert(1)"), "\(path)") }
            }
        }
        for phone in Self.phones {
            Self.expectHarmless(try await served.operating.get("\(people)/55\(phone)"), phone)
        }
        let refused = try await served.operating.post(
            "/blocks", from: "/blocks", ["numbers": "\(Self.script)\n11987654310", "reason": Self.image])
        #expect(refused.status == 422 && refused.text.contains("&lt;script&gt;"))
        Self.expectHarmless(refused, "/blocks")
        Self.expectHarmless(try await served.operating.get("/blocks?phone=%3Cscript%3E"), "/blocks?phone=<script>")
        Self.expectHarmless(try await served.operating.get("/log"), "/log")
        try await served.stop()
        await cli.simulator.shutdown()
    }

    @Test func `nobody who only reads finds a phone on any page`() async throws {
        let cli = try await Self.cli()
        let served = try await ServedDashboard(cli)
        var keys: [String] = []
        let people = "/campaigns/camp/people"
        for path in [
            people, people + "?state=failed", people + "?answer=answered", people + "?text=script",
            people + "/retry?state=failed", people + "/block?state=failed", "/campaigns/camp/doubts",
            "/campaigns/camp/doubts/resolve?reason=no_reply&as=called", "/replies?all=yes", "/blocks", "/events",
            "/log",
        ] {
            let answer = try await served.reading.get(path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            Self.expectNoPhone(answer, path)
            keys += answer.text.matches(of: /people\/(~[0-9]+)"/).map { String($0.output.1) }
        }
        #expect(Set(keys).count == Self.phones.count)
        for key in Set(keys) { Self.expectNoPhone(try await served.reading.get("\(people)/\(key)"), key) }
        // Not by trying numbers, or parts of one, either.
        for number in ["87654393", "11987654393", "5511987654393"] {
            let found = try await served.reading.get(people + "?text=\(number)")
            #expect(!found.text.contains("people/~"), "\(found.text)")
            #expect(try await served.reading.get(people + "?phone=\(number)").status == 403)
            #expect(try await served.reading.get("\(people)/\(number)").status == 403)
        }
        #expect(try await served.reading.get(people + "?where=phone%20~%201198").status == 403)
        #expect(try await served.reading.get("/blocks/remove?phone=11987654309").status == 403)
        let actions = [
            people + "/retry", people + "/block", "/campaigns/camp/doubts/resolve", "/replies/decide", "/blocks",
        ]
        for path in actions {
            let answer = try await served.reading.post(
                path, from: "/blocks", ["state": "failed", "numbers": "11987654377"])
            #expect(answer.status == 403, "\(path): \(answer.status)")
        }
        #expect(try StoreReader(path: cli.database).counts(campaign: "camp").failed == 1)
        try await served.stop()
        await cli.simulator.shutdown()
    }

    private static func expectNoPhone(_ answer: DashboardBrowser.Answer, _ path: String) {
        for phone in phones + ["11987654309"] {
            #expect(!answer.text.contains(phone) && !answer.text.contains(phone.suffix(9)), "\(path): \(phone)")
            #expect(!answer.text.contains("\(phone.dropFirst(2).prefix(5))-\(phone.suffix(4))"), "\(path): \(phone)")
        }
    }
}
