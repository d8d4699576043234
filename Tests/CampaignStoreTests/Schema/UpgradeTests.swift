import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What is kept of a database before migrations of a later version change it.
    @Suite struct UpgradeTests {
        @Test func `before tables change, a complete copy is kept beside the database`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let store = try open(database, Self.later)
                let copy = try #require(store.upgradeCopy)
                try store.close()
                let real = DatabaseFiles(path: database.path).database
                #expect(copy == "\(real)-before-\(ProductVersion.current)")
                #expect(try database.text("SELECT count(*) FROM later") == "0")
                // The copy is read as the version of before reads it.
                #expect(try StoreReader(path: copy).counts(campaign: Sample.name).ready == 3)
                let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                #expect(DatabaseFiles.database(beside: copy) == real)
                #expect(try copies(database) == ["campanhas.db-before-\(ProductVersion.current)"])
            }
        }

        @Test func `nothing is kept of a new database, or of one that has its tables already`() async throws {
            try await TemporaryDatabase.with { database in
                let new = try open(database, Self.later)
                #expect(new.upgradeCopy == nil)
                try new.close()
            }
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { #expect($0.upgradeCopy == nil) }
                #expect(try copies(database) == [])
            }
        }

        @Test func `a migration that fails changes nothing and leaves no copy`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                var failing = Schema.migrator
                failing.registerMigration("99 failing") { db in
                    try db.execute(sql: "CREATE TABLE later (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")
                }
                for _ in 1...3 { #expect(throws: StoreError.self) { try open(database, failing) } }
                #expect(try copies(database) == [])
                #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
            }
        }

        @Test func `a file that has the copy's name is never replaced`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let name = "\(database.path)-before-\(ProductVersion.current)"
                try Data("mine".utf8).write(to: URL(filePath: name))
                let store = try open(database, Self.later)
                let copy = try #require(store.upgradeCopy)
                try store.close()
                #expect(copy.hasSuffix("-before-\(ProductVersion.current)-2"))
                #expect(FileManager.default.contents(atPath: name) == Data("mine".utf8))
                #expect(try StoreReader(path: copy).counts(campaign: Sample.name).total == 2)
            }
        }

        /// The migrations of a later version.
        private static var later: DatabaseMigrator {
            var migrator = Schema.migrator
            migrator.registerMigration("99 later") { db in
                try db.execute(sql: "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")
            }
            return migrator
        }

        private func open(_ database: TemporaryDatabase, _ migrator: DatabaseMigrator) throws -> CampaignStore {
            try CampaignStore(
                path: database.path,
                holder: WriterLock.Holder(pid: getpid(), host: "here", command: "test", since: Sample.now),
                patience: .seconds(10), SliceLimits(), migrator: migrator)
        }

        private func copies(_ database: TemporaryDatabase) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: database.folder).filter { $0.contains("-before-") }
        }
    }
}
