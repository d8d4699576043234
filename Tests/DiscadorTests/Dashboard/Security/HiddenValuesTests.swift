import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

/// What no page says to anybody, and what those do not see who only look.
@Suite(.fewAtATime) struct `What is hidden` {
    /// As they stand in the environment of the service and in the campaign file.
    private static let secrets = Array(CLIFixture.environment.values) + ["${TOKEN}", "${CLIENT_TOKEN}", "/token/"]

    @Test func `are secrets, on every page, for whoever may do everything`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let seen = try await Self.everything(ana)
            #expect(seen.count > 20, "\(seen.keys.sorted())")
            let session = try #require(ana.cookie?.dropFirst("discador_session=".count))
            for (path, text) in seen {
                for secret in Self.secrets + [fixture.cli.simulator.baseURL, String(session)] {
                    #expect(!text.contains(secret), "\(path) has \(secret)")
                }
            }
            // Whoever may operate sees phones, so the other test looks for what is there.
            #expect(seen.contains { Self.digits($0.value).contains("11987654393") })
        }
    }

    @Test func `are phones, on every page, for whoever may only look`() async throws {
        try await DashboardFixture.during { fixture in
            let block = try await fixture.cli.discador("block", "add", "+55 11 95555-4321")
            #expect(block.exitCode == 0, "\(block.stderr)")
            let rui = try await fixture.signIn("rui", "read")
            let seen = try await Self.everything(rui)
            #expect(seen.count > 15, "\(seen.keys.sorted())")
            var phones = ["11955554321"]
            try StoreReader(path: fixture.cli.database).forEachContact(campaign: "camp") {
                phones.append(String($0.phone.text.suffix(11)))
            }
            #expect(phones.count == 7)
            for (path, text) in seen {
                for phone in phones { #expect(!Self.digits(text).contains(phone), "\(path) has \(phone)") }
            }
        }
    }

    @Test func `are secrets and phones, in what the service logs`() async throws {
        let cli = try await CLIFixture.dialed()
        let (service, port) = try await cli.serveDashboard()
        let fixture = DashboardFixture(cli: cli, service: service, port: port)
        let ana = try await fixture.signIn("ana", "operate", hasPassword: true)
        _ = try await Self.everything(ana)
        let wrong: KeyValuePairs = ["name": "ana", "password": "wrong horse 5511987654393"]
        _ = try await fixture.stranger.post("/login", token: nil, wrong)
        _ = try await ana.get("/campaigns/camp/people/5511987654393?q=5511987654393&token=secret-of-mine")
        let token = try await ana.formToken()
        _ = try await ana.post("/blocks", token: token, ["numbers": "+55 11 95555-4321", "reason": "x"])
        await service.send(SIGTERM)
        let result = try await service.result()
        await cli.simulator.shutdown()
        let session = try #require(ana.cookie?.dropFirst("discador_session=".count))
        let own = [DashboardFixture.password, "wrong horse", "secret-of-mine", String(session), token]
        let hidden = Self.secrets + own + [cli.simulator.baseURL]
        for text in [result.stdout, result.stderr] {
            for secret in hidden { #expect(!text.contains(secret), "\(secret)") }
            for phone in ["11987654393", "11955554321"] { #expect(!Self.digits(text).contains(phone)) }
        }
    }

    /// A text without what people write between the digits of phones.
    private static func digits(_ text: String) -> String {
        var text = text
        for space in [" ", "-", "(", ")", ".", "\u{A0}", "%20", "%2D"] { text = text.replacing(space, with: "") }
        return text
    }

    /// Every page that a browser comes to by links, with what is sent of it later, and the other addresses.
    private static func everything(_ client: DashboardClient) async throws -> [String: String] {
        var seen: [String: String] = [:]
        var next = ["/", "/login", "/metrics", "/healthz", "/readyz", "/app.js", "/app.css"]
        while let path = next.popLast(), seen.count < 200 {
            guard seen[path] == nil else { continue }
            let answer = try await client.get(path)
            #expect(answer.status == 200 || answer.status == 303 || answer.status == 403, "\(path): \(answer.status)")
            let headers = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            seen[path] = headers + "\n\n" + answer.text
            guard answer["Content-Type"]?.hasPrefix("text/html") == true else { continue }
            for link in answer.text.matches(of: /(?:href|data-stream)="(\/[^"#]*)/) {
                let target = String(link.output.1).replacing("&amp;", with: "&")
                next.append(target.hasPrefix("/live") ? target + "&once=" : target)
            }
        }
        return seen
    }
}
