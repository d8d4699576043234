import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `Forgetting people` {
    @Test func `asks first, leaves nothing in the files that the program has written, and names the others`()
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302", "11 98765-4301 99"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv").path
        #expect(FileManager.default.fileExists(atPath: rejects))

        let asked = try await cli.discador("forget", "(11) 98765-4301")
        #expect(asked.exitCode == 64, "\(asked.stderr)")
        #expect(asked.stderr.contains("1 contact, 1 call, 1 rejected row in camp."), "\(asked.stderr)")
        #expect(try cli.left("98765430", "Pessoa 0").contains("discador.db"))

        let done = try await cli.discador("forget", "(11) 98765-4301", "--block", "--yes", "--json")
        #expect(done.exitCode == 0, "\(done.stderr)")
        let document = try JSONValue(done.stdout)
        #expect(document["version"] == 1 && document["hasTraces"] == false)
        let person = document["people"]?[0]
        #expect(person?["contacts"] == 1 && person?["calls"] == 1 && person?["rejected"] == 1)
        #expect(person?["isOnDoNotCallList"] == true && person?["campaigns"] == .array(["camp"]))
        #expect(document["files"]?["removed"]?[0]?.text?.hasSuffix("camp.rejects.csv") == true)
        #expect(document["files"]?["lists"]?[0]?.text?.hasSuffix("contatos.csv") == true)
        #expect(!FileManager.default.fileExists(atPath: rejects))
        // Only the list still has the person: that is the user's.
        #expect(try cli.left("987654301", "98765-4301", "Pessoa 0") == ["contatos.csv"])
        #expect(try await cli.discador("check", "--database").exitCode == 0)

        // Neither this list, with a row more, nor another campaign calls them again.
        try cli.write("nome;telefone\nPessoa 0;11987654301\nNova;11987654305\n", to: cli.list)
        let again = try await cli.discador("import", "camp", "--json")
        let list = try JSONValue(again.stdout)["lists"]?[0]
        #expect(list?["added"] == 1 && list?["alreadyInCampaign"] == 1, "\(again.stdout)")
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let rang = cli.simulator.ledger().filter(\.rang).compactMap(\.phone)
        #expect(rang.count == 3 && Set(rang).count == 3)
        let why = try await cli.discador("why", "camp", "11987654301")
        #expect(why.stdout.contains("It was forgotten"), "\(why.stdout)")
        #expect(try await cli.discador("block", "list").stdout.contains("forgotten"))
        #expect(try await cli.discador("block", "remove", "11987654301").exitCode == 0)
        #expect(try await cli.discador("block", "remove", "11987654301").exitCode == 65)
        await cli.simulator.shutdown()
    }

    @Test func `works during a run, and the file is cleared when that has ended`() async throws {
        let waiting = try await WaitingRun(phones: ["11987654301", "11987654302"])
        let cli = waiting.cli
        let done = try await waiting.discador("forget", "11987654301", "--yes", "--json")
        #expect(done.exitCode == 0, "\(done.stderr)")
        #expect(try JSONValue(done.stdout)["hasTraces"] == true)
        #expect(try cli.counts().excluded == 1)
        #expect(try await waiting.connect().exitCode == 0)
        #expect(waiting.rang == ["5511987654302"])
        #expect(try cli.left("11987654301", "Pessoa 0") == ["contatos.csv"])
        await cli.simulator.shutdown()
    }

    @Test func `a campaign is deleted with its files, and what is old is pruned, both after asking`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "nenhum"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await cli.discador("prune", "--older-than", "1h").exitCode == 64)
        #expect(try await cli.discador("list", "--deleted").stdout == "No campaign has been deleted.\n")
        let young = try await cli.discador("prune", "--older-than", "180d", "--json")
        #expect(try JSONValue(young.stdout)["contacts"] == 0, "\(young.stderr)")
        let asked = try await cli.discador("delete", "camp")
        #expect(
            asked.exitCode == 64 && asked.stderr.contains("camp with 1 contact would be deleted"), "\(asked.stderr)")
        let deleted = try await cli.discador("delete", "camp", "--yes", "--lang", "pt-BR")
        #expect(deleted.exitCode == 0 && deleted.stdout.contains("camp foi apagada: 1 contato, 1 ligação."))
        #expect(deleted.stdout.contains("Os totais ficam: `discador list --deleted`."), "\(deleted.stdout)")
        #expect(try cli.left("11987654301", "Pessoa 0") == ["contatos.csv"])
        let totals = try await cli.discador("list", "--deleted").stdout.split(separator: "\n")
        #expect(totals.count == 3, "\(totals)")
        #expect(totals[0].contains(/^imported +deleted +contacts  calls  accepted  failed  in doubt  excluded$/))
        #expect(totals[1].contains(/^20..-..-.. ..:..  20..-..-.. ..:.. +1 +1 +1 +0 +0 +0$/), "\(totals)")
        #expect(try await cli.discador("delete", "camp", "--yes").exitCode == 65)
        #expect(try await cli.discador("check", "--database").exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [true, false])
    func `a deletion that was cut off when only traces were left is ended by the same command, which says so`(
        _ isNamedByFolder: Bool
    ) async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11 98765-4301 99"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv").path
        #expect(FileManager.default.fileExists(atPath: rejects))
        let store = try CampaignStore(
            path: cli.database, holder: .init(pid: 1, host: "here", command: "delete camp", since: .epoch))
        _ = try await store.deleteCampaign("camp", withDoubts: false, now: .epoch)
        try store.close()
        let ended = try await cli.discador("delete", isNamedByFolder ? "./camp" : "camp")
        #expect(ended.exitCode == 0, "\(ended.stderr)")
        #expect(ended.stdout.hasPrefix("camp was deleted: 1 contact, 0 calls."), "\(ended.stdout)")
        #expect(ended.stdout.contains("Traces that an earlier command had left were removed, too."))
        #expect(ended.stdout.contains("camp.rejects.csv") && ended.stdout.contains("contatos.csv"))
        #expect(!FileManager.default.fileExists(atPath: rejects))
        #expect(try await cli.discador("delete", "camp").exitCode == 65)
        await cli.simulator.shutdown()
    }

    @Test func `nothing advises to requeue somebody who was forgotten`() async throws {
        let cli = try await CLIFixture(phones: ["11987654393"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(try await cli.discador("report", "camp", "--format", "text").stdout.contains("retry camp --failed"))
        #expect(try await cli.discador("forget", "11987654393", "--yes").exitCode == 0)
        let retried = try await cli.discador("retry", "camp", "--failed", "--yes")
        #expect(retried.stdout.contains("not requeued: they were forgotten"), "\(retried.stdout)")
        #expect(retried.stdout.contains("None of them can be requeued."), "\(retried.stdout)")
        for command in [["report", "camp", "--format", "text"], ["plan", "camp"], ["why", "camp", "11987654393"]] {
            let said = try await Program.run(command, in: cli.folder)
            #expect(!said.stdout.contains("retry camp"), "\(said.stdout)")
        }
        await cli.simulator.shutdown()
    }
}

extension CLIFixture {
    /// The names of the files of the folder, and of the campaign's, that contain any of these texts.
    fileprivate func left(_ texts: String...) throws -> [String] {
        let folders = [folder, campaignFile.deletingLastPathComponent()]
        let files = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
                .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
        }
        return try files.filter { file in
            let content = try Data(contentsOf: file)
            return texts.contains { content.range(of: Data($0.utf8)) != nil }
        }.map(\.lastPathComponent).sorted()
    }
}
