import Foundation
import Glibc
import Ongoing
import TestJSON
import Testing

@Suite(.fewAtATime, .serialized) struct `The command verify` {
    @Test func `kills runs, fills disks and finds every promise kept`() async throws {
        try await Self.withFolder { folder in
            let result = try await Program.run(
                ["verify", "--kills", "12", "--contacts", "160", "--seed", "11", "--json"], in: folder,
                environment: ["TMPDIR": folder.path])
            #expect(result.exitCode == 0, "\(result.stderr)\n\(result.stdout)")
            let document = try JSONValue(result.stdout)
            #expect(document["isClean"] == true)
            #expect(document["seed"] == 11)
            let tally = try #require(document["tally"])
            #expect(tally["kills"] == 12)
            #expect(tally["audit"]?["dialedTwice"] == 0)
            #expect(tally["audit"]?["idsLost"] == 0)
            #expect(tally["audit"]?["leftOut"] == 0)
            #expect(result.stderr.contains("12 of 12 kills"))
            // Nothing is left behind when all is well.
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    @Test func `keeps databases and ledgers where it is told to, and never in a folder that is in use`() async throws {
        try await Self.withFolder { folder in
            let arguments = ["verify", "--kills", "0", "--contacts", "20", "--seed", "1", "--keep", "kept"]
            let first = try await Program.run(arguments, in: folder)
            #expect(first.exitCode == 0, "\(first.stderr)")
            #expect(first.stdout.contains("dialed twice"))
            let round = folder.appending(path: "kept/round-1")
            let files = Set(try FileManager.default.contentsOfDirectory(atPath: round.path))
            #expect(files.isSuperset(of: ["discador.db", "simulator.jsonl"]))
            #expect(try await Program.run(arguments, in: folder).exitCode == 65)
        }
    }

    @Test func `speaks Portuguese, and understands its own processes whatever the language is`() async throws {
        try await Self.withFolder { folder in
            let result = try await Program.run(
                ["verify", "--kills", "3", "--contacts", "80", "--seed", "11"], in: folder,
                environment: ["TMPDIR": folder.path, "LC_ALL": "pt_BR.UTF-8"])
            #expect(result.exitCode == 0, "\(result.stderr)\n\(result.stdout)")
            #expect(result.stderr.contains("3 de 3 processos derrubados") && result.stderr.contains("semente 11"))
            #expect(result.stdout.contains("discados duas vezes") && result.stdout.contains("deve ser"))
            for word in ["dialed", "must be", "webhooks sent", "seed"] {
                #expect(!result.stdout.contains(word), "\(result.stdout)")
            }
            let wrong = try await Program.run(["verify", "--kills", "-1", "--lang", "pt-BR"], in: folder)
            #expect(wrong.exitCode == 64, "\(wrong.stderr)")
            let few = try await Program.run(["verify", "--contacts", "3", "--lang", "pt-BR"], in: folder)
            #expect(few.stderr.contains("--contacts aceita um número de 16 a 1000000."), "\(few.stderr)")
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func `that is interrupted leaves no process and no file behind`(signal: Int32) async throws {
        try await Self.withFolder { folder in
            let program = try Program(
                ["verify", "--kills", "100000", "--seed", "3"], in: folder, environment: ["TMPDIR": folder.path])
            try await program.wait(for: "seed 3", count: 1)
            try await program.wait(for: "a process of its own") { !Self.processes(with: folder.path).isEmpty }
            await program.send(signal)
            let result = try await program.result()
            #expect(result.exitCode == 130, "\(result.stderr)")
            #expect(Self.processes(with: folder.path) == [])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    private static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    /// The processes that have `text` on their command line.
    private static func processes(with text: String) -> [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { process in
            guard Int(process) != nil, let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
            else { return false }
            return String(decoding: line, as: UTF8.self).contains(text)
        }
    }
}
