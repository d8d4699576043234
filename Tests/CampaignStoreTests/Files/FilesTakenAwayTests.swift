import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Files that are removed or replaced while they are in use.
    @Suite struct FilesTakenAwayTests {
        @Test(arguments: ["", "-wal", "-lock"])
        func `a file that is removed or replaced stops every write, and its results are kept`(_ suffix: String)
            async throws
        {
            for replacing in [false, true] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 4)
                    let store = try database.open()
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    let path = database.path + suffix
                    let aside = path + "-aside"
                    try FileManager.default.moveItem(atPath: path, toPath: aside)
                    if replacing { try FileManager.default.copyItem(atPath: aside, toPath: path) }
                    await #expect(throws: StoreError.replaced(path: path, place: database.path)) {
                        try await store.record([Sample.accepted(calls[0])])
                    }
                    await #expect(throws: StoreError.replaced(path: path, place: database.path)) {
                        try await store.claim(1)
                    }
                    try await store.spool([Sample.accepted(calls[0])])
                    let end = #expect(throws: StoreError.self) { try store.close() }
                    guard case .replaced(path, _, _) = end else {
                        Issue.record("\(String(describing: end))")
                        return
                    }
                    // Everything that this process had written is there once the file is back.
                    if suffix != "-lock" {
                        #expect(end?.description.contains("-rescued-1 --db \(database.path)`") == true)
                    }
                    try? FileManager.default.removeItem(atPath: path)
                    try FileManager.default.moveItem(atPath: aside, toPath: path)
                    let copy = try database.copyAfterCrash()
                    let opening = try await copy.opened { try await $0.begin(Sample.start()) }
                    #expect(opening.unspooled == 1 && opening.interrupted == 1)
                    #expect(opening.counts.accepted == 1 && opening.counts.ready == 2)
                }
            }
        }

        @Test func `a commit whose file was removed lets nobody be called`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let store = try database.open()
                _ = try await store.begin(Sample.start())
                let gate = ActingGate { try? FileManager.default.removeItem(atPath: database.path) }
                var batch = Sample.batch(claims: 1)
                batch.gate = gate
                await #expect(throws: StoreError.replaced(path: database.path, place: database.path)) {
                    try await store.commit(batch)
                }
                #expect(throws: StoreError.self) { try store.close() }
            }
        }

    }
}
