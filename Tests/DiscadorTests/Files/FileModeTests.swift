import Foundation
import Testing
import ZAPISimulator

/// What people read of commands, in a folder whose names need quotes.
@Suite(.timeLimit(.minutes(10))) struct `What commands say` {
    private static let phones = ["5511987650001", "5511987650002", "123"]

    @Test func `they repeat the database and the secrets that they were given`() async throws {
        let cli = try await CLIFixture(phones: Self.phones)
        let options = ["--db", "my calls.db"]
        func said(_ arguments: [String]) async throws -> String {
            let result = try await Program.run(
                arguments + options, in: cli.folder, environment: CLIFixture.environment)
            return result.stdout + result.stderr
        }
        _ = try await said(["import", "camp"])
        #expect(try await said(["status", "camp"]).contains("`discador run camp --db 'my calls.db'`"))
        #expect(try await said(["report", "camp"]).contains("discador run camp --db 'my calls.db' "))
        #expect(try await said(["run", "camp"]).contains("report camp --format csv --rows rejects --db 'my calls.db'"))
        let status = try await said(["status", "camp"])
        #expect(status.contains("camp: 2 contacts: ") && !status.contains("1 calls"), "\(status)")
    }

    @Test(arguments: [
        ("--delimiter", "x", "'comma', 'semicolon', 'tab' or 'pipe'"), ("--encoding", "y", "'Windows-1252'"),
    ])
    func `they name what a person would type`(option: String, value: String, words: String) async throws {
        let folder = FileManager.default.temporaryDirectory
        let result = try await Program.run(["import", "camp", option, value], in: folder)
        #expect(result.exitCode == 64 && result.stderr.contains(words) && !result.stderr.contains("44"))
    }

    @Test func `a corrected list is counted as it is now`() async throws {
        let cli = try await CLIFixture(phones: Self.phones)
        func run(_ arguments: String...) async throws -> String {
            try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment).stdout
        }
        _ = try await run("import", "camp")
        #expect(try await run("plan", "camp").contains("1 rejected, 0 duplicates"))
        try "nome;telefone\nA;5511987650001\nB;5511987650002\nC;5511987650003\nD;5511987650003\n".write(
            to: cli.list, atomically: false, encoding: .utf8)
        let imported = try await run("import", "camp")
        #expect(imported.contains("4 rows: 1 accepted") && imported.contains("has 3 contacts."), "\(imported)")
        let plan = try await run("plan", "camp")
        #expect(plan.contains("camp: 3 contacts") && plan.contains("0 rejected, 1 duplicate\n"), "\(plan)")
        #expect(!(try await run("report", "camp").contains("rejected at import")))
    }

    @Test func `rejected rows that were corrected are counted as what became of them`() async throws {
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

    @Test func `what they write is for its owner alone`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = ["verify", "--kills", "1", "--contacts", "20", "--keep", folder.appending(path: "kept").path]
        _ = try await Program.run(kept, in: folder)
        let files = Self.files(in: folder)
        try #require(files.contains { $0.hasSuffix(".csv") })
        #expect(try files.filter { try Self.isForOthers($0, in: folder) } == [])
    }

    @Test func `lists, runs, reports and copies leave nothing for others to read`() async throws {
        let waiting = try await WaitingRun(phones: Self.phones)
        let (folder, own) = (waiting.cli.folder, ["camp", "camp/campaign.yml", "camp/contatos.csv"])
        for arguments in [["report", "camp", "-o", "r.txt"], ["report", "camp", "--format", "csv", "-o", "r.csv"]] {
            let report = try await Program.run(arguments, in: folder, environment: CLIFixture.environment)
            #expect(report.exitCode == 0, "\(report.stderr)")
        }
        #expect(try await waiting.discador("backup", "copy.db").exitCode == 0)
        let during = Self.files(in: folder).filter { !own.contains($0) }
        for name in ["-wal", "-shm", "-tide", "-socket"] { #expect(during.contains("discador.db" + name)) }
        #expect(Set(during).isSuperset(of: ["discador.db", "copy.db", "r.txt", "r.csv", "camp/camp.rejects.csv"]))
        #expect(try during.filter { try Self.isForOthers($0, in: folder) } == [])
        #expect(try await waiting.connect().exitCode == 0)
        let after = Self.files(in: folder).filter { !own.contains($0) }
        #expect(try after.filter { try Self.isForOthers($0, in: folder) } == [])
        await waiting.cli.simulator.shutdown()
    }

    private static func files(in folder: URL) -> [String] {
        FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    }

    private static func isForOthers(_ file: String, in folder: URL) throws -> Bool {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: file).path)
        return (attributes[.posixPermissions] as? Int ?? 0o777) & 0o77 != 0
    }
}
