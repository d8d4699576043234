import CampaignCore
import Foundation
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct DiskFullTests {
        @Test(.enabled("mounting a small file system needs root") { SmallDisk.canBeMounted })
        func `on a full disk a commit fails, and the spool keeps every result for the next start`() async throws {
            try await SmallDisk.with { database in
                try await database.fill(contacts: 3000)
                let underWay = try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 64 })
                    let calls = try await store.claim(20)
                    try fill(database)
                    return try await dialUntilFull(store, underWay: calls)
                }
                #expect(!underWay.isEmpty)
                try FileManager.default.removeItem(atPath: filler(database))
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start())
                    #expect(opening.unspooled == underWay.count)
                    #expect(opening.interrupted == 0 && opening.counts.inDoubt == 0)
                    #expect(opening.counts.total == 3000)
                }
                let kept = try database.rows("SELECT contact_id FROM attempt WHERE zaap_id NOT NULL")
                let accepted = try database.reader().counts(campaign: Sample.name).accepted
                #expect(kept.count == accepted && accepted >= underWay.count)
            }
        }

        @Test(.enabled("mounting a small file system needs root") { SmallDisk.canBeMounted })
        func `on a disk with room for a small log alone, a campaign is dialed to its end`() async throws {
            try await SmallDisk.with { database in
                try await database.fill(contacts: 2000)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 10 })
                    var underWay: [ClaimedCall] = []
                    repeat {
                        underWay = try await store.commit(
                            Sample.batch(results: underWay.map { Sample.accepted($0) }, claims: 10)
                        ).calls
                    } while !underWay.isEmpty
                }
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 2000)
            }
        }

        @Test(.enabled("mounting a small file system needs root") { SmallDisk.canBeMounted })
        func `an import that does not fit leaves nothing behind`() async throws {
            try await SmallDisk.with { database in
                try await database.fill(contacts: 10)
                try await database.opened { store in
                    try fill(database)
                    await #expect(throws: StoreError.diskFull(path: database.path)) {
                        try await store.importLists(campaign: "outra", file: "o.yml", now: Sample.now) { writer in
                            try writer.beginList(file: "lista.csv", columns: ["telefone"])
                            for index in 0..<20_000 {
                                let phone = try Sample.phone(index)
                                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [])))
                            }
                        }
                    }
                    #expect(try database.reader().campaigns().map(\.name) == [Sample.name])
                }
            }
        }

        @Test(.enabled("mounting a small file system needs root") { SmallDisk.canBeMounted })
        func `opening on a full disk says that the disk is full`() async throws {
            try await SmallDisk.with { database in
                try await database.fill(contacts: 10)
                try fill(database)
                #expect(throws: StoreError.diskFull(path: database.path)) { try database.open() }
                try FileManager.default.removeItem(atPath: filler(database))
                try await database.opened { _ in }
                #expect(try database.reader().counts(campaign: Sample.name).ready == 10)
            }
        }

        @Test(.enabled("mounting a small file system needs root") { SmallDisk.canBeMounted })
        func
            `a checkpoint without disk space stops no commit that fits in the log, and is not blamed on another program`()
            async throws
        {
            try await SmallDisk.with { database in
                try await database.fill(contacts: 10)
                let store = try database.open()
                _ = try await store.begin(Sample.start())
                // Less than triggers a checkpoint, and more than there is space for afterwards.
                _ = try await store.importLists(campaign: "outra", file: "o.yml", now: Sample.now) { writer in
                    try writer.beginList(file: "lista.csv", columns: ["telefone"])
                    for index in 0..<6000 {
                        try writer.add(
                            .contact(ListContact(phone: try Sample.phone(index), callDuration: nil, own: [])))
                    }
                }
                let before = try size(of: database.path)
                try fill(database, leaving: 300 << 10)
                // A checkpoint that would fail must not take space that the log could use.
                for _ in 0..<4 { try await store.record(try await store.claim(1).map { Sample.accepted($0) }) }
                #expect(try size(of: database.path) == before)
                // Another program that reads at the same time.
                #expect(try database.reader().staleness == nil)
                #expect(try database.reader().examine() == [])
                try store.close()
                #expect(DatabaseFile(path: database.path).isShorterThanItSays, "no checkpoint broke off")
                try FileManager.default.removeItem(atPath: filler(database))
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(4).map { Sample.accepted($0) })
                }
                #expect(!DatabaseFile(path: database.path).isShorterThanItSays)
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == 8 && opening.interrupted == 0)
                #expect(try database.reader().examine() == [])
            }
        }

        /// Dials until a commit finds no space; then spools the results of the calls under way.
        private func dialUntilFull(_ store: CampaignStore, underWay: [ClaimedCall]) async throws -> [ClaimedCall] {
            var underWay = underWay
            for _ in 0..<200 {
                let results = underWay.map { Sample.accepted($0) }
                do throws(StoreError) {
                    underWay = try await store.commit(Sample.batch(results: results, claims: 20)).calls
                } catch {
                    #expect(error == .diskFull(path: store.path))
                    try await store.spool(results)
                    return underWay
                }
            }
            Issue.record("the disk never filled up")
            return []
        }

        private func filler(_ database: TemporaryDatabase) -> String { database.folder + "/filler" }

        /// Takes every free byte but these.
        private func fill(_ database: TemporaryDatabase, leaving free: Int) throws {
            try fill(database)
            try #require(truncate(filler(database), off_t(try size(of: filler(database)) - free)) == 0)
        }

        private func size(of path: String) throws -> Int { try #require(DatabaseFile.size(of: path)) }

        /// Takes the last free byte.
        private func fill(_ database: TemporaryDatabase) throws {
            let descriptor = open(filler(database), O_WRONLY | O_CREAT, 0o600)
            defer { close(descriptor) }
            let bytes = [UInt8](repeating: 1, count: 4096)
            while write(descriptor, bytes, bytes.count) > 0 {}
            #expect(errno == ENOSPC)
        }
    }
}

/// A file system of 4 MB in memory.
private enum SmallDisk {
    static let canBeMounted: Bool = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-mount-\(UUID())").path
        mkdir(folder, 0o700)
        defer { rmdir(folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0 else { return false }
        return umount(folder) == 0
    }()

    static func with(_ body: (TemporaryDatabase) async throws -> Void) async throws {
        try await TemporaryDatabase.with { database in
            try #require(mount("tmpfs", database.folder, "tmpfs", 0, "size=4m") == 0)
            defer { umount2(database.folder, Int32(MNT_DETACH)) }
            try await body(database)
        }
    }
}
