import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

/// Lists that are corrected and imported again.
@Suite struct `Corrected lists` {
    @Test func `a number that was corrected is told of, and the wrong one excluded on request`() async throws {
        let workshop = try await Workshop(phones: ["11987654301", "11987654302"])
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let text = try String(contentsOf: workshop.list, encoding: .utf8)
        try workshop.write(text.replacingOccurrences(of: "4302", with: "4309"), to: workshop.list)
        let told = try await workshop.discador("import", "camp")
        #expect(told.exitCode == 0)
        #expect(told.stdout.contains("1 × no longer in the list, and would be called"))
        #expect(told.stderr.contains("--replace"))
        #expect(try workshop.counts().ready == 3)
        let preview = try Document(
            try await workshop.discador("import", "camp", "--replace", "--preview", "--json").stdout)
        #expect(preview["lists"]?[0]?["totals"]?["notListed"]?["ready"] == 1)
        #expect(try workshop.counts().ready == 3)
        // Under another spelling of the path, too.
        let path = workshop.folder.appending(path: "camp/../camp/contatos.csv").path
        let replaced = try Document(try await workshop.discador("import", "camp", path, "--replace", "--json").stdout)
        #expect(replaced["lists"]?[0]?["notListed"]?["ready"] == 1)
        #expect(replaced["lists"]?[0]?["isReplaced"] == true)
        let report = try await workshop.discador("report", "camp", "--format", "csv")
        #expect(report.stdout.contains("Pessoa 1,11987654302,5511987654302,excluded,not_listed"))
        let put = try await workshop.discador("retry", "camp", "--where", "reason = not_listed", "--yes")
        #expect(put.exitCode == 0, "\(put.stderr)")
        #expect(try workshop.counts().ready == 3)
        await workshop.simulator.shutdown()
    }

    @Test func `replacing works beside a run, which calls by the new list`() async throws {
        let waiting = try await WaitingRun(phones: ["11987654301", "11987654302"])
        try waiting.writeList("camp/contatos.csv", phones: ["11987654302", "11987654303"])
        let replaced = try await waiting.discador("import", "camp", "--replace", "--json")
        #expect(replaced.exitCode == 0, "\(replaced.stderr)")
        #expect(try Document(replaced.stdout)["lists"]?[0]?["notListed"]?["ready"] == 1)
        #expect(try await waiting.connect().exitCode == 0)
        #expect(Set(waiting.rang) == ["5511987654302", "5511987654303"])
        #expect(try waiting.workshop.counts().excluded == 1)
        await waiting.workshop.simulator.shutdown()
    }

    @Test func `a list that has changed on disk is told of where people are called or looked at`() async throws {
        let workshop = try await Workshop(phones: ["11987654301"])
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let same = try await workshop.discador("plan", "camp", "--json")
        #expect(try Document(same.stdout)["list"]?["hasChanged"] == false)
        #expect(!same.stderr.contains("has changed"))
        // Touched, and of the same length: what counts is what stands in it.
        let text = try String(contentsOf: workshop.list, encoding: .utf8)
        try workshop.write(text, to: workshop.list)
        #expect(
            try Document(try await workshop.discador("plan", "camp", "--json").stdout)["list"]?["hasChanged"] == false)
        try workshop.write(text.replacingOccurrences(of: "4301", with: "4309"), to: workshop.list)
        for command in ["plan", "check", "run"] {
            let result = try await workshop.discador(command, "camp", "--json")
            #expect(result.stderr.contains("has changed since it was imported at"), "\(command)")
            #expect(result.exitCode == 0, "\(command)")
            #expect(result.stdout.contains("\"hasChanged\""), "\(command)")
        }
        await workshop.simulator.shutdown()
    }

    @Test func `so is every other list, and one that is gone`() async throws {
        let workshop = try await Workshop(phones: ["11987654301"])
        let more = workshop.folder.appending(path: "m.csv")
        try workshop.write("telefone\n11987654302\n", to: more)
        #expect(try await workshop.discador("import", "camp", "m.csv").exitCode == 0)
        let same = try await workshop.discador("plan", "camp", "--json")
        #expect(try Document(same.stdout)["otherLists"]?[0]?["hasChanged"] == false && !same.stderr.contains("m.csv"))
        // Only imported by name so far: the campaign's own list is no matter.
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        try workshop.write("telefone\n11987654303\n", to: more)
        try FileManager.default.removeItem(at: workshop.list)
        for command in ["plan", "check", "run"] {
            let result = try await workshop.discador(command, "camp", "--json")
            #expect(result.stderr.contains("m.csv has changed since it was imported at"), "\(command) \(result.stderr)")
            #expect(result.stderr.contains("contatos.csv is no longer there; it was imported at"), "\(command)")
            #expect(result.exitCode == 0, "\(command)")
            #expect(result.stdout.contains("\"isMissing\""), "\(command)")
        }
        await workshop.simulator.shutdown()
    }

    @Test func `rejected rows that somebody has corrected are never written over`() async throws {
        let workshop = try await Workshop(phones: ["11987654301", "98765-4302"])
        let rejects = workshop.folder.appending(path: "camp/camp.rejects.csv")
        let more = workshop.folder.appending(path: "mais.csv")
        try workshop.write("nome;telefone\nD;abc\nE;11987654305\n", to: more)
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let corrected = try String(contentsOf: rejects, encoding: .utf8)
            .replacingOccurrences(of: "98765-4302", with: "11 98765-4302")
        try workshop.write(corrected, to: rejects)
        for round in 0..<2 {
            let result = try await workshop.discador("import", "camp", "mais.csv", "--json")
            let document = try Document(result.stdout)
            #expect(document["rejectsFile"]?.text?.hasSuffix("camp.rejects-2.csv") == true, "round \(round)")
            #expect(document["rejectsFilesKept"]?[0]?.text?.hasSuffix("camp.rejects.csv") == true)
            // As it was written: the next import may write it again.
            try workshop.write("nome;telefone\nD;abcd\nE;1198765430\(round)\n", to: more)
        }
        #expect(try String(contentsOf: rejects, encoding: .utf8) == corrected)
        let taken = try Document(try await workshop.discador("import", "camp", rejects.path, "--json").stdout)
        #expect(taken["lists"]?[0]?["accepted"] == 1)
        #expect(taken["lists"]?[0]?["notListed"]?["ready"] == 0)
        // Rejected rows come beside the list, not in place of it.
        let replaced = try await workshop.discador("import", "camp", rejects.path, "--replace")
        #expect(replaced.stdout.contains("camp.rejects.csv: nothing was replaced"))
        await workshop.simulator.shutdown()
    }

    @Test func `a file of rejected rows that was there before is somebody's`() async throws {
        let workshop = try await Workshop(phones: ["11987654301", "98765-4302"])
        let rejects = workshop.folder.appending(path: "camp/camp.rejects.csv")
        try workshop.write("telefone\n11 98765-4309\n", to: rejects)
        let result = try await workshop.discador("import", "camp")
        #expect(result.stdout.contains("camp.rejects-2.csv (correct them there"))
        #expect(result.stdout.contains("camp.rejects.csv is not as it was written, and was left alone."))
        #expect(try String(contentsOf: rejects, encoding: .utf8) == "telefone\n11 98765-4309\n")
        await workshop.simulator.shutdown()
    }
}
