import Foundation
import Testing

/// Requests that are not what browsers send.
@Suite(.fewAtATime) struct `A hostile request` {
    @Test func `leads no browser to another site`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "read", hasPassword: true)
            let token = try await ana.formToken()
            for path in [
                "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)",
                "/login", "/login/x", "/ok\r\nSet-Cookie: discador_session=x", "/ok\nX: y", "/\t/evil.example",
                " //evil.example", "/é", "evil.example", "",
            ] {
                let fields: KeyValuePairs = [
                    "name": "ana", "password": DashboardFixture.password, "next": path, "back": path, "to": "en",
                ]
                for (client, target, token) in [
                    (fixture.stranger, "/login", nil), (ana, "/language", token),
                    (fixture.stranger, "/login?next=\(DashboardClient.encoded(path))", String?.none),
                ] {
                    let answer = try await client.post(target, token: token, fields)
                    #expect(answer.status == 303 && answer["Location"] == "/", "\(target) \(path): \(answer.headers)")
                    #expect(answer["X"] == nil && answer.all("Set-Cookie").count == 1)
                }
            }
            let path = "/%2F%2Fevil.example?a=%0D%0AX:y"
            #expect(try await ana.post("/language", token: token, ["to": "en", "back": path])["Location"] == path)
            let asked = try await fixture.stranger.get("/log?a=%0D%0AX:y")
            #expect(asked.status == 303 && asked["Location"]?.hasPrefix("/login?next=%2Flog%3Fa") == true)
        }
    }

    @Test func `finds no file and no other page by a part of its path`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            for part in [
                "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "camp%00", "%00", "%252e%252e%252f", "%",
                "%zz", "%+1", "%ff%fe", "camp%2f", "camp;x", "%c0%ae%c0%ae", String(repeating: "a", count: 7_000),
            ] {
                let people = "/campaigns/camp/people/\(part)"
                for path in ["/campaigns/\(part)", people, "/\(part)/app.css", "/login/\(part)"] {
                    let answer = try await ana.get(path)
                    #expect([200, 404, 422].contains(answer.status), "\(path.prefix(60)): \(answer.status)")
                    #expect(answer.status != 200 || path.hasPrefix("/login/"), "\(path.prefix(60))")
                    #expect(!answer.text.contains("root:"))
                }
            }
        }
    }

    @Test func `has its limits, and costs nothing beyond them`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let token = try await ana.formToken()
            let many = (0..<1_500).map { "f\($0)=\($0)" }.joined(separator: "&")
            #expect(try await ana.get("/log?\(many)").status == 200)
            let deep = (0..<2_000).reduce("x") { text, _ in "%25" + text }
            #expect(try await ana.get("/log?a=\(deep)").status == 200)
            let type = "Content-Type: application/x-www-form-urlencoded"
            let fields = "token=\(token)&to=en&" + (0..<10_000).map { "a\($0 % 10)=" }.joined(separator: "&")
            for (form, status) in [
                (fields, 303),
                ("token=\(token)&a=" + String(repeating: "a", count: 64 * 1_024), 413),
                ("token=\(token)&a=" + String(repeating: "%", count: 60_000), 303),
                ("token=\(token)&\u{FFFD}=%ff", 303),
            ] {
                let answer = try await ana.send("POST", "/language", [type] + ana.sameOrigin, body: Array(form.utf8))
                #expect(answer.status == status, "\(form.prefix(80))")
            }
            let wrong = try await ana.send("POST", "/language", ana.sameOrigin, body: [0xFF, 0xFE])
            #expect(wrong.status == 415)
            // Refused before anything is answered, or with nothing in it.
            for head in [
                ana.head("GET", "/", ["X: " + String(repeating: "a", count: 70_000)]),
                ana.head("GET", "/", (0..<2_000).map { "X\($0): a" }),
                ana.head("GET", "/" + String(repeating: "a", count: 200_000)),
            ] {
                let bytes = await (try ana.connection(sending: head)).rest()
                let status = try? DashboardClient.Answer(bytes).status
                #expect(status.map { (400..<500).contains($0) } ?? true, "\(status ?? 0)")
            }
            #expect(try await ana.get("/").status == 200)
        }
    }

    @Test func `does not carry another one in its body`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let token = try await ana.formToken()
            let before = try fixture.contents()
            let form = "token=\(token)&numbers=5511955554321&reason=x"
            let hidden =
                "POST /blocks HTTP/1.1\r\nHost: \(ana.host)\r\nCookie: \(ana.cookie ?? "")\r\n"
                + "Origin: http://\(ana.host)\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: \(form.utf8.count)\r\nConnection: close\r\n\r\n\(form)"
            let begin = "POST /language HTTP/1.1\r\nHost: \(ana.host)\r\n"
            for lengths in [
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 0\r\nContent-Length: 5\r\n", "Transfer-Encoding: identity, chunked, x\r\n",
                "Content-Length: -1\r\n", "Content-Length: +0\r\n", "Content-Length: 0x0\r\n",
                "Transfer-Encoding : chunked\r\n", "Content-Length: 99999999999999999999\r\n",
            ] {
                let bytes = await (try ana.connection(sending: begin + lengths + "\r\n0\r\n\r\n" + hidden)).rest()
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.components(separatedBy: "HTTP/1.1 ").count <= 2, "\(lengths): \(text)")
            }
            // One that is refused before its body was read does not leave that to the next.
            let refused = begin + "Content-Length: \(hidden.utf8.count)\r\n\r\n" + hidden
            let next = "GET /healthz HTTP/1.1\r\nHost: \(ana.host)\r\nConnection: close\r\n\r\n"
            let both = String(decoding: await (try ana.connection(sending: refused + next)).rest(), as: UTF8.self)
            #expect(both.hasPrefix("HTTP/1.1 403") && !both.contains("303"), "\(both)")
            #expect(try fixture.contents() == before)
        }
    }

    @Test func `in pieces is read like one that is whole`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let form = "token=\(try await ana.formToken())&to=en&back=/log"
            let head =
                "POST /language HTTP/1.1\r\nHost: \(ana.host)\r\nCookie: \(ana.cookie ?? "")\r\n"
                + "Origin: http://\(ana.host)\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            let pieces = form.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
            let answer = try DashboardClient.Answer(await (try ana.connection(sending: head + pieces)).rest())
            #expect(answer.status == 303 && answer["Location"] == "/log")
        }
    }

    @Test func `says by cookies what it likes, and pages stay as they are`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "read")
            for value in [
                "../../etc/passwd", "<script>alert(1)</script>", "\"><b>", String(repeating: "A/", count: 1_500), "%00",
                "Etc/GMT+99", "",
            ] {
                var client = ana
                client.cookie = "discador_zone=\(value); discador_language=\(value); \(ana.cookie ?? "")"
                for path in ["/", "/campaigns/camp", "/log", "/live?once&page=/"] {
                    let answer = try await client.get(path)
                    #expect(answer.status == 200, "\(value.prefix(40)) \(path): \(answer.status)")
                    #expect(value.isEmpty || !answer.text.contains(value) || value == "%00", "\(value.prefix(40))")
                }
            }
        }
    }
}
