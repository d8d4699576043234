import CampaignCore
import CampaignStore
import Foundation
import GRDB
import Glibc
import Testing

extension StoreTests {
    @Suite struct LockedTests {
        @Test func `a database that a backup tool keeps locked loses no id`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let store = try CampaignStore(
                    path: database.path,
                    holder: .init(pid: getpid(), host: "here", command: "test", since: Sample.now),
                    patience: .milliseconds(20))
                _ = try await store.begin(Sample.start())
                let results = try await store.claim(2).map { Sample.accepted($0) }
                let tool = try backupTool(database)
                try await tool.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                await #expect(throws: StoreError.locked(path: database.path)) {
                    try await store.commit(Sample.batch(results: results, claims: 1))
                }
                try await store.spool(results)
                try await tool.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
                try tool.close()
                try store.close()

                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.unspooled == 2 && opening.interrupted == 0 && opening.counts.accepted == 2)
            }
        }

        @Test func `a lock that is released in time is waited for`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let tool = try backupTool(database)
                    try await tool.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                    async let calls = store.claim(2)
                    try await tool.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
                    #expect(try await calls.count == 2)
                    try tool.close()
                }
            }
        }

        /// A program that takes and holds the lock, as no transaction of ours does.
        private func backupTool(_ database: TemporaryDatabase) throws -> DatabaseQueue {
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            return try DatabaseQueue(path: database.path, configuration: configuration)
        }

        @Test(.enabled("mounting a file system needs root") { geteuid() == 0 })
        func `a file system that has become read-only is an error about the file, and the spool outlives it`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                guard mount("tmpfs", database.folder, "tmpfs", 0, "size=8m") == 0 else { return }
                defer { umount2(database.folder, Int32(MNT_DETACH)) }
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.spool(try await store.claim(2).map { Sample.accepted($0) })
                }
                try #require(mount("tmpfs", database.folder, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
                let error = #expect(throws: StoreError.self) { try database.open() }
                guard case .io = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                try #require(mount("tmpfs", database.folder, "tmpfs", UInt(MS_REMOUNT), nil) == 0)
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.unspooled == 2 && opening.counts.accepted == 2)
            }
        }
    }
}
