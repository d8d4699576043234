import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    /// How the next start treats a database that has less than was written under its name.
    @Suite struct OlderFilesTests {
        @Test func `an older copy under the same name is refused, whatever log lies beside it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 20)
                try database.reader().backUp(to: database.folder + "/older.db")
                try await database.fill(contacts: 20, from: 20)
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    for _ in 0..<4 { try await store.record(try await store.claim(5).map { Sample.accepted($0) }) }
                    return try database.copyAfterCrash()
                }
                for path in [database.path, crash.path] {
                    let place = TemporaryDatabase(folder: URL(filePath: path).deletingLastPathComponent().path)
                    let log = try? Data(contentsOf: URL(filePath: path + "-wal"))
                    try FileManager.default.removeItem(atPath: path)
                    try FileManager.default.copyItem(atPath: database.folder + "/older.db", toPath: path)
                    let older = try Data(contentsOf: URL(filePath: path))
                    let error = #expect(throws: StoreError.self) { try place.open() }
                    guard case .outdated = error else {
                        Issue.record("\(String(describing: error))")
                        continue
                    }
                    #expect(error?.description.contains("call people again") == true)
                    // Readers get the same error.
                    if log == nil { #expect(try place.reader().staleness == error) }
                    #expect(try log != nil || place.reader().examine().map(\.text) == [error?.description ?? ""])
                    #expect(try Data(contentsOf: URL(filePath: path)) == older)
                    #expect((try? Data(contentsOf: URL(filePath: path + "-wal"))) == log)
                }
            }
        }

        @Test func `a copy from before the log was restarted is refused, though the log would hide its age`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 8)
                let older = database.folder + "/older.db"
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                    try store.reader().backUp(to: older)
                    // More than fits into the log: the next commit restarts it.
                    _ = try await store.importLists(campaign: "outra", file: "o.yml", now: Sample.now) { writer in
                        try writer.beginList(file: "longa.csv", columns: ["telefone", "nota"])
                        let note = String(repeating: "longa ", count: 250)
                        for index in 0..<24_000 {
                            try writer.add(
                                .contact(
                                    ListContact(phone: try Sample.phone(index), callDuration: nil, own: ["", note])))
                        }
                    }
                    for _ in 0..<3 { _ = try await store.claim(1) }
                    return try database.copyAfterCrash()
                }
                let copy = try Data(contentsOf: URL(filePath: older))
                try copy.write(to: URL(filePath: crash.path))
                let error = #expect(throws: StoreError.self) { try crash.open() }
                guard case .outdated = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(try Data(contentsOf: URL(filePath: crash.path)) == copy)
            }
        }

        @Test(arguments: [0, 32, 4152, 12_392])
        func `a log that was removed or cut after a kill is noticed`(_ length: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 40)
                let crash = try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    for _ in 0..<4 { try await store.record(try await store.claim(5).map { Sample.accepted($0) }) }
                    return try database.copyAfterCrash()
                }
                let log = URL(filePath: crash.path + "-wal")
                if length == 0 {
                    try FileManager.default.removeItem(at: log)
                } else {
                    try Data(contentsOf: log).prefix(length).write(to: log)
                }
                let error = #expect(throws: StoreError.self) { try crash.open() }
                guard case .outdated(_, _, let commits, let wanted) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(commits < wanted)
            }
        }

        @Test func `a mark that lags behind refuses nothing, but a missing or unreadable one is not ignored`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let tide = URL(filePath: database.path + "-tide")
                let early = try Data(contentsOf: tide)
                try await database.opened { _ = try await $0.begin(Sample.start()) }
                try early.write(to: tide)
                try await database.opened { _ = try await $0.begin(Sample.start()) }
                let mark = try #require(TideMark.read(tide.path))
                #expect(try database.text("SELECT commits FROM store") == "\(mark.commits)")
                let unmarked = StoreError.unmarked(path: database.path)
                for content in [Data(), Data(repeating: 0, count: 128), Data("nonsense".utf8)] {
                    try content.write(to: tide)
                    #expect(throws: unmarked) { try database.open() }
                    #expect(try database.reader().staleness == unmarked)
                }
                try FileManager.default.removeItem(at: tide)
                #expect(throws: unmarked) { try database.open() }
            }
        }
    }
}
