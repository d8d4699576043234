import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Restoring a copy where something of the replaced database is lost, or was.
    @Suite struct RestoreLossTests {
        @Test(arguments: [false, true])
        func `a restore that was cut off is taken back by the next one, which loses nothing`(
            _ hasLog: Bool
        ) async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                let crash = try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(try Sample.phone(17), reason: "asked") }
                    return try database.copyAfterCrash()
                }
                // As after a kill between the moves.
                let aside = crash.path + "-replaced-5"
                try FileManager.default.moveItem(atPath: crash.path, toPath: aside)
                if !hasLog { try FileManager.default.moveItem(atPath: crash.path + "-wal", toPath: aside + "-wal") }
                #expect(throws: StoreError.self) { try crash.open() }
                let done = try crash.restore(older, forgetsLater: true, at: 60)
                #expect(done.carried.blocks == 1 && done.forgottenCalls?.count == 5)
                #expect(!done.losesBlocks && !done.losesCalls)
                #expect(FileIdentity(path: aside) == nil && done.aside != nil)
                #expect(try await crash.opened { try await $0.begin(Sample.start()) }.counts.ready == 19)
            }
        }

        @Test(arguments: [true, false])
        func `what the replaced database had lost is said to be lost`(_ isThere: Bool) async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    return try database.copyAfterCrash()
                }
                try FileManager.default.removeItem(atPath: crash.path + "-wal")
                if !isThere { try FileManager.default.removeItem(atPath: crash.path) }
                let done = try crash.restore(older, forgetsLater: true)
                #expect(done.losesBlocks && done.losesCalls && done.forgotten > 0)
            }
        }

        @Test func `what was replaced counts as older than the copy in its place`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                let later = database.folder + "/later.db"
                try database.reader().backUp(to: later)
                let aside = try #require(try database.restore(older, forgetsLater: true).aside)
                try await database.opened { _ = try await $0.begin(Sample.start()) }
                for copy in [later, aside] {
                    #expect(throws: StoreError.self) { try database.restore(copy) }
                }
                try FileManager.default.removeItem(atPath: database.path)
                try FileManager.default.moveItem(atPath: aside, toPath: database.path)
                #expect(throws: StoreError.self) { try database.open() }
            }
        }

        @Test func `calls that the copy knows as under way are listed`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, _ in
                let copy = database.folder + "/under-way.db"
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    try database.reader().backUp(to: copy)
                    try await store.record(calls.map { Sample.accepted($0) })
                }
                let done = try database.restore(copy, forgetsLater: true)
                #expect(done.forgottenCalls?.count == 2 && done.forgottenCalls?.people == 2)
            }
        }

        @Test(arguments: ["block", "hold_by_reply", "webhook_address"])
        func `a database that is damaged there can be replaced, and what is lost is told`(_ name: String) async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(try Sample.phone(17), reason: "asked") }
                }
                let page = try #require(
                    try database.text("SELECT rootpage FROM sqlite_schema WHERE name = '\(name)'").flatMap { Int($0) })
                let file = try FileHandle(forUpdating: URL(filePath: database.path))
                try file.seek(toOffset: UInt64((page - 1) * 4096))
                try file.write(contentsOf: Data(count: 4096))
                try file.close()
                let done = try database.restore(older, forgetsLater: true)
                #expect(done.aside != nil && done.losesBlocks)
                #expect(try await database.opened { try await $0.begin(Sample.start()) }.counts.ready >= 19)
            }
        }
    }
}
