import Foundation
import Testing

/// Signing in and out, as a browser, or somebody else, sees it.
@Suite(.fewAtATime) struct `A session` {
    @Test func `has a cookie that scripts and other sites never get`() async throws {
        try await DashboardFixture.during { fixture in
            _ = try await fixture.signIn("ana", "operate")
            let answer = try await fixture.stranger.post(fixture.link(of: "ana"), token: nil)
            let parts = try #require(answer["Set-Cookie"]).components(separatedBy: "; ")
            #expect(Set(parts.dropFirst()) == ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict"])
            #expect(parts[0].wholeMatch(of: /discador_session=[0-9a-f]{64}/) != nil)
            // Its text is nowhere in the database.
            let text = String(parts[0].dropFirst("discador_session=".count))
            let isKept = try fixture.contents().values.joined().contains { $0.contains(text) }
            #expect(!isKept)
        }
    }

    @Test func `is never one that the browser brought, and ends the one before it`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate", hasPassword: true)
            let chosen = "discador_session=" + String(repeating: "a", count: 64)
            let fixed = DashboardClient(port: fixture.port, cookie: chosen)
            let fields: KeyValuePairs = ["name": "ana", "password": DashboardFixture.password]
            let first = try await fixed.post("/login", token: nil, fields)
            #expect(first.status == 303)
            #expect(try DashboardFixture.cookie(first) != chosen)
            #expect(try await fixed.get("/").status == 303)

            let again = try await ana.post(fixture.link(of: "ana"), token: ana.formToken())
            let next = DashboardClient(port: fixture.port, cookie: try DashboardFixture.cookie(again))
            #expect(try await next.get("/").status == 200)
            #expect(try await ana.get("/").status == 303)
            // Whoever is signed in may sign in as somebody else, by a form of their own only.
            #expect(try await next.post("/login", token: nil, fields).status == 403)
            let page = try await next.get("/login")
            #expect(try await next.post("/login", token: page.formToken, fields).status == 303)
        }
    }

    @Test func `ends on the server, for whoever has a copy of the cookie too`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "read")
            let token = try await ana.formToken()
            let other = try await fixture.follow(fixture.link(of: "ana"))
            let left = try await ana.post("/logout", token: token)
            #expect(left.status == 303 && left["Location"] == "/login")
            #expect(left["Set-Cookie"]?.contains("Max-Age=0") == true)
            #expect(try await ana.get("/").status == 303)
            #expect(try await ana.post("/logout", token: token).status == 303)
            #expect(try await ana.get("/live?once&page=/", ["Sec-Fetch-Mode: cors"]).status == 401)
            #expect(try await other.get("/").status == 200)
        }
    }

    @Test(arguments: [["user", "remove", "ana"], ["user", "level", "ana", "read"]])
    func `ends at once when its user may do less, also for a page that is open`(words: [String]) async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let token = try await ana.formToken()
            let stream = try ana.connection(sending: ana.head("GET", "/live?page=/campaigns/camp"))
            let begin = await stream.text(until: "event: regions")
            #expect(begin.contains("text/event-stream") && begin.contains("no-store"))
            let changed = try await Program.run(words, in: fixture.cli.folder)
            #expect(changed.exitCode == 0, "\(changed.stderr)")
            #expect(try await ana.post("/campaigns/camp/pause", token: token)["Location"] == "/login")
            #expect(try await ana.get("/").status == 303)
            let rest = String(decoding: await stream.rest(), as: UTF8.self)
            #expect(rest.contains("event: over"), "\(rest)")
        }
    }

    @Test func `begins by a link that works once, and that looking at it does not use up`() async throws {
        try await DashboardFixture.during { fixture in
            _ = try await fixture.signIn("ana", "read")
            let link = try await fixture.link(of: "ana")
            for method in ["GET", "GET", "HEAD"] {
                #expect(try await fixture.stranger.send(method, link)["Set-Cookie"] == nil)
            }
            // Of several who come with it at the same time, one gets in.
            let stranger = fixture.stranger
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await stranger.post(link, token: nil).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 == 303 }.count == 1 && answers.filter { $0 == 404 }.count == 7, "\(answers)")
            let old = try await fixture.link(of: "ana")
            let changed = try await fixture.cli.discador("user", "level", "ana", "operate")
            #expect(changed.exitCode == 0)
            #expect(try await fixture.stranger.post(old, token: nil).status == 404)
        }
    }

    @Test func `is not found by guessing, and links still work meanwhile`() async throws {
        try await DashboardFixture.during { fixture in
            _ = try await fixture.signIn("ana", "read", hasPassword: true)
            let stranger = fixture.stranger
            let statuses = try await withThrowingTaskGroup(of: DashboardClient.Answer.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        try await stranger.post(
                            "/login", token: nil, ["name": "ana", "password": "wrong horse \(number)"])
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { [401, 429].contains($0.status) && $0["Set-Cookie"] == nil })
            let waits = statuses.filter { $0.status == 429 }
            #expect(!waits.isEmpty && waits.allSatisfy { Int($0["Retry-After"] ?? "") ?? 0 > 0 })
            #expect(try await fixture.follow(fixture.link(of: "ana")).get("/").status == 200)
        }
    }
}
