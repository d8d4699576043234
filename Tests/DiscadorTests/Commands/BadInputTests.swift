import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// What can be wrong, each with its own message and exit code; nothing is left half done.
@Suite(.fewAtATime) struct `Bad input` {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var exitCode: Int32
        /// Must all be in the message.
        var says: [String]
        var prepare: @Sendable (CLIFixture) throws -> Void = { _ in }
        var environment = CLIFixture.environment

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a campaign file that is missing", arguments: ["import", "nowhere"], exitCode: 65,
            says: ["nowhere: there is no such folder here", "Campaigns here: camp.", "its campaign.yml or"]),
        Case(
            name: "a campaign that is mistyped", arguments: ["run", "camo"], exitCode: 65,
            says: ["Did you mean `camp`?"]),
        Case(
            name: "a name in the place of a number", arguments: ["forget", "Célia"], exitCode: 64,
            says: ["“Célia” is not a phone number. Write only the number; `discador contacts CAMPAIGN Célia` finds"]),
        Case(
            name: "YAML that cannot be read", arguments: ["import", "camp"], exitCode: 65,
            says: ["campaign.yml:3", "brackets"],
            prepare: { try $0.write("name: camp\ninstances: [\n", to: $0.campaignFile) }),
        Case(
            name: "an unknown key", arguments: ["import", "camp"], exitCode: 65, says: ["timeouts", "timeout"],
            prepare: {
                let text = try String(contentsOf: $0.campaignFile, encoding: .utf8)
                try $0.write(text + "\ntimeouts: 5s\n", to: $0.campaignFile)
            }),
        Case(
            name: "a variable that is not set", arguments: ["run", "camp"], exitCode: 65,
            says: ["TOKEN", "in camp/.env, which does not exist"],
            environment: [:]),
        Case(
            name: "a list without a phone column", arguments: ["import", "camp"], exitCode: 65,
            says: ["contatos.csv:1", "nome", "columns"],
            prepare: { try $0.write("nome;cidade\nAna;Bauru\n", to: $0.list) }),
        Case(
            name: "a list whose header would steer the terminal", arguments: ["import", "camp"], exitCode: 65,
            says: ["no [2Jme", "columns"],
            prepare: { try $0.write("no\u{1B}[2Jme;cidade\nAna;Bauru\n", to: $0.list) }),
        Case(
            name: "a workbook that is cut off", arguments: ["import", "camp"], exitCode: 65,
            says: ["contatos.csv: The file is cut off"],
            prepare: { try $0.write("PK\u{3}\u{4}\u{14}", to: $0.list) }),
        Case(
            name: "a list that is not there", arguments: ["import", "camp", "other.csv"], exitCode: 65,
            says: ["other.csv"]),
        Case(
            name: "a list that is a folder", arguments: ["import", "camp", "camp"], exitCode: 65,
            says: ["camp is a folder"]),
        Case(
            name: "an empty list", arguments: ["import", "camp"], exitCode: 65, says: ["is empty"],
            prepare: { try $0.write("", to: $0.list) }),
        Case(
            name: "a quote in the header that never closes", arguments: ["import", "camp"], exitCode: 65,
            says: ["contatos.csv:1", "is not closed where its cell ends"],
            prepare: { try $0.write("nome;\"telefone\nAna;11987654321\nBia;11987654322\n", to: $0.list) }),
        Case(
            name: "a run before the import", arguments: ["run", "camp"], exitCode: 65,
            says: ["camp", "discador import"]),
        Case(
            name: "a status without a database", arguments: ["status"], exitCode: 65,
            says: ["discador.db", "discador import"]),
        Case(
            name: "a copy that is not there", arguments: ["restore", "nope.db"], exitCode: 65,
            says: ["There is no file nope.db to restore", "discador backup", "Nothing was changed"]),
        Case(
            name: "a copy that is a folder", arguments: ["restore", "camp"], exitCode: 65,
            says: ["camp cannot be restored because it is a folder"]),
        Case(
            name: "a copy that is a list", arguments: ["restore", "camp/contatos.csv"], exitCode: 65,
            says: ["camp/contatos.csv cannot be restored because it is not an SQLite database", "Nothing was changed"]),
        Case(
            name: "a database that is a folder", arguments: ["status", "--db", "camp"], exitCode: 65,
            says: ["is not a discador database (it is a folder)"]),
        Case(
            name: "a port that is none", arguments: ["simulate", "--port", "99999"], exitCode: 64,
            says: ["--port 99999 is not a valid port", "1 to 65535"]),
        Case(
            name: "an unknown option", arguments: ["run", "camp", "--nonsense"], exitCode: 64, says: ["--nonsense"]),
        Case(
            name: "a database that is something else", arguments: ["import", "camp"], exitCode: 65,
            says: ["discador.db", "--db"],
            prepare: {
                try $0.write(
                    String(repeating: "This is no database. ", count: 400), to: URL(fileURLWithPath: $0.database))
            }),
    ]

    @Test(arguments: cases)
    func `gets a sentence that names the remedy, and changes nothing`(example: Case) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        try example.prepare(cli)
        let result = try await Program.run(
            example.arguments, in: cli.folder, environment: example.environment)
        #expect(result.exitCode == example.exitCode, "\(result.stderr)")
        for text in example.says { #expect(result.stderr.contains(text), "\(result.stderr)") }
        #expect(result.stdout == "")
        #expect(!result.stderr.contains("secret-"))
        // A database, if one was created, holds no contact.
        if example.arguments.first == "import", example.exitCode == 65 {
            let status = try await cli.discador("status", "--json")
            #expect(status.exitCode == 65 || !status.stdout.contains(#""ready" : 3"#))
        }
        await cli.simulator.shutdown()
    }
}
