import CampaignCore
import CampaignFile
import Foundation
import TestJSON
import Testing

@testable import discador

/// `discador init`.
@Suite(.fewAtATime) struct `A new campaign's folder` {
    private static let environment = [
        "ZAPI_INSTANCE_ID": "3C01A7B2", "ZAPI_INSTANCE_TOKEN": "F0A1B2C3D4E5", "ZAPI_CLIENT_TOKEN": "F9E8D7C6B5A4",
        "NOTIFY_URL": "https://example.com/hook", "NOTIFY_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "discador-init-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func discador(_ arguments: String..., environment: [String: String] = [:]) async throws -> Program.Result {
        try await Program.run(arguments, in: folder, environment: environment)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    @Test(arguments: ["en", "pt_BR.UTF-8"])
    func `has everything that an import needs, once its secrets are filled in`(language: String) async throws {
        defer { remove() }
        let made = try await discador("init", "Cobrança de Maio", environment: ["LC_ALL": language])
        #expect(made.exitCode == 0, "\(made.stderr)")
        #expect(made.stdout.contains("discador check 'Cobrança de Maio'"), "\(made.stdout)")
        #expect(made.stdout.hasPrefix(language == "en" ? "The campaign " : "A campanha "), "\(made.stdout)")
        let names = ["campaign.yml", "contatos.csv", ".env", ".gitignore"]
        let path = folder.appending(path: "Cobrança de Maio").path
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: path)) == Set(names))
        for name in names {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }

        let check = try await discador("check", "Cobrança de Maio")
        #expect(check.exitCode == 65)
        let problems = check.stderr.components(separatedBy: "\n").filter { $0.contains("campaign.yml:") }
        #expect(!problems.isEmpty && problems.allSatisfy { $0.contains("variable ZAPI_") }, "\(check.stderr)")

        // The env file is one: its values only have to be written behind the signs.
        let secrets = try text("Cobrança de Maio/.env").components(separatedBy: "\n").map { line in
            line.hasSuffix("=") ? line + (Self.environment[String(line.dropLast())] ?? "") : line
        }
        try Data(secrets.joined(separator: "\n").utf8).write(to: folder.appending(path: "Cobrança de Maio/.env"))
        let preview = try await discador("import", "Cobrança de Maio", "--preview", "--json")
        #expect(preview.exitCode == 0, "\(preview.stderr)")
        #expect(try await discador("import", "Cobrança de Maio").exitCode == 0)
        let status = try JSONValue(try await discador("status", "cobranca-de-maio", "--json").stdout)
        #expect(status["campaigns"]?[0]?["counts"]?["ready"] == 3, "\(status)")
    }

    @Test(arguments: Language.allCases)
    func `has a campaign file that the reader takes, also with everything in it that is off`(language: Language) throws
    {
        defer { remove() }
        let file = CampaignTemplate.file(name: "sample")[language]
        let campaign = try CampaignFile.parse(file, path: "campaign.yml", environment: Self.environment)
        #expect(campaign.name == "sample" && campaign.instances.count == 1)
        let all = file.components(separatedBy: "\n").map { line in
            line.hasPrefix("#    ") || line.firstMatch(of: /^#[a-zA-Z]/) != nil ? String(line.dropFirst()) : line
        }.joined(separator: "\n")
        #expect(throws: Never.self) {
            try CampaignFile.parse(all, path: "campaign.yml", environment: Self.environment)
        }
        let schema = try JSONValue(
            String(contentsOf: MarkdownFile.root.appending(path: "campaigns/campaign.schema.json"), encoding: .utf8))
        let parts =
            [schema, schema["definitions"]?["instance"], schema["definitions"]?["window"]]
            + (schema["properties"]?.members.values.map { $0 } ?? [])
        let keys = Set(parts.flatMap { $0?["properties"]?.members.keys.map { $0 } ?? [] })
        #expect(keys.count > 40)
        for key in keys { #expect(all.contains(try Regex("(^|[ {])\(key):( |$)").anchorsMatchLineEndings()), "\(key)") }
    }

    @Test func `is written in none where one of its files is already`() async throws {
        defer { remove() }
        for name in ["campaign.yml", "contatos.csv", ".env"] {
            let camp = folder.appending(path: "camp-\(name)")
            try FileManager.default.createDirectory(at: camp, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: camp.appending(path: name))
            let result = try await discador("init", "camp-\(name)")
            #expect(result.exitCode == 64 && result.stderr.contains("already exists"), "\(result.stderr)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: camp.path) == [name])
            #expect(try text("camp-\(name)/\(name)") == "mine")
        }
    }

    @Test func `leaves a list of ignored files as it is, and takes this folder where none is named`() async throws {
        defer { remove() }
        try Data("mine".utf8).write(to: folder.appending(path: ".gitignore"))
        let result = try await discador("init", "--json")
        #expect(result.exitCode == 0, "\(result.stderr)")
        let document = try JSONValue(result.stdout)
        #expect(document["files"]?.items.compactMap(\.text) == ["campaign.yml", "contatos.csv", ".env"])
        #expect(try text(".gitignore") == "mine")
        #expect(try text("campaign.yml").contains("\nname: \(document["name"]?.text ?? "?")\n"))
    }

    @Test(arguments: [
        ("Cobrança novembro", "cobranca-novembro"), ("2ª via (São Paulo)", "2-via-sao-paulo"), ("_x", "x"),
        ("a/b", "a-b"), ("ação!", "acao"), ("日本", nil), ("", nil),
    ])
    func `names the campaign like itself, as far as a name may be so`(folder: String, name: String?) {
        #expect(CampaignTemplate.name(of: folder) == name)
    }
}
