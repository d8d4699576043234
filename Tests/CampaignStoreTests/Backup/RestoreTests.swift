import CampaignCore
import CampaignStore
import Foundation
import Testing

extension StoreTests {
    /// Restoring a copy.
    @Suite struct RestoreTests {
        private static let holder = WriterLock.Holder(pid: 1, host: "here", command: "restore", since: Sample.now)

        @Test func `an older copy is refused unless it is confirmed, and what it replaces is kept`()
            async throws
        {
            try await TemporaryDatabase.withOlderCopy { database, older in
                let error = #expect(throws: StoreError.self) { try database.restore(older) }
                guard case .outdated(_, _, let commits, let wanted) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 5)
                let done = try database.restore(older, forgetsLater: true)
                #expect(done.forgotten == wanted - commits)
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 0)
                let aside = try #require(done.aside)
                #expect(try StoreReader(path: aside).counts(campaign: Sample.name).accepted == 5)
                #expect(try await database.opened { try await $0.begin(Sample.start()) }.counts.ready == 20)
                // And back again: that one knows all calls.
                let back = try database.restore(aside, forgetsLater: true, at: 1)
                #expect(back.forgottenCalls?.count == 0 && !back.losesCalls)
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 5)
            }
        }

        @Test func `a log or a spool that was left over does not leak into the copy`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(3)
                    try await store.record([Sample.accepted(calls[0])])
                    try await store.spool([Sample.accepted(calls[1])])
                    return try database.copyAfterCrash()
                }
                let done = try crash.restore(older, forgetsLater: true)
                let opening = try await crash.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.ready == 20 && opening.unspooled == 0 && opening.interrupted == 0)
                let aside = try #require(done.aside)
                #expect(done.resultsAside == aside + "-spool")
                // The one that was set aside has both.
                let kept = try await reopened(aside) { try await $0.begin(Sample.start()) }
                #expect(kept.unspooled == 1 && kept.interrupted == 1 && kept.counts.accepted == 7)
            }
        }

        @Test func `results that no database had taken in stay beside a copy that knows their calls`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                let store = try database.open()
                _ = try await store.begin(Sample.start())
                let calls = try await store.claim(3)
                try FileManager.default.removeItem(atPath: database.path)
                try await store.spool(calls.map { Sample.accepted($0) })
                let error = #expect(throws: StoreError.self) { try store.close() }
                guard case .replaced(_, _, let rescued?) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(throws: StoreError.lost(path: database.path)) { try database.open() }
                let done = try database.restore(rescued)
                #expect(done.resultsAside == nil && done.aside == nil && done.forgotten == 0)
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.unspooled == 3 && opening.counts.accepted == 3 && opening.interrupted == 0)
            }
        }

        @Test func `numbers on the do-not-call list stay on it`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(try Sample.phone(17), reason: "asked") }
                }
                let done = try database.restore(older, forgetsLater: true)
                #expect(done.carried.blocks == 1 && done.forgottenCalls?.count == 5)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let commit = try await store.commit(Sample.batch(claims: 20))
                    #expect(commit.calls.count == 19 && commit.excluded == 0)
                }
            }
        }

        @Test func `a file that was refused as older is trusted once a person says so`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try FileManager.default.removeItem(atPath: database.path)
                try FileManager.default.copyItem(atPath: older, toPath: database.path)
                #expect(throws: StoreError.self) { try database.open() }
                #expect(throws: StoreError.self) { try database.restore(database.path) }
                #expect(try database.restore(database.path, forgetsLater: true).aside == nil)
                #expect(try await database.opened { try await $0.begin(Sample.start()) }.counts.ready == 20)
            }
        }

        @Test func `a copy of another database, a damaged one and none at all are refused`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await TemporaryDatabase.with { other in
                    try await other.fill(contacts: 1)
                    let error = #expect(throws: StoreError.self) { try database.restore(other.path) }
                    guard case .otherDatabase = error else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                    #expect(throws: StoreError.missing(path: "/nowhere.db")) {
                        try database.restore("/nowhere.db", forgetsLater: true)
                    }
                    try Data(contentsOf: URL(filePath: older)).prefix(9000).write(to: URL(filePath: older))
                    #expect(throws: StoreError.self) { try database.restore(older, forgetsLater: true) }
                    #expect(try database.reader().counts(campaign: Sample.name).accepted == 5)
                    // Where there was no database, nothing is forgotten.
                    try await other.opened { _ in }
                    let fresh = TemporaryDatabase(folder: database.folder + "/copy-fresh")
                    try FileManager.default.createDirectory(atPath: fresh.folder, withIntermediateDirectories: false)
                    #expect(try fresh.restore(other.path).aside == nil)
                    #expect(try fresh.reader().counts(campaign: Sample.name).ready == 1)
                }
            }
        }

        @Test func `nothing is restored under a process that has the database open`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await database.opened { _ in
                    let error = #expect(throws: StoreError.self) {
                        try database.restore(older, forgetsLater: true)
                    }
                    guard case .held = error else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                }
            }
        }

        @Test func `a process whose files are gone leaves a copy of all it knew, which can be restored`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                let store = try database.open()
                _ = try await store.begin(Sample.start())
                let calls = try await store.claim(3)
                try await store.record([Sample.accepted(calls[0])])
                try FileManager.default.removeItem(atPath: database.path)
                try FileManager.default.removeItem(atPath: database.path + "-wal")
                await #expect(throws: StoreError.self) { try await store.record([Sample.accepted(calls[1])]) }
                try await store.spool([Sample.accepted(calls[1])])
                let error = #expect(throws: StoreError.self) { try store.close() }
                guard case .replaced(_, _, let rescued?) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(error?.description.contains("discador restore \(rescued) --db ") == true)
                #expect(try database.restore(rescued).forgotten == 0)
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 1)
            }
        }

        @Test func `a result for a call that the database does not know is not dropped`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let call = try #require(try await store.claim(1).first)
                    try await store.spool([Sample.accepted(call)])
                }
                let spool = try Data(contentsOf: URL(filePath: database.path + "-spool"))
                _ = try database.restore(older, forgetsLater: true)
                try spool.write(to: URL(filePath: database.path + "-spool"))
                let error = await #expect(throws: StoreError.self) {
                    try await database.opened { _ = try await $0.begin(Sample.start()) }
                }
                #expect(error?.description.contains("does not know") == true, "\(String(describing: error))")
                #expect(try Data(contentsOf: URL(filePath: database.path + "-spool")) == spool)
            }
        }

        @Test(arguments: ["-partial", ""])
        func `a restore that fails leaves the results where the next run finds them`(_ obstacle: String) async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await spoolOne(database)
                let aside = "\(database.path)-replaced-\(Sample.now.milliseconds)\(obstacle)"
                try FileManager.default.createDirectory(atPath: aside, withIntermediateDirectories: false)
                #expect(throws: StoreError.self) { try database.restore(older, forgetsLater: true) }
                let opening = try await database.opened { try await $0.begin(Sample.start { $0.inDoubt = .retry }) }
                #expect(opening.unspooled == 1 && opening.interrupted == 0 && opening.counts.accepted == 6)
            }
        }

        @Test func `results that cannot be moved away from a copy in place are refused until they are`() async throws {
            try await TemporaryDatabase.withOlderCopy { database, older in
                try await spoolOne(database)
                let aside = "\(database.path)-replaced-\(Sample.now.milliseconds)"
                try FileManager.default.createDirectory(atPath: aside + "-spool", withIntermediateDirectories: false)
                #expect(throws: StoreError.self) { try database.restore(older, forgetsLater: true) }
                let error = await #expect(throws: StoreError.self) {
                    try await database.opened { _ = try await $0.begin(Sample.start()) }
                }
                #expect(error?.description.contains("does not know") == true, "\(String(describing: error))")
                // Back to what the copy has replaced, and it has them.
                #expect(try database.restore(aside, forgetsLater: true, at: 1).resultsAside == nil)
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.unspooled == 1 && opening.interrupted == 0 && opening.counts.accepted == 6)
            }
        }

        /// Leaves a result beside the database that is not in it.
        private func spoolOne(_ database: TemporaryDatabase) async throws {
            try await database.opened { store in
                _ = try await store.begin(Sample.start())
                try await store.spool(try await store.claim(1).map { Sample.accepted($0) })
            }
        }

        private func reopened<T>(_ path: String, _ body: (CampaignStore) async throws -> T) async throws -> T {
            let store = try CampaignStore(path: path, holder: Self.holder)
            let value = try await body(store)
            try store.close()
            return value
        }
    }
}
