import CampaignStore
import Foundation
import GRDB
import TestJSON
import Testing
import ZAPISimulator

/// Files that are databases, and not ones that this version can use.
@Suite(.fewAtATime) struct `A database of another program or version` {
    /// What makes it one, and what the refusal says.
    private static let cases: [(sql: String, says: String)] = [
        ("INSERT INTO grdb_migrations VALUES ('99 later')", "was written by a newer version of discador"),
        ("INSERT INTO grdb_migrations VALUES ('1 spine')", "was made by an earlier version of discador"),
        ("PRAGMA application_id = 7", "is not a discador database (it was made by another program)"),
    ]

    @Test(arguments: cases.indices)
    func `is input that cannot be used, by no command, and stays as it is`(number: Int) async throws {
        let (sql, says) = Self.cases[number]
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let queue = try DatabaseQueue(path: cli.database)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: sql)
            _ = try db.checkpoint(.truncate)
        }
        try queue.close()
        let before = FileManager.default.contents(atPath: cli.database)
        for words in [
            ["status"], ["import", "camp"], ["run", "camp"], ["report", "camp"], ["block", "add", "11900000001"],
        ] {
            let result = try await Program.run(words + ["--json"], in: cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == 65, "\(words): \(result.stderr)")
            #expect(result.stderr.contains(says), "\(words): \(result.stderr)")
            let document = try JSONValue(result.stdout)
            #expect(document["exitCode"] == 65 && document["version"] == 1, "\(words): \(result.stdout)")
        }
        #expect(FileManager.default.contents(atPath: cli.database) == before)
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }
}
