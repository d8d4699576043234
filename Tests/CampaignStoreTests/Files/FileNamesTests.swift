import CampaignCore
import Foundation
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A database under several names, and other files that may be beside it.
    @Suite struct FileNamesTests {
        @Test func `a database is one under every symbolic link, and its files lie beside the file itself`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let folder = database.folder + "/elsewhere"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                let link = TemporaryDatabase(folder: folder)
                try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: database.path)
                let store = try database.open(command: "run cobranca")
                let error = #expect(throws: StoreError.self) { try link.open() }
                guard case .held(_, let holder, _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(holder.english.contains("run cobranca"))
                #expect(WriterLock.holder(ofDatabase: link.path)?.command == "run cobranca")
                _ = try await store.begin(Sample.start())
                _ = try await store.claim(1)
                // The log beside the file is found from the link.
                #expect(try link.reader().counts(campaign: Sample.name).dialing == 1)
                #expect(try link.reader().examine() == [])
                try store.close()
                try await link.opened { _ = try await $0.begin(Sample.start()) }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["campanhas.db"])
            }
        }

        @Test func `a database that a link points to and that is not there yet is made where the link points`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                let link = try database.elsewhere()
                try FileManager.default.createSymbolicLink(
                    atPath: link.path, withDestinationPath: "../campanhas.db")
                try await link.fill(contacts: 2)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
                #expect(DatabaseFiles(path: link.path) == DatabaseFiles(path: database.path))
            }
        }

        @Test
        func `a second name of the file is refused before, during and after a run, and the first one still works`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let other = try database.elsewhere()
                try FileManager.default.linkItem(atPath: database.path, toPath: other.path)
                let refusal = StoreError.otherName(path: other.path, name: database.path)
                #expect(throws: refusal) { try other.open() }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let holder = Phrase(
                        "process \(getpid()) on here (test), as \(database.path)",
                        "processo \(getpid()) em here (test), como \(database.path)")
                    let inUse = StoreError.held(path: other.path, holder: holder)
                    #expect(throws: inUse) { try other.open() }
                    #expect(throws: inUse) { try other.reader() }
                    _ = try await store.claim(1)
                }
                #expect(throws: refusal) { try other.open() }
                // A copy has a life of its own, and so has a file that was moved.
                try FileManager.default.removeItem(atPath: other.path)
                try FileManager.default.copyItem(atPath: database.path, toPath: other.path)
                try await other.opened { _ in }
                try FileManager.default.moveItem(atPath: database.path, toPath: database.folder + "/moved.db")
                try StoreReader(path: database.folder + "/moved.db").examine().forEach { Issue.record("\($0)") }
            }
        }

        @Test func `lock and spool are not looked for behind links`() async throws {
            for suffix in ["-lock", "-spool", "-tide"] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 2)
                    let victim = database.folder + "/letter.txt"
                    try Data("Dear all".utf8).write(to: URL(filePath: victim))
                    try? FileManager.default.removeItem(atPath: database.path + suffix)
                    try FileManager.default.createSymbolicLink(
                        atPath: database.path + suffix, withDestinationPath: victim)
                    let error = await #expect(throws: StoreError.self) {
                        try await database.opened { _ = try await $0.begin(Sample.start()) }
                    }
                    let words = suffix == "-tide" ? "-tide, which records" : "symbolic link"
                    #expect(error?.description.contains(words) == true, "\(suffix)")
                    #expect(try Data(contentsOf: URL(filePath: victim)) == Data("Dear all".utf8))
                }
            }
        }

        @Test(.timeLimit(.minutes(10)), arguments: ["-lock", "-spool", "-tide"])
        func `a pipe in the place of a file is an error and is not waited for`(_ suffix: String) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try? FileManager.default.removeItem(atPath: database.path + suffix)
                #expect(mkfifo(database.path + suffix, 0o600) == 0)
                await #expect(throws: StoreError.self) {
                    try await database.opened { _ = try await $0.begin(Sample.start()) }
                }
                #expect(WriterLock.holder(ofDatabase: database.path) == nil)
                _ = try? database.reader().spooledResults()
            }
        }
    }
}
