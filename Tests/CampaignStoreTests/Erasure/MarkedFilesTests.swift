import CampaignCore
import Foundation
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct MarkedFilesTests {
        /// A database that knows a file of rejected rows, in which a number stands that a person has beside the first.
        private func withRejectsFile(
            _ body: (TemporaryDatabase, _ path: String) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                let path = database.folder + "/cobranca.rejects.csv"
                try Data("linha;\(try Sample.phone(1).text)\n".utf8).write(to: URL(fileURLWithPath: path))
                let other = database.folder + "/outra.rejects.csv"
                try Data("linha;\(try Sample.phone(77).text)\n".utf8).write(to: URL(fileURLWithPath: other))
                try await database.fill(contacts: 1, campaign: "outra", from: 5)
                try await database.opened { store in
                    _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                        try writer.beginList(file: "lista.csv", columns: ["telefone"])
                        var contact = ListContact(phone: try Sample.phone(0), callDuration: nil, own: [""])
                        contact.further = [try Sample.phone(1)]
                        try writer.add(.contact(contact))
                        try writer.add(
                            .reject(
                                ListReject(
                                    line: 2, raw: Array("x".utf8), own: ["x"], reason: "phone_too_short",
                                    suggestion: "")))
                    }
                    try await store.noteRejectsFile(path, sha256: [1], campaign: Sample.name)
                    try await store.noteRejectsFile(other, sha256: [2], campaign: "outra")
                }
                try await body(database, path)
            }
        }

        @Test func `those that mention a forgotten person stay marked until they have been dealt with`() async throws {
            try await withRejectsFile { database, path in
                let hooks = SliceHooks()
                hooks.does(at: 1) { throw Killed() }
                let store = try database.open(hooks)
                // The rejected row of the person is the first slice.
                try await store.change("UPDATE reject SET own = '[\"\(Sample.phone(1).text)\"]'")
                await #expect(throws: (any Error).self) {
                    try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                }
                #expect(try database.reader().markedFiles().rejects == [path: [1]])
                _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                try store.close()
                // Killed before the file was removed: the numbers are not known any more.
                try await database.opened { store in
                    #expect(try await store.hasTracesOfEarlier())
                    _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                    let marked = try database.reader().markedFiles()
                    #expect(marked.rejects == [path: [1]] && marked.lists == [])
                    try await store.endErasing(marked, of: nil)
                    #expect(try database.reader().markedFiles() == MarkedFiles())
                    #expect(try await !store.hasTracesOfEarlier())
                }
            }
        }

        @Test func `one that the program has written anew since is not removed`() async throws {
            try await withRejectsFile { database, path in
                try await database.opened { store in
                    _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                    try await store.noteRejectsFile(path, sha256: [3], campaign: Sample.name)
                    #expect(try database.reader().markedFiles() == MarkedFiles())
                }
            }
        }

        @Test func `those of old rejected rows are marked before the rows are emptied`() async throws {
            try await withRejectsFile { database, path in
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                _ = try await store.cancel(campaign: Sample.name)
                let end = Sample.later(90_000)
                hooks.does(at: hooks.count + 2) { throw Killed() }
                await #expect(throws: (any Error).self) { try await store.pruneContacts(before: end, now: end) }
                #expect(try database.reader().markedFiles().rejects[path] == [1])
                _ = try await store.pruneContacts(before: end, now: end)
                #expect(try await store.pruneContacts(before: end, now: end) == PrunedContacts())
                #expect(try database.reader().markedFiles().rejects[path] == [1])
                try store.close()
            }
        }

        @Test func `a campaign of which only traces are left is still deleted by its name`() async throws {
            try await withRejectsFile { database, path in
                try await database.opened { store in
                    _ = try await store.cancel(campaign: Sample.name)
                    let deleted = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    #expect(deleted.counts.excluded == 1)
                    let reader = try database.reader()
                    #expect(try reader.unfinishedDeletions() == [UnfinishedDeletion(name: Sample.name, file: "c.yml")])
                    #expect(try reader.campaigns().map(\.name) == ["outra"])
                }
                try await database.opened { store in
                    let again = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    #expect(again.counts.excluded == 1 && !again.hasTraces)
                    let marked = try database.reader().markedFiles()
                    #expect(marked.rejects == [path: [1]])
                    try await store.endErasing(marked, of: Sample.name)
                    #expect(try database.reader().unfinishedDeletions() == [])
                    await #expect(throws: StoreError.self) {
                        try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    }
                    #expect(try database.text("SELECT count(*) FROM deleted_campaign WHERE name IS NOT NULL") == "0")
                }
            }
        }

        @Test func `a campaign of the same name that has come since is another one`() async throws {
            try await withRejectsFile { database, _ in
                try await database.opened { store in
                    _ = try await store.cancel(campaign: Sample.name)
                    _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                }
                try await database.fill(contacts: 3, from: 20)
                try await database.opened { store in
                    #expect(try database.reader().unfinishedDeletions() == [])
                    _ = try await store.cancel(campaign: Sample.name)
                    let deleted = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    #expect(deleted.counts.excluded == 3)
                    try await store.endErasing(MarkedFiles(), of: Sample.name)
                    #expect(try database.reader().unfinishedDeletions() == [])
                }
            }
        }

        @Test func `every copy that the program leaves beside the database is known`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let names = [
                    "campanhas.db-before-0.1.0", "campanhas.db-before-0.1.0-2", "campanhas.db-list-1",
                    "campanhas.db-replaced-5", "campanhas.db-replaced-5-forgotten.csv", "campanhas.db-rescued-1",
                ]
                for name in names + ["campanhas.db-beforehand", "outra.db-before-0.1.0"] {
                    try Data().write(to: URL(fileURLWithPath: database.folder + "/" + name))
                }
                let copies = try database.reader().knownFiles().copies
                #expect(copies.map { URL(fileURLWithPath: $0).lastPathComponent } == names)
            }
        }
    }
}
