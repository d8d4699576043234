import Testing

/// What another site lets a browser send changes nothing, also with the right token and cookie.
@Suite(.fewAtATime) struct `A request from another site` {
    @Test func `changes nothing`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let fields = [
                ("token", try await ana.formToken()), ("numbers", "+55 11 95555-4321"), ("reason", "asked for it"),
            ]
            let (own, host) = ("http://\(ana.host)", ana.host)
            let foreign: [[String]] = [
                [], ["Origin: null"], ["Origin:"], ["Origin: http://evil.example"], ["Origin: https://\(host)"],
                ["Origin: http://127.0.0.1"], ["Origin: http://127.0.0.1:1"], ["Origin: http://localhost:\(ana.port)"],
                ["Origin: \(own)/"], ["Origin: \(own).evil.example"], ["Origin: http://x@\(host)"], ["Origin: \(host)"],
                ["Origin: \(own)", "Origin: http://evil.example"], ["Origin: \(own), http://evil.example"],
                ["Sec-Fetch-Site: cross-site"], ["Sec-Fetch-Site: same-site"], ["Sec-Fetch-Site: none"],
                ["Sec-Fetch-Site: cross-site", "Origin: \(own)"], ["Sec-Fetch-Site: same-site", "Origin: \(own)"],
                ["Sec-Fetch-Site: same-origin", "Origin: null"],
                ["Sec-Fetch-Site: same-origin", "Origin: http://evil.example"],
                ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"],
                ["Sec-Fetch-Site: SAME-ORIGIN"], ["Referer: \(own)/blocks"],
            ]
            let before = try fixture.contents()
            for headers in foreign {
                for path in ["/blocks", "/campaigns/camp/pause", "/login", "/logout", "/language"] {
                    let answer = try await ana.post(path, fields, headers)
                    #expect(answer.status == 403, "\(path) \(headers): \(answer.status)")
                    #expect(answer["Set-Cookie"] == nil && answer.formToken == nil)
                }
            }
            #expect(try fixture.contents() == before)
            #expect(try await ana.get("/").status == 200)
        }
    }

    @Test func `is not one of a browser that says less than others, and of a page of its own`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let fields = [("token", try await ana.formToken()), ("to", "pt"), ("back", "/log")]
            for headers in [
                ["Origin: http://\(ana.host)"], ["Sec-Fetch-Site: same-origin"], ["Origin: HTTP://\(ana.host)"],
                ana.sameOrigin,
            ] {
                let answer = try await ana.post("/language", fields, headers)
                #expect(answer.status == 303 && answer["Location"] == "/log", "\(headers): \(answer.status)")
            }
        }
    }
}
