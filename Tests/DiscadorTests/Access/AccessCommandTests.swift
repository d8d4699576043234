import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@testable import discador

@Suite(.fewAtATime) struct `The commands user and token` {
    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-access-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        return folder
    }

    private static func run(
        _ words: String..., in folder: URL, password: String? = nil
    ) async throws -> Program.Result {
        guard let password else { return try await Program.run(words, in: folder) }
        try Data("\(password)\n".utf8).write(to: folder.appending(path: "password"))
        return try await Program(words, in: folder, shell: "exec <password").result()
    }

    private static func reader(_ folder: URL) throws -> StoreReader {
        try StoreReader(path: folder.appending(path: "discador.db").path)
    }

    @Test func `a user has the password from standard input, or none`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = ["user", "add", "ana", "--level", "operate", "--password-stdin", "--json"]
        try Data("correct horse\n".utf8).write(to: folder.appending(path: "password"))
        let added = try await Program(words, in: folder, shell: "exec <password").result()
        #expect(added.exitCode == 0, "\(added.stderr)")
        #expect(try JSONValue(added.stdout)["hasPassword"] == true)
        let bia = try await Self.run("user", "add", "bia", in: folder)
        #expect(bia.exitCode == 0 && bia.stdout.contains("`discador user link bia` makes a link"), "\(bia.stdout)")
        let users = try Self.reader(folder).users()
        #expect(users.map(\.level) == [.operate, .read] && users.last?.password == nil)
        #expect(PasswordHash.matches("correct horse", users.first?.password))

        let again = try await Self.run("user", "add", "ana", in: folder)
        #expect(again.exitCode == 64 && again.stderr.contains("There is already a user"), "\(again.stderr)")
        let short = try await Self.run("user", "password", "bia", "--password-stdin", in: folder, password: "short")
        #expect(short.exitCode == 64 && short.stderr.contains("at least 10 characters"), "\(short.stderr)")
        let none = try await Self.run("user", "password", "bia", in: folder)
        #expect(none.exitCode == 64 && none.stderr.contains("--password-stdin"), "\(none.stderr)")
        let new = try await Self.run("user", "password", "bia", "--password-stdin", in: folder, password: "new horse 1")
        #expect(new.exitCode == 0, "\(new.stderr)")
        #expect(try PasswordHash.matches("new horse 1", Self.reader(folder).user(named: "bia")?.password))
        #expect(try await Self.run("user", "password", "bia", "--none", in: folder).exitCode == 0)
        #expect(try await Self.run("user", "level", "ana", "read", in: folder).exitCode == 0)
        #expect(try Self.reader(folder).users().map(\.level) == [.read, .read])
        let list = try await Self.run("user", "list", in: folder).stdout
        #expect(list.contains("ana   read   password") && list.contains("bia   read   links only"), "\(list)")
        #expect(try await Self.run("user", "remove", "ana", in: folder).exitCode == 0)
        let gone = try await Self.run("user", "remove", "ana", in: folder)
        #expect(gone.exitCode == 65 && gone.stderr.contains("There is no user of the name ana"), "\(gone.stderr)")
        for name in ["", "a b", "ção", String(repeating: "a", count: 41)] {
            #expect(try await Self.run("user", "add", name, in: folder).exitCode == 64, "\(name)")
        }
    }

    @Test func `a link is for one user, once, and only its hash is kept`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try await Self.run("user", "link", "ana", in: folder).exitCode == 65)
        #expect(try await Self.run("user", "add", "ana", in: folder).exitCode == 0)
        let usual = try await Self.run("user", "link", "ana", in: folder)
        #expect(usual.stdout.hasPrefix("http://127.0.0.1:7070/login/dsc_"), "\(usual.stdout) \(usual.stderr)")
        let words = ["user", "link", "ana", "--url", "https://calls.example.com/", "--json"]
        let document = try JSONValue(try await Program.run(words, in: folder).stdout)
        let path = try #require(document["path"]?.text)
        #expect(document["url"]?.text == "https://calls.example.com" + path)
        let token = try #require(AccessToken(path.replacing("/login/", with: "")))
        let bytes = try Data(contentsOf: folder.appending(path: "discador.db"))
        #expect(bytes.range(of: Data(token.text.reveal().utf8)) == nil)
        let store = try CampaignStore(
            path: folder.appending(path: "discador.db").path,
            holder: .init(pid: 1, host: "here", command: "test", since: .epoch))
        let now = SystemEnvironment.now()
        #expect(try await store.takeLoginLink(tokenHash: token.hash, now: now)?.user == "ana")
        #expect(try await store.takeLoginLink(tokenHash: token.hash, now: now) == nil)
        try store.close()
        for url in ["calls.example.com", "https://", "ftp://x", "https://a b", "https://u@h"] {
            #expect(try await Self.run("user", "link", "ana", "--url", url, in: folder).exitCode == 64, "\(url)")
        }
    }

    @Test func `a token is printed once, on stdout, and is accepted with its scopes`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = ["token", "add", "crm", "--scope", "read", "--scope", "import", "--expires", "90d"]
        let added = try await Program.run(words, in: folder)
        #expect(added.exitCode == 0 && added.stderr.contains("not shown again"), "\(added.stderr)")
        let text = added.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
        let token = try #require(AccessToken(text), "\(added.stdout)")
        let known = try #require(
            try Self.reader(folder).token(tokenHash: token.hash, now: SystemEnvironment.now()))
        #expect(known.name == "crm" && known.scopes == [.read, .import])
        #expect(known.expiresAt == known.createdAt.advanced(by: .seconds(90 * 86_400)))
        #expect(try await Program.run(words, in: folder).exitCode == 64)
        #expect(try await Self.run("token", "add", "x", in: folder).exitCode == 64)
        #expect(try await Self.run("token", "add", "x", "--scope", "all", in: folder).exitCode == 64)
        let wrong = ["token", "add", "x", "--scope", "read", "--expires", "1x"]
        #expect(try await Program.run(wrong, in: folder).exitCode == 64)
        let list = try await Self.run("token", "list", in: folder).stdout
        #expect(list.contains("crm") && list.contains("read import") && list.contains("never"), "\(list)")
        #expect(!list.contains(text))
        #expect(try await Self.run("token", "remove", "crm", in: folder).exitCode == 0)
        #expect(try await Self.run("token", "remove", "crm", in: folder).exitCode == 65)
        #expect(try Self.reader(folder).tokens().isEmpty)
    }

    @Test func `a service takes them, so that they apply at once`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try await cli.serve()
        #expect(try await cli.discador("user", "add", "ana").exitCode == 0)
        #expect(try await cli.discador("token", "add", "crm", "--scope", "read").exitCode == 0)
        let reader = try StoreReader(path: cli.database)
        #expect(try reader.users().map(\.name) == ["ana"] && reader.tokens().map(\.name) == ["crm"])
        #expect(try await cli.discador("user", "remove", "eva").exitCode == 65)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
