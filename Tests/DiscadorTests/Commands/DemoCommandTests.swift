import Foundation
import TestJSON
import Testing

@Suite struct `The command demo` {
    @Test func `ends as its scenario says, twice in the same folder`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for _ in 1...2 {
            let demo = try await Program.run(["demo", "--campaign", CLIFixture.demoCampaign, "--json"], in: folder)
            #expect(demo.exitCode == 0, "\(demo.stderr)")
            let document = try JSONValue(demo.stdout)
            #expect(document["isAsExpected"] == true)
            #expect(document["audit"]?["dialedTwice"] == 0)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/reports/demo")
            #expect(files.filter { $0.contains("rejects") } == ["demo.rejects.csv"])
        }
    }
}
