import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// Lists that are corrected and imported again.
@Suite(.fewAtATime) struct `Corrected lists` {
    @Test func `a number that was corrected is reported, and the wrong one excluded on request`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let text = try String(contentsOf: cli.list, encoding: .utf8)
        try cli.write(text.replacingOccurrences(of: "4302", with: "4309"), to: cli.list)
        let told = try await cli.discador("import", "camp")
        #expect(told.exitCode == 0)
        #expect(told.stdout.contains("1 × no longer in the list, and would still be called"))
        #expect(told.stderr.contains("--replace"))
        #expect(try cli.counts().ready == 3)
        let preview = try JSONValue(
            try await cli.discador("import", "camp", "--replace", "--preview", "--json").stdout)
        #expect(preview["lists"]?[0]?["totals"]?["notListed"]?["ready"] == 1)
        #expect(try cli.counts().ready == 3)
        // Under another spelling of the path, too.
        let path = cli.folder.appending(path: "camp/../camp/contatos.csv").path
        let replaced = try JSONValue(try await cli.discador("import", "camp", path, "--replace", "--json").stdout)
        #expect(replaced["lists"]?[0]?["notListed"]?["ready"] == 1)
        #expect(replaced["lists"]?[0]?["isReplaced"] == true)
        let report = try await cli.discador("report", "camp", "--format", "csv")
        #expect(report.stdout.contains("Pessoa 1,11987654302,5511987654302,excluded,not_listed"))
        let put = try await cli.discador("retry", "camp", "--where", "reason = not_listed", "--yes")
        #expect(put.exitCode == 0, "\(put.stderr)")
        #expect(try cli.counts().ready == 3)
        await cli.simulator.shutdown()
    }

    @Test func `replacing works during a run, which then calls by the new list`() async throws {
        let waiting = try await WaitingRun(phones: ["11987654301", "11987654302"])
        try waiting.writeList("camp/contatos.csv", phones: ["11987654302", "11987654303"])
        let replaced = try await waiting.discador("import", "camp", "--replace", "--json")
        #expect(replaced.exitCode == 0, "\(replaced.stderr)")
        #expect(try JSONValue(replaced.stdout)["lists"]?[0]?["notListed"]?["ready"] == 1)
        #expect(try await waiting.connect().exitCode == 0)
        #expect(Set(waiting.rang) == ["5511987654302", "5511987654303"])
        #expect(try waiting.cli.counts().excluded == 1)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `a list that has changed on disk is reported by plan, check and run`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let same = try await cli.discador("plan", "camp", "--json")
        #expect(try JSONValue(same.stdout)["list"]?["hasChanged"] == false)
        #expect(!same.stderr.contains("has changed"))
        // Touched, and of the same length: only the content counts.
        let text = try String(contentsOf: cli.list, encoding: .utf8)
        try cli.write(text, to: cli.list)
        #expect(
            try JSONValue(try await cli.discador("plan", "camp", "--json").stdout)["list"]?["hasChanged"] == false)
        try cli.write(text.replacingOccurrences(of: "4301", with: "4309"), to: cli.list)
        for command in ["plan", "check", "run"] {
            let result = try await cli.discador(command, "camp", "--json")
            #expect(result.stderr.contains("has changed since it was imported at"), "\(command)")
            #expect(result.exitCode == 0, "\(command)")
            #expect(result.stdout.contains("\"hasChanged\""), "\(command)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `every other list that has changed or is gone is reported by them as well`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let more = cli.folder.appending(path: "m.csv")
        try cli.write("telefone\n11987654302\n", to: more)
        #expect(try await cli.discador("import", "camp", "m.csv").exitCode == 0)
        let same = try await cli.discador("plan", "camp", "--json")
        #expect(try JSONValue(same.stdout)["otherLists"]?[0]?["hasChanged"] == false && !same.stderr.contains("m.csv"))
        // Only imported by name so far: the campaign's own list does not matter.
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try cli.write("telefone\n11987654303\n", to: more)
        try FileManager.default.removeItem(at: cli.list)
        for command in ["plan", "check", "run"] {
            let result = try await cli.discador(command, "camp", "--json")
            #expect(result.stderr.contains("m.csv has changed since it was imported at"), "\(command) \(result.stderr)")
            #expect(result.stderr.contains("contatos.csv no longer exists; it was imported at"), "\(command)")
            #expect(result.exitCode == 0, "\(command)")
            #expect(result.stdout.contains("\"isMissing\""), "\(command)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `rejected rows that were corrected are never overwritten`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302"])
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv")
        let more = cli.folder.appending(path: "mais.csv")
        try cli.write("nome;telefone\nD;abc\nE;11987654305\n", to: more)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let corrected = try String(contentsOf: rejects, encoding: .utf8)
            .replacingOccurrences(of: "98765-4302", with: "11 98765-4302")
        try cli.write(corrected, to: rejects)
        for round in 0..<2 {
            let result = try await cli.discador("import", "camp", "mais.csv", "--json")
            let document = try JSONValue(result.stdout)
            #expect(document["rejectsFile"]?.text?.hasSuffix("camp.rejects-2.csv") == true, "round \(round)")
            #expect(document["rejectsFilesKept"]?[0]?.text?.hasSuffix("camp.rejects.csv") == true)
            // As it was written: the next import may write it again.
            try cli.write("nome;telefone\nD;abcd\nE;1198765430\(round)\n", to: more)
        }
        #expect(try String(contentsOf: rejects, encoding: .utf8) == corrected)
        let taken = try JSONValue(try await cli.discador("import", "camp", rejects.path, "--json").stdout)
        #expect(taken["lists"]?[0]?["accepted"] == 1)
        #expect(taken["lists"]?[0]?["notListed"]?["ready"] == 0)
        // Rejected rows come beside the list, not in place of it.
        let replaced = try await cli.discador("import", "camp", rejects.path, "--replace")
        #expect(replaced.stdout.contains("camp.rejects.csv: nothing was replaced"))
        await cli.simulator.shutdown()
    }

    @Test func `a file of rejected rows that was there before is left alone`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302"])
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv")
        try cli.write("telefone\n11 98765-4309\n", to: rejects)
        let result = try await cli.discador("import", "camp")
        #expect(result.stdout.contains("camp.rejects-2.csv (correct them there"))
        #expect(result.stdout.contains("camp.rejects.csv has been changed since it was written, and was kept."))
        #expect(try String(contentsOf: rejects, encoding: .utf8) == "telefone\n11 98765-4309\n")
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["en", "pt-BR"])
    func `rejected rows have remedies in the user's language, and are read back whatever it is`(
        language: String
    ) async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302", "abc"])
        #expect(try await cli.discador("import", "camp", "--lang", language).exitCode == 0)
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv")
        let text = try String(contentsOf: rejects, encoding: .utf8)
        let chosen = try #require(Language(language))
        try StoreReader(path: cli.database).forEachReject(campaign: "camp") { row in
            #expect(row.remedy.english != row.remedy.portuguese)
            for one in Language.allCases {
                #expect(text.contains(row.remedy[one]) == (one == chosen), "\(one): \(text)")
            }
            #expect(text.contains(row.reason))
        }
        #expect(text.contains("rejectedFile;rejectedLine;rejectedReason;rejectedSuggestion"))
        try cli.write(text.replacing("98765-4302", with: "11 98765-4302"), to: rejects)
        let taken = try await cli.discador("import", "camp", rejects.path, "--json", "--lang", "pt-BR")
        #expect(try JSONValue(taken.stdout)["lists"]?[0]?["accepted"] == 1, "\(taken.stdout)")
        #expect(try StoreReader(path: cli.database).ownColumns(campaign: "camp") == ["nome", "telefone"])
        await cli.simulator.shutdown()
    }

    @Test func `rejected rows have the remedies of whoever asked, when a run takes the list in`() async throws {
        let waiting = try await WaitingRun(phones: ["11987654301"])
        try waiting.writeList("mais.csv", phones: ["11987654302", "abc"])
        let imported = try await waiting.discador("import", "camp", "mais.csv", "--lang", "pt-BR")
        #expect(imported.exitCode == 0, "\(imported.stderr)")
        let text = waiting.cli.text(of: "camp/camp.rejects.csv")
        try StoreReader(path: waiting.cli.database).forEachReject(campaign: "camp") { row in
            #expect(text.contains(row.remedy.portuguese) && !text.contains(row.suggestion), "\(text)")
        }
        #expect(text.contains("rejectedSuggestion"))
        #expect(try await waiting.connect().exitCode == 0)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `a corrected list is counted as it is now`() async throws {
        let cli = try await CLIFixture(phones: ["5511987650001", "5511987650002", "123"])
        func run(_ arguments: String...) async throws -> String {
            try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment).stdout
        }
        _ = try await run("import", "camp")
        #expect(try await run("plan", "camp").contains("1 rejected, 0 duplicates"))
        try "nome;telefone\nA;5511987650001\nB;5511987650002\nC;5511987650003\nD;5511987650003\n".write(
            to: cli.list, atomically: false, encoding: .utf8)
        let imported = try await run("import", "camp")
        #expect(imported.contains("4 rows: 1 added") && imported.contains("has 3 contacts."), "\(imported)")
        let plan = try await run("plan", "camp")
        #expect(plan.contains("camp: 3 contacts") && plan.contains("0 rejected, 1 duplicate\n"), "\(plan)")
        #expect(!(try await run("report", "camp").contains("rejected at import")))
    }

    @Test func `rejected rows that were corrected are counted by their result`() async throws {
        let cli = try await CLIFixture(phones: ["5511987650001", "124", "125"])
        func run(_ arguments: String...) async throws -> String {
            try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment).stdout
        }
        _ = try await run("import", "camp")
        #expect(try await run("plan", "camp").contains("2 rejected, 0 duplicates"))
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv")
        func correct(_ wrong: String, as phone: String) async throws -> String {
            let text = try String(contentsOf: rejects, encoding: .utf8)
            try cli.write(text.replacingOccurrences(of: wrong, with: phone), to: rejects)
            _ = try await run("import", "camp", rejects.path)
            return try await run("plan", "camp")
        }
        let half = try await correct("124", as: "5511987650002")
        #expect(half.contains("camp: 2 contacts") && half.contains("1 rejected, 0 duplicates"), "\(half)")
        let all = try await correct("125", as: "5511987650003")
        #expect(all.contains("camp: 3 contacts") && !all.contains("left out"), "\(all)")
        // The list itself, corrected too, has the same people.
        try cli.write(
            "nome;telefone\nA;5511987650001\nB;5511987650002\nC;5511987650003\n", to: cli.list)
        _ = try await run("import", "camp")
        let list = try await run("plan", "camp")
        #expect(list.contains("camp: 3 contacts") && !list.contains("left out"), "\(list)")
    }
}
