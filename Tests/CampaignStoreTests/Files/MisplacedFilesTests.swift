import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// How the next start treats a database that is gone, has been replaced, or comes from elsewhere.
    @Suite struct MisplacedFilesTests {
        @Test func `no database is made where one was lost`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: database.path + suffix)
                }
                let lost = StoreError.lost(path: database.path)
                #expect(throws: lost) { try database.open() }
                #expect(throws: lost) { try database.reader() }
                // Removing the mark confirms a new beginning.
                try FileManager.default.removeItem(atPath: database.path + "-tide")
                #expect(throws: StoreError.missing(path: database.path)) { try database.reader() }
                try await database.fill(contacts: 2)
                try FileManager.default.removeItem(atPath: database.path)
                try FileManager.default.removeItem(atPath: database.path + "-tide")
                try Data("{}\n".utf8).write(to: URL(filePath: database.path + "-spool"))
                #expect(throws: lost) { try database.open() }
            }
        }

        @Test func `another database in the place of one is refused, and so is its log`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let other = try database.elsewhere("other")
                try await other.fill(contacts: 2)
                let bytes = try Data(contentsOf: URL(filePath: other.path))
                try bytes.write(to: URL(filePath: database.path))
                let refusal = StoreError.otherDatabase(path: database.path, place: database.path)
                #expect(throws: refusal) { try database.open() }
                #expect(try database.reader().staleness == refusal)
                #expect(try Data(contentsOf: URL(filePath: database.path)) == bytes)
            }
        }

        @Test func `a database that was renamed away from its log is refused, and one with all its files is not`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 20)
                let killed = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(3).map { Sample.accepted($0) })
                    return try database.copyAfterCrash()
                }
                // As the kill left them, at the path that they know.
                for suffix in ["", "-wal", "-shm", "-tide"] {
                    try? FileManager.default.removeItem(atPath: database.path + suffix)
                }
                for suffix in ["-wal", "-tide"] {
                    try FileManager.default.copyItem(
                        atPath: killed.path + suffix, toPath: database.path + suffix)
                }
                let moved = try database.elsewhere("moved")
                try FileManager.default.copyItem(atPath: killed.path, toPath: moved.path)
                #expect(throws: StoreError.writtenElsewhere(path: moved.path, name: database.path)) {
                    try moved.open()
                }
                for suffix in ["-wal", "-tide"] {
                    // Any program that reads creates an empty log.
                    try? FileManager.default.removeItem(atPath: moved.path + suffix)
                    try FileManager.default.moveItem(atPath: database.path + suffix, toPath: moved.path + suffix)
                }
                #expect(try await moved.opened { try await $0.begin(Sample.start()) }.counts.accepted == 3)
            }
        }

        @Test func `a database that was written under another path than its mark is refused`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let elsewhere = try database.elsewhere()
                // As in a container that sees only the file: it is used there, and comes back without its log.
                try FileManager.default.moveItem(atPath: database.path, toPath: elsewhere.path)
                try FileManager.default.copyItem(atPath: database.path + "-tide", toPath: elsewhere.path + "-tide")
                try await elsewhere.opened { _ = try await $0.begin(Sample.start()) }
                try FileManager.default.moveItem(atPath: elsewhere.path, toPath: database.path)
                let refusal = StoreError.writtenElsewhere(path: database.path, name: elsewhere.path)
                #expect(throws: refusal) { try database.open() }
            }
        }
    }
}
