import ArgumentParser
import CampaignCore
import CampaignStore
import Dashboard
import Foundation
import Logging
import Testing
import ZAPI
import ZAPISimulator

@testable import discador

/// Each address that the program has, so that none is forgotten.
@Suite(.fewAtATime) struct `Every address of the dashboard` {
    private static let token = String(repeating: "0", count: 64)

    @Test func `changes nothing without the token of the session's own forms, or without the level`() async throws {
        let routes = try await Self.routes().filter { $0.method != .get }
        #expect(routes.count > 10)
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let leo = try await fixture.signIn("leo", "operate")
            let rui = try await fixture.signIn("rui", "read")
            let (foreign, read) = (try await leo.formToken(), try await rui.formToken())
            let before = try fixture.contents()
            for route in routes {
                let path = Self.path(route)
                switch route.access {
                case .scope, .metrics:
                    for client in [ana, rui, fixture.stranger] {
                        let answer = try await client.send(route.method.rawValue, path, client.sameOrigin)
                        #expect(answer.status == 401, "\(path): \(answer.status)")
                    }
                case .level(let level):
                    for token in [nil, "", Self.token, foreign] {
                        let answer = try await Self.post(ana, route, path, token: token)
                        #expect(answer.status == 403, "\(path): \(answer.status)")
                    }
                    let nobody = try await Self.post(fixture.stranger, route, path, token: nil)
                    #expect(nobody.status == 303 && nobody["Location"] == "/login", "\(path): \(nobody.status)")
                    guard level == .operate else { continue }
                    let answer = try await Self.post(rui, route, path, token: read)
                    #expect(answer.status == 403, "\(path): \(answer.status)")
                case .everyone:
                    let answer = try await Self.post(ana, route, path, token: nil)
                    #expect(answer.status == 403, "\(path): \(answer.status)")
                }
            }
            #expect(try fixture.contents() == before)
        }
    }

    @Test func `changes nothing when it is only looked at, and knows no other method`() async throws {
        let routes = try await Self.routes()
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let rui = try await fixture.signIn("rui", "read")
            let before = try fixture.contents()
            for pattern in Set(routes.map(\.pattern)) {
                let own = routes.filter { $0.pattern == pattern }
                let path = Self.path(own[0])
                let known = Set(own.map(\.method.rawValue))
                for method in ["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "GET", "POST", "PURGE"]
                where !known.contains(method) {
                    let answer = try await ana.send(method, path, ana.sameOrigin)
                    #expect(answer.status == 405, "\(method) \(path): \(answer.status)")
                    #expect(answer["Allow"] != nil)
                }
                guard known.contains("GET"), pattern != "/live" else { continue }
                let answer = try await ana.get(path)
                #expect(answer.status < 500, "\(path): \(answer.text)")
                if own.contains(where: { $0.method == .get && $0.access == .level(.operate) }) {
                    #expect(try await rui.get(path).status == 403, "\(path)")
                }
                for page in [path, path + "?sure=yes&token=x&as=called&numbers=5511955554321"] {
                    let live = try await ana.get("/live?once&page=\(DashboardClient.encoded(page))")
                    #expect(live.status < 500, "\(page): \(live.text)")
                }
            }
            #expect(try fixture.contents() == before)
        }
    }

    @Test func `is answered so that nothing of it is kept, framed, or run from elsewhere`() async throws {
        let routes = try await Self.routes().filter { $0.method == .get && $0.pattern != "/live" }
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let missing = ["/nowhere", "/campaigns/none", "/campaigns/camp/people/none"]
            for path in routes.map(Self.path) + missing {
                for client in [ana, fixture.stranger] {
                    Self.expectSafe(try await client.get(path), path)
                    Self.expectSafe(try await client.send("POST", path), path)
                    Self.expectSafe(try await client.send("GET", path, hosts: ["evil.example"]), path)
                }
            }
        }
    }

    private static func expectSafe(_ answer: DashboardClient.Answer, _ path: String) {
        let policy = answer["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(path)")
        #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("data:"), "\(path)")
        #expect(answer["X-Content-Type-Options"] == "nosniff", "\(path)")
        #expect(answer.all("Access-Control-Allow-Origin") == [])
        let isAsset = answer.status == 200 && ["/app.css", "/app.js", "/icon.svg"].contains(path)
        #expect(answer["Cache-Control"] == (isAsset ? "public, max-age=31536000, immutable" : "no-store"), "\(path)")
        // What the policy forbids must not be there either: it would not work.
        let inline = /<script(?![^>]* src=)[^>]*>|<[a-z][^>]* (?:on[a-z]+|style)="|<style|javascript:/
        #expect(answer.text.firstMatch(of: inline) == nil || answer["Content-Type"]?.hasPrefix("text/html") == false)
    }

    // MARK: The addresses

    private static func post(
        _ client: DashboardClient, _ route: DashboardRoute, _ path: String, token: String?
    ) async throws -> DashboardClient.Answer {
        guard case .stream = route.body else { return try await client.post(path, token: token) }
        let fields = token.map { "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\($0)\r\n" } ?? ""
        let file =
            "--b\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\n\r\ntelefone\r\n--b--\r\n"
        let type = "Content-Type: multipart/form-data; boundary=b"
        return try await client.send("POST", path, [type] + client.sameOrigin, body: Array((fields + file).utf8))
    }

    private static func path(_ route: DashboardRoute) -> String {
        let values = [":campaign": "camp", ":person": "5511987654393"]
        let parts = route.pattern.split(separator: "/").map {
            values[String($0)] ?? ($0.hasPrefix(":") ? "1" : "\($0)")
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Those of the server that `serve` runs.
    private static func routes() async throws -> [DashboardRoute] {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let options = try GlobalOptions.parse(["--db", cli.database, "--quiet"])
        let logger = Logger(label: "routes") { _ in SwiftLogNoOpLogHandler() }
        let host = DialingHost(
            store: try options.openStore(for: RunLabel.service),
            setting: DialingSession.Setting(command: RunLabel.service, isService: true, options: options),
            pool: try ConnectionPool(for: [], connections: 1, output: options.output), logger: logger)
        var routes: [DashboardRoute] = []
        try await host.withSession { session in
            let pages = DashboardHost(
                session: session, options: options, environmentFile: nil, measurements: ServiceMeasurements(),
                logger: logger)
            let reads = StoreReads(host.store)
            let configuration = DashboardConfiguration(host: "127.0.0.1", port: 0, isLoopback: true)
            routes = try pages.server(configuration, host.context(session), reads).routes
            try await reads.close()
        }
        await cli.simulator.shutdown()
        return routes
    }
}
