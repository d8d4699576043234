import Testing

/// A page of another site whose name was pointed to this machine gets nothing.
@Suite(.fewAtATime) struct `A host of somebody else` {
    private static func foreign(_ port: Int) -> [[String]] {
        [
            [], [""], ["evil.example"], ["evil.example:\(port)"], ["127.0.0.1.evil.example:\(port)"],
            ["127.0.0.1@evil.example"], ["evil.example@127.0.0.1:\(port)"], ["[::2]:\(port)"], ["[::1"], ["[::1].evil"],
            ["0.0.0.0:\(port)"], ["[::]:\(port)"], [":\(port)"], ["."], ["127.1:\(port)"], ["2130706433:\(port)"],
            ["127.0.0.1:\(port):80"], ["127.0.0.1:x"], ["127.0.0.1:\(port)", "evil.example"],
            ["evil.example", "127.0.0.1:\(port)"], ["127.0.0.1:\(port)", "127.0.0.1:\(port)"],
            ["127.0.0.1:\(port), evil.example"],
        ]
    }

    @Test func `is refused for pages, forms and streams`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let token = try await ana.formToken()
            let form = Array("token=\(token)&reason=x&numbers=5511955554321".utf8)
            let type = "Content-Type: application/x-www-form-urlencoded"
            let before = try fixture.contents()
            for hosts in Self.foreign(fixture.port) {
                for path in ["/", "/login", "/app.js", "/metrics", "/healthz", "/live?page=/", "/nowhere"] {
                    let answer = try await ana.send("GET", path, hosts: hosts)
                    #expect(Self.isRefused(answer), "\(path) \(hosts): \(answer.status)")
                }
                let origins = ["Origin: http://\(hosts.last ?? "")", "Sec-Fetch-Site: same-origin"]
                let posted = try await ana.send("POST", "/blocks", hosts: hosts, [type] + origins, body: form)
                #expect(Self.isRefused(posted), "\(hosts): \(posted.status)")
            }
            #expect(try fixture.contents() == before)
        }
    }

    /// A request without a host may be refused before it is looked at.
    private static func isRefused(_ answer: DashboardClient.Answer) -> Bool {
        (answer.status == 421 || answer.status == 400 && answer.body.isEmpty) && answer["Set-Cookie"] == nil
            && !answer.text.contains("ana")
    }

    @Test func `does not hide behind a host that is, in a target that is a whole address`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "read")
            for target in [
                "http://evil.example/", "http://evil.example:\(fixture.port)", "http://x@\(ana.host)/",
                "https://evil.example/?\(ana.host)", "HTTP://evil.example\\@\(ana.host)/",
            ] {
                let answer = try await ana.send("GET", target)
                #expect(Self.isRefused(answer), "\(target): \(answer.status)")
            }
            #expect(try await ana.send("GET", "http://\(ana.host)/", hosts: ["evil.example"]).status == 200)
        }
    }

    @Test func `is none of the ways to write its own names`() async throws {
        try await DashboardFixture.during { fixture in
            let port = fixture.port
            for host in [
                "127.0.0.1", "127.0.0.1:\(port)", "localhost", "LOCALHOST:\(port)", "LocalHost.", "localhost.:\(port)",
                "[::1]", "[::1]:\(port)", "127.0.0.1:", "localhost:1",
            ] {
                let answer = try await fixture.stranger.send("GET", "/login", hosts: [host])
                #expect(answer.status == 200, "\(host): \(answer.status)")
            }
        }
    }
}
