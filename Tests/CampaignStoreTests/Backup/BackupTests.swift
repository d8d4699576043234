import CampaignCore
import CampaignStore
import Foundation
import Testing

extension StoreTests {
    @Suite struct BackupTests {
        @Test func `a copy made while the writer is never idle is one sound moment of the database`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2000)
                let copy = try database.elsewhere("kept")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    let reader = try database.reader()
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            var underWay: [ClaimedCall] = []
                            while !Task.isCancelled {
                                let results = underWay.map { Sample.accepted($0) }
                                underWay = try await store.commit(Sample.batch(results: results, claims: 4)).calls
                            }
                            try await store.record(underWay.map { Sample.accepted($0) })
                        }
                        for _ in 0..<5 { try reader.backUp(to: copy.path) }
                        group.cancelAll()
                    }
                    let accepted = try reader.counts(campaign: Sample.name).accepted
                    let copied = try copy.reader().counts(campaign: Sample.name)
                    #expect(copied.total == 2000 && copied.accepted <= accepted)
                }
                #expect(try copy.text("PRAGMA integrity_check") == "ok")
                #expect(try copy.reader().examine() == [])
            }
        }

        @Test func `a copy is one file, for its owner only, in which a run can begin`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let copy = try database.elsewhere("kept")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    try await store.record([Sample.accepted(calls[0])])
                    try database.reader().backUp(to: copy.path)
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: copy.folder) == ["campanhas.db"])
                let attributes = try FileManager.default.attributesOfItem(atPath: copy.path)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                // The call that was under way when the copy was made may have rung.
                let opening = try await copy.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == 1 && opening.counts.inDoubt == 1 && opening.counts.ready == 3)
            }
        }

        @Test func `a copy of a damaged database is an error about the database`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2000)
                let kept = database.folder + "/kept.db"
                var bytes = try Data(contentsOf: URL(filePath: database.path))
                // The middle of the file: pages of contacts.
                let middle = bytes.count / 2 / 4096 * 4096
                for index in middle..<(middle + 4096) { bytes[index] = 0x5A }
                try bytes.write(to: URL(filePath: database.path))
                let error = #expect(throws: StoreError.self) { try database.reader().backUp(to: kept) }
                guard case .corrupt(let path, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(path == database.path)
                #expect(!FileManager.default.fileExists(atPath: kept + "-journal"))
            }
        }

        @Test func `a folder that is not there is an error about the copy`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let error = #expect(throws: StoreError.self) { try database.reader().backUp(to: "/nowhere/kept.db") }
                guard case .io(let path, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(path.hasPrefix("/nowhere/kept.db"))
            }
        }
    }
}
