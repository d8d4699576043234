import Foundation
import Testing

/// Files that no result may overwrite.
extension CLIFixture {
    func file(_ name: String) -> URL { folder.appending(path: name) }

    func text(of name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file(name).path) ?? Data(), as: UTF8.self)
    }

    /// Every file with its bytes, except those that SQLite shares between readers of the command's own database.
    func contents() throws -> [String: Data?] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return Dictionary(
            uniqueKeysWithValues: names.filter { !["discador.db-shm", "discador.db-wal"].contains($0) }.map {
                ($0, FileManager.default.contents(atPath: file($0).path))
            })
    }

    /// Expects every command that writes a file to refuse each of these, with `--force` too, and to change nothing.
    ///
    /// - Parameter open: a database that a shell opens for the command.
    func expectNothingIsWritten(to paths: [String], norThroughDescriptorOf open: String) async throws {
        let before = try contents()
        for path in paths {
            for command in [["report", "camp", "-o"], ["backup"], ["simulate", "--port", "0", "--ledger"]] {
                let force = command[0] == "simulate" ? [] : ["--force"]
                let result = try await Program.run(
                    command + [path] + force, in: folder, environment: Self.environment)
                #expect(result.exitCode == 64, "\(command) \(path): \(result.stderr)")
                #expect(result.stderr.contains("would be lost"), "\(result.stderr)")
            }
        }
        let through = try start("report", "camp", "-o", "/dev/fd/7", "--force", shell: "exec 7<>\(open)")
        #expect(try await through.result().exitCode == 64)
        #expect(try contents() == before)
    }

    /// Expects a demo in a folder to be refused because of a file in it, and to change nothing.
    func expectNoDemo(in folder: String, for name: String) async throws {
        let before = try contents()
        let demo = try await discador("demo", "--output", folder, "--campaign", Self.demoCampaign)
        #expect(demo.exitCode == 64 && demo.stderr.contains(name), "\(demo.stderr)")
        #expect(try contents() == before)
    }
}
