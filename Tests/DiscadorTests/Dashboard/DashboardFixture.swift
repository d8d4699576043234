import Foundation
import GRDB
import TestJSON
import Testing
import ZAPISimulator

/// A service with a dashboard, beside a campaign that was dialed to its end.
struct DashboardFixture {
    static let password = "correct horse battery"

    let cli: CLIFixture
    let service: Program
    let port: Int

    var stranger: DashboardClient { DashboardClient(port: port) }

    /// Calls `body` while the service runs; it has to end well.
    static func during(_ body: (DashboardFixture) async throws -> Void) async throws {
        let cli = try await CLIFixture.dialed()
        let (service, port) = try await cli.serveDashboard()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(DashboardFixture(cli: cli, service: service, port: port)))
        } catch {
            result = .failure(error)
        }
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
        try result.get()
    }

    /// Adds a user, and signs them in.
    func signIn(_ name: String, _ level: String, hasPassword: Bool = false) async throws -> DashboardClient {
        let words = ["user", "add", name, "--level", level] + (hasPassword ? ["--password-stdin"] : [])
        try cli.write(Self.password + "\n", to: cli.folder.appending(path: "password"))
        let added = try await Program(words, in: cli.folder, shell: hasPassword ? "exec <password" : nil).result()
        #expect(added.exitCode == 0, "\(added.stderr)")
        return try await follow(link(of: name))
    }

    /// The path of a new link that signs a user in.
    func link(of name: String) async throws -> String {
        let link = try await cli.discador("user", "link", name, "--json")
        return try #require(try JSONValue(link.stdout)["path"]?.text, "\(link.stderr)")
    }

    /// Signs in by a link.
    func follow(_ link: String) async throws -> DashboardClient {
        let answer = try await stranger.post(link, token: nil)
        #expect(answer.status == 303, "\(answer.text)")
        return try DashboardClient(port: port, cookie: Self.cookie(answer))
    }

    /// A cookie that was set, as it is sent back.
    static func cookie(_ answer: DashboardClient.Answer) throws -> String {
        String(try #require(answer["Set-Cookie"], "\(answer.status) \(answer.text)").prefix { $0 != ";" })
    }

    /// Everything in the database, except when a token was last used.
    func contents() throws -> [String: [String]] {
        try DatabaseQueue(path: cli.database).read { db in
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            return try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    let rows = try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"")
                    return (table, rows.map { $0.filter { $0.0 != "last_used_at" }.description }.sorted())
                })
        }
    }
}

extension CLIFixture {
    /// Starts the service with a dashboard.
    func serveDashboard(_ arguments: String...) async throws -> (service: Program, port: Int) {
        let service = try Program(
            ["serve", "--verbose", "--listen", "127.0.0.1:0"] + arguments, in: folder, environment: Self.environment)
        let line = try #require(await service.nextLine(with: "the dashboard is served"), "no dashboard")
        let port = try #require(line.firstMatch(of: /port=(\d+)/).flatMap { Int($0.output.1) }, "\(line)")
        try await service.wait(for: " serves ", count: 1)
        return (service, port)
    }
}
