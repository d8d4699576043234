import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// Lists that are not what they seem.
@Suite(.fewAtATime) struct `Unusable lists` {
    @Test(arguments: [
        ("nome;telefone\nAna;98765-4301\nBia;abc\n", "(1 × phone_letters, 1 × phone_no_ddd)"),
        ("nome;telefone\n", "(it has none)"), ("nome;telefone\n;;\n\n", "(all are blank)"),
        // A title that is taken for the header.
        ("Telefones dos clientes;\nnome;telefone\nAna;11987654301\n", "(2 × phone_letters)"),
    ])
    func `a list without a usable row exits with 65, for every command`(_ list: String, _ why: String)
        async throws
    {
        let cli = try await CLIFixture(phones: [])
        try cli.write(list, to: cli.list)
        for arguments in [["import", "camp", "--preview"], ["import", "camp"], ["import", "camp"]] {
            let result = try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == 65, "\(arguments)")
            #expect(result.stderr.contains("camp/contatos.csv could be used ("), "\(arguments)")
            #expect(result.stderr.contains("--skip-lines"))
        }
        let other = try await cli.discador("import", "camp", "--json", "--skip-lines", "0")
        #expect(other.exitCode == 65)
        #expect(try JSONValue(other.stdout)["error"]?.text?.contains("No row of") == true)
        let block = try await cli.discador("block", "import", "camp/contatos.csv", "--json")
        #expect(block.exitCode == 65)
        #expect(try JSONValue(block.stdout)["error"]?.text?.contains(why) == true, "\(block.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `a list whose rows are all known is not one`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try cli.write("fone\n11987654301\n", to: cli.folder.appending(path: "b.csv"))
        for _ in 0..<2 {
            #expect(try await cli.discador("import", "camp", "b.csv").exitCode == 0)
            #expect(try await cli.discador("block", "import", "b.csv").exitCode == 0)
        }
        await cli.simulator.shutdown()
    }

    @Test func `a stray quote is reported by every command that reads lists`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write(
            "telefone;nome\n11987654301;\"Ana\n11987654302;Bia\n11987654303;\"Caio\n11987654304;Duda\n",
            to: cli.list)
        let strict = try await cli.discador("import", "camp", "--strict")
        #expect(strict.exitCode == 65)
        #expect(strict.stderr.contains("camp/contatos.csv:2: stray_quote: The quote that opens on line 2"))
        let preview = try await cli.discador("import", "camp", "--preview")
        #expect(preview.stdout.contains("2 added, 0 duplicates, 2 rejected"))
        let block = try await cli.discador("block", "import", "camp/contatos.csv")
        #expect(block.exitCode == 65)
        #expect(block.stderr.contains("camp/contatos.csv:4: stray_quote:"))
        let blocked = try JSONValue(try await cli.discador("block", "list", "--json").stdout)["blocks"] ?? .null
        #expect(blocked[0]?["phone"] == "5511987654302" && blocked[1]?["phone"] == "5511987654304")
        await cli.simulator.shutdown()
    }

    @Test func `lines above the header are skipped on request, for contacts and for blocks`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write(
            "\"SEP=;\"\nRelatório de clientes;;\n\nnome;telefone;x\nAna;11987654301;y\nBia;x;y\n", to: cli.list)
        let refused = try await cli.discador("import", "camp")
        #expect(refused.exitCode == 65)
        #expect(refused.stderr.contains("camp/contatos.csv:2:") && refused.stderr.contains("with --skip-lines 3"))
        for arguments in [
            ["import", "camp"], ["import", "camp", "--preview"], ["block", "import", "camp/contatos.csv"],
        ] {
            let result = try await Program.run(
                arguments + ["--skip-lines", "3"], in: cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == (arguments[0] == "block" ? 65 : 0), "\(result.stderr)")
        }
        let rejects = try await cli.discador("report", "camp", "--rows", "rejects", "--format", "csv")
        #expect(rejects.stdout.contains("contatos.csv,6,phone"), "\(rejects.stdout)")
        #expect(try await cli.discador("import", "camp", "--skip-lines", "-1").exitCode == 64)
        await cli.simulator.shutdown()
    }
}
