import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command replies` {
    private let folder = FileManager.default.temporaryDirectory

    @Test(arguments: [
        ("SAIR, por favor 🙏", "opt_out", "word “sair”"), ("tem como parar a dor?", "none", "word “parar” about “dor”"),
        ("não me mande mais boletos", "review", "phrase “não me mande mais”"),
        ("", "none", "nothing about being called"),
    ])
    func `tells how a reply would be read, without a database`(text: String, level: String, rule: String) async throws {
        let plain = try await Program.run(["replies", "test", text, "--db", "/nowhere/x.db"], in: folder)
        #expect(plain.exitCode == 0 && plain.stdout.hasPrefix("\(level): \(rule). "), "\(plain.stdout)\(plain.stderr)")
        let document = try JSONValue(try await Program.run(["replies", "test", text, "--json"], in: folder).stdout)
        #expect(document["level"]?.text == level && document["rule"]?.text == rule && document["text"]?.text == text)
    }

    @Test func `a campaign's own lists count, for texts and for buttons`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        try cli.change { $0 + "\noptOut: {words: [\"2\"], buttons: [Cancelar], review: [gerente]}\n" }
        func level(_ arguments: String...) async throws -> String? {
            try JSONValue(
                try await Program.run(
                    ["replies", "test", "--campaign", "camp", "--json"] + arguments, in: cli.folder,
                    environment: CLIFixture.environment
                ).stdout)["level"]?.text
        }
        #expect(try await level("2") == "opt_out")
        #expect(try await level("quero falar com o gerente") == "review")
        #expect(try await level("Cancelar", "--button") == "opt_out")
        let plain = try await Program.run(["replies", "test", "Cancelar", "--button"], in: cli.folder)
        #expect(plain.stdout.hasPrefix("review: word “cancelar” on a button."))
        let unknown = try await Program.run(["replies", "test", "2", "--campaign", "nowhere"], in: cli.folder)
        #expect(unknown.exitCode == 65 && unknown.stderr.contains("nowhere"), "\(unknown.stderr)")
        await cli.simulator.shutdown()
    }
}
