import CampaignCore
import CampaignStore
import Foundation
import Glibc
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command import` {
    @Test func `the same file again changes nothing and says so, a longer one adds what is new`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302", "98765-4303"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let again = try await cli.discador("import", "camp")
        #expect(again.exitCode == 0)
        #expect(again.stdout.contains("the same file was imported at"))
        #expect(again.stdout.contains("Campaign camp has 2 contacts."))
        let list = try String(contentsOf: cli.list, encoding: .utf8)
        try cli.write(list + "Pessoa 9;(11) 98765-4309\n", to: cli.list)
        let longer = try JSONValue(try await cli.discador("import", "camp", "--json").stdout)
        #expect(longer["lists"]?[0]?["accepted"] == 1)
        #expect(longer["lists"]?[0]?["alreadyInCampaign"] == 2)
        #expect(longer["lists"]?[0]?["rejected"] == 1)
        #expect(longer["contacts"] == 3)
        let duplicates = try await cli.discador("report", "camp", "--rows", "duplicates", "--format", "csv")
        #expect(duplicates.stdout.contains("contatos.csv,3,5511987654302,already_in_campaign,"))
        let why = try await cli.discador("why", "camp", "11 98765-4302")
        #expect(why.stdout.contains("contatos.csv:3 also has the number (already_in_campaign)."))
        await cli.simulator.shutdown()
    }

    @Test func `rejected rows come back as a list that can be corrected and imported`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302", "5,51199E+12"])
        let first = try JSONValue(try await cli.discador("import", "camp", "--json").stdout)
        let path = try #require(first["rejectsFile"]?.text)
        let rejects = URL(fileURLWithPath: path)
        let text = try String(contentsOf: rejects, encoding: .utf8)
        #expect(text.contains("phone_no_ddd") && text.contains("phone_digits_lost"))
        try cli.write(text.replacingOccurrences(of: "98765-4302", with: "(11) 98765-4302"), to: rejects)
        let second = try JSONValue(try await cli.discador("import", "camp", path, "--json").stdout)
        #expect(second["lists"]?[0]?["accepted"] == 1)
        #expect(second["lists"]?[0]?["reasons"]?["phone_digits_lost"] == 1)
        // The list that is being corrected is not overwritten, and its notes are not columns of the contact.
        #expect(second["rejectsFile"] == .text(path.replacingOccurrences(of: ".csv", with: "-2.csv")))
        let report = try await cli.discador("report", "camp", "--format", "csv")
        #expect(report.stdout.hasPrefix("nome,telefone,phone,state,"))
        #expect(report.stdout.contains("Pessoa 1,(11) 98765-4302,5511987654302,ready"))
        await cli.simulator.shutdown()
    }

    @Test func `contacts are imported although the rejected rows could not be written, and it says where those are`()
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302"])
        // A folder stands where the file should.
        try FileManager.default.createDirectory(
            at: cli.folder.appending(path: "camp/camp.rejects.csv/x"), withIntermediateDirectories: true)
        let result = try await cli.discador("import", "camp")
        #expect(result.exitCode == 74)
        #expect(result.stderr.contains("discador report camp --rows rejects"))
        #expect(try cli.counts().ready == 1)
        let report = try await cli.discador("report", "camp", "--rows", "rejects", "--format", "csv")
        #expect(report.stdout.contains("98765-4302"))
        await cli.simulator.shutdown()
    }

    @Test func `strict imports all or nothing`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302"])
        let strict = try await cli.discador("import", "camp", "--strict")
        #expect(strict.exitCode == 65)
        #expect(strict.stderr.contains("camp/contatos.csv:3: phone_no_ddd"))
        #expect(try StoreReader(path: cli.database).campaigns().isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `a preview says what would happen and leaves no trace`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "98765-4302", "11987654301", "11987654304"])
        let before = try FileManager.default.subpathsOfDirectory(atPath: cli.folder.path).sorted()
        let preview = try await cli.discador("import", "camp", "--preview")
        #expect(preview.exitCode == 0, "\(preview.stderr)")
        #expect(preview.stdout.contains("delimiter ; · UTF-8 · header on line 1 · phone = telefone (column 2)"))
        #expect(preview.stdout.contains("line 2: call 5511987654301"))
        #expect(preview.stdout.contains("line 3: rejected, phone_no_ddd"))
        #expect(preview.stdout.contains("1 × duplicate: already in this list"))
        #expect(preview.stdout.contains("Campaign camp would have 2 contacts. Nothing was changed."))
        #expect(try FileManager.default.subpathsOfDirectory(atPath: cli.folder.path).sorted() == before)

        // Against a database that is not empty, and while another process writes to it.
        #expect(try await cli.discador("block", "add", "11 98765-4304").exitCode == 0)
        let store = try CampaignStore(
            path: cli.database,
            holder: .init(pid: 1, host: "", command: "test", since: Timestamp(milliseconds: 0)))
        let document = try JSONValue(try await cli.discador("import", "camp", "--preview", "--json").stdout)
        try store.close()
        let totals = document["lists"]?[0]?["totals"]
        #expect(totals?["accepted"] == 2 && totals?["blocked"] == 1 && totals?["repeated"] == 1)
        #expect(try StoreReader(path: cli.database).campaigns().isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `options say how to read what cannot be detected`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write("Ana|5|987654301 / 987654302|11\nBia|7|3333-4444|21\n", to: cli.list)
        let seen = try await cli.discador("import", "camp")
        #expect(seen.exitCode == 65)
        let taken = try await cli.discador(
            "import", "camp", "--no-header", "--columns", "phone=3,ddd=4,callDuration=2", "--split", "--mobile-only",
            "--delimiter", "|", "--json")
        #expect(taken.exitCode == 0, "\(taken.stderr)")
        let list = try JSONValue(taken.stdout)["lists"]?[0]
        #expect(list?["rows"] == 2 && list?["accepted"] == 2 && list?["extra"] == 1)
        #expect(list?["reasons"]?["phone_landline"] == 1)
        let report = try await cli.discador("report", "camp", "--format", "csv")
        #expect(report.stdout.contains("Ana,5,987654301 / 987654302,11,5511987654302,ready"))
        let latin = Array("nome,fone\nJos\u{E9},11987654309\n".unicodeScalars.map { UInt8($0.value) })
        try Data(latin).write(to: cli.list)
        #expect(try await cli.discador("import", "camp", "--encoding", "latin1").exitCode == 0)
        #expect(try await cli.discador("report", "camp", "--format", "csv").stdout.contains("José"))
        for bad in [["--encoding", "ebcdic"], ["--delimiter", "x"], ["--columns", "fone"], ["--skip-called", "0"]] {
            #expect(
                try await Program.run(["import", "camp"] + bad, in: cli.folder, environment: CLIFixture.environment)
                    .exitCode == 64, "\(bad)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `contacts that another campaign called recently are left out on request`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let text = try String(contentsOf: cli.campaignFile, encoding: .utf8)
        let other = cli.folder.appending(path: "other.yml")
        try cli.write(text.replacingOccurrences(of: "name: camp", with: "name: other"), to: other)
        try cli.write("fone\n11987654302\n11987654303\n", to: cli.folder.appending(path: "new.csv"))
        let taken = try await cli.discador("import", "other.yml", "new.csv", "--skip-called", "7", "--json")
        #expect(try JSONValue(taken.stdout)["lists"]?[0]?["calledRecently"] == 1, "\(taken.stderr)")
        #expect(try JSONValue(taken.stdout)["contacts"] == 1)
        // Those who were left out are not forgotten: the same list without the option imports them.
        let again = try await cli.discador("import", "other.yml", "new.csv", "--json")
        #expect(try JSONValue(again.stdout)["contacts"] == 2, "\(again.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `a list on standard input is imported like any other, and recognized when it comes again`() async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301", "123"])
        for (round, says) in ["-: 2 rows: 1 added", "the same file"].enumerated() {
            let run = try cli.start("import", "camp", "-", shell: "exec < camp/contatos.csv")
            let result = try await run.result()
            #expect(result.exitCode == 0 && result.stdout.contains(says), "round \(round): \(result.stdout)")
        }
        let rejects = try await cli.discador("report", "camp", "--rows", "rejects", "--format", "jsonl")
        #expect(rejects.stdout.split(separator: "\n").count == 1)
        await cli.simulator.shutdown()
    }

    @Test func `an import killed halfway leaves nothing, and the next one starts from the beginning`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let pipe = cli.folder.appending(path: "pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        let killed = try cli.start("import", "camp", "-", shell: "exec < pipe")
        // Far more than a pipe holds: when it is written, nearly all of it has been read.
        let rows = (0..<60_000).map { "Pessoa \($0);\(11_900_000_000 + $0)\n" }.joined()
        let handle = try #require(FileHandle(forWritingAtPath: pipe))
        try handle.write(contentsOf: Data(("nome;telefone\n" + rows).utf8))
        await killed.send(SIGKILL)
        #expect(try await killed.result().wasKilled)
        try handle.close()
        #expect(try cli.counts().total == 1)
        try cli.write("nome;telefone\n" + rows, to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try cli.counts().total == 60_001)
        await cli.simulator.shutdown()
    }
}
