import Foundation
import Testing
import ZAPISimulator

@Suite(.fewAtATime, .timeLimit(.minutes(10))) struct `The files that commands write` {
    private static let phones = ["5511987650001", "5511987650002", "123"]

    @Test func `are readable by their owner only`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let kept = ["verify", "--kills", "1", "--contacts", "20", "--keep", folder.appending(path: "kept").path]
        _ = try await Program.run(kept, in: folder)
        let files = Self.files(in: folder)
        try #require(files.contains { $0.hasSuffix(".csv") })
        #expect(try files.filter { try Self.isForOthers($0, in: folder) } == [])
    }

    @Test func `are readable by their owner only, beside a run and after it`() async throws {
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
