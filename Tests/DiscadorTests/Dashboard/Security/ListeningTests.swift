import Foundation
import Testing
import ZAPISimulator

/// Where the dashboard may listen, and what has to be there first.
@Suite(.fewAtATime) struct `Beyond this machine` {
    @Test(arguments: [
        (["--listen", "0.0.0.0:0"], "plain HTTP"), (["--listen", "[::]:0"], "plain HTTP"),
        (["--listen", "192.0.2.1:7070"], "plain HTTP"),
        (["--listen", "0.0.0.0:0", "--public-host", "a.example"], "plain"),
        (["--listen", "0.0.0.0:0", "--behind-proxy"], "--public-host"),
        (["--listen", "127.0.0.1:0", "--behind-proxy"], "--public-host"),
        (["--listen", "0.0.0.0:0", "--behind-proxy", "--public-host", "a.example"], "no user has a password"),
        (["--public-host", "a.example"], "--listen"), (["--listen", "nonsense"], "--listen"),
    ])
    func `the dashboard is not served without HTTPS, and without a password`(words: [String], why: String) async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-listen-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let refused = try await Program.run(["serve"] + words, in: folder)
        #expect(refused.exitCode == 64 && refused.stderr.contains(why), "\(refused.exitCode): \(refused.stderr)")
        // A link alone is not enough: it would be read by whoever sees the terminal.
        #expect(try await Program.run(["user", "add", "ana", "--level", "operate"], in: folder).exitCode == 0)
        #expect(try await Program.run(["serve"] + words, in: folder).exitCode == 64)
    }

    @Test func `a proxy's host and scheme count, cookies are for HTTPS, and metrics need a token`() async throws {
        let cli = try await CLIFixture.dialed()
        let (service, port) = try await cli.serveDashboard("--behind-proxy", "--public-host", "painel.example.com")
        let fixture = DashboardFixture(cli: cli, service: service, port: port)
        let added = try await cli.discador("user", "add", "ana", "--level", "operate")
        #expect(added.exitCode == 0)
        let nobody = fixture.stranger
        let hosts = ["painel.example.com"]
        func post(_ origin: String) async throws -> DashboardClient.Answer {
            let type = "Content-Type: application/x-www-form-urlencoded"
            return try await nobody.send(
                "POST", fixture.link(of: "ana"), hosts: hosts, [type, "Origin: \(origin)"])
        }
        for origin in ["http://painel.example.com", "https://painel.example.com:8443", "https://evil.example"] {
            #expect(try await post(origin).status == 403, "\(origin)")
        }
        let answer = try await post("https://painel.example.com")
        let cookie = try #require(answer["Set-Cookie"], "\(answer.text)")
        #expect(cookie.hasPrefix("__Host-discador_session="))
        let flags = Set(cookie.components(separatedBy: "; ").dropFirst())
        #expect(flags == ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict", "Secure"])
        let ana = DashboardClient(port: port, cookie: try DashboardFixture.cookie(answer))
        #expect(try await ana.send("GET", "/", hosts: hosts).status == 200)
        // What says otherwise who asks, and for what, is anybody's.
        let forwarded = ["X-Forwarded-Host: painel.example.com", "Forwarded: host=painel.example.com"]
        #expect(try await ana.send("GET", "/", hosts: ["evil.example"], forwarded).status == 421)

        let token = try await cli.discador("token", "add", "prometheus", "--scope", "read")
        let secret = try #require(token.stdout.firstMatch(of: /dsc_[A-Za-z0-9_-]{43}/)).output
        for headers in [
            [], ["Authorization: Bearer"], ["Authorization: Bearer dsc_\(String(repeating: "A", count: 43))"],
            ["Authorization: Basic \(secret)"], ["Authorization: Bearer \(secret)x"], ["Cookie: token=\(secret)"],
        ] {
            let refused = try await ana.send("GET", "/metrics", hosts: hosts, headers)
            #expect(refused.status == 401 && refused["WWW-Authenticate"] != nil, "\(headers)")
        }
        let metrics = try await nobody.send("GET", "/metrics", hosts: hosts, ["Authorization: Bearer \(secret)"])
        #expect(metrics.status == 200 && metrics.text.contains("discador_"))
        #expect(try await cli.discador("token", "remove", "prometheus").exitCode == 0)
        let gone = try await nobody.send("GET", "/metrics", hosts: hosts, ["Authorization: Bearer \(secret)"])
        #expect(gone.status == 401)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
