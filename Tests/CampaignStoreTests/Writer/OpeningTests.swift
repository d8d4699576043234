import CampaignCore
import CampaignStore
import Foundation
import GRDB
import Glibc
import Testing

extension StoreTests {
    @Suite struct OpeningTests {
        @Test func `another program's database is refused and left as it was`() async throws {
            try await TemporaryDatabase.with { database in
                let queue = try DatabaseQueue(path: database.path)
                try await queue.write { try $0.execute(sql: "CREATE TABLE pedidos (id INTEGER PRIMARY KEY)") }
                try queue.close()
                let before = try bytes(database)
                expect(.notOurs, from: database)
                #expect(try bytes(database) == before)
                #expect(!FileManager.default.fileExists(atPath: database.path + "-wal"))
            }
        }

        /// A link in the place of the log's index, which SQLite does not follow, stands for a folder that nothing may be
        /// made in.
        @Test func `if the log's index cannot be created, a database without a log is read as a plain file`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try FileManager.default.createSymbolicLink(
                    atPath: database.path + "-shm", withDestinationPath: "/nowhere")
                #expect(try database.reader().counts(campaign: Sample.name).ready == 3)
                #expect(try StoreReader(path: database.path).examine() == [])
            }
        }

        @Test func `if the log's index cannot be created, a log with content is reported and not ignored`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try FileManager.default.createSymbolicLink(
                    atPath: database.path + "-shm", withDestinationPath: "/nowhere")
                try Data(repeating: 7, count: 4096).write(to: URL(filePath: database.path + "-wal"))
                let error = #expect(throws: StoreError.self) { try database.reader() }
                #expect(error?.description.contains(database.path + "-wal") == true)
                #expect(error?.description.contains("can write to this folder") == true)
            }
        }

        @Test(arguments: ["Nome;Telefone\nAna;11999990001\n", String(repeating: "telefone\n", count: 1000)])
        func `a file that is not a database is refused and left unchanged`(_ text: String) async throws {
            try await TemporaryDatabase.with { database in
                try Data(text.utf8).write(to: URL(filePath: database.path))
                expect(.notOurs, from: database)
                #expect(try bytes(database) == Data(text.utf8))
            }
        }

        @Test func `what is no file is refused without being opened`() async throws {
            try await TemporaryDatabase.with { database in
                // Whoever opens it to read waits for somebody who writes.
                #expect(mkfifo(database.path, 0o600) == 0)
                expect(.notOurs, from: database)
                #expect(!FileManager.default.fileExists(atPath: database.path + "-lock"))
            }
        }

        @Test func `an empty file in its place becomes its owner's alone`() async throws {
            try await TemporaryDatabase.with { database in
                #expect(
                    FileManager.default.createFile(
                        atPath: database.path, contents: nil, attributes: [.posixPermissions: 0o644]))
                try await database.opened { _ in
                    for name in [database.path, database.path + "-wal"] {
                        let attributes = try FileManager.default.attributesOfItem(atPath: name)
                        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
                    }
                }
            }
        }

        @Test func `a database of a newer version is refused by writer and reader and left as it was`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let queue = try DatabaseQueue(path: database.path)
                try await queue.write {
                    try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 later')")
                }
                try queue.close()
                let before = try bytes(database)
                expect(.newer, from: database)
                #expect(try bytes(database) == before)
            }
        }

        @Test(arguments: [(0, 16), (16, 84), (100, 400)])
        func `a damaged header is refused with a sentence, not a crash`(_ start: Int, _ length: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 50)
                var damaged = try bytes(database)
                for index in start..<(start + length) { damaged[index] = 0x5A }
                try damaged.write(to: URL(filePath: database.path))
                expect(.damaged, from: database)
            }
        }

        @Test func `a truncated database is refused`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 500)
                try bytes(database).prefix(8192).write(to: URL(filePath: database.path))
                expect(.damaged, from: database)
            }
        }

        @Test func `a reader of a missing database reports that and creates none`() async throws {
            try await TemporaryDatabase.with { database in
                #expect(throws: StoreError.missing(path: database.path)) { try database.reader() }
                #expect(!FileManager.default.fileExists(atPath: database.path))
            }
        }

        @Test func `a reader of a file without anything in it finds no database`() async throws {
            try await TemporaryDatabase.with { database in
                try Data().write(to: URL(filePath: database.path))
                #expect(throws: StoreError.missing(path: database.path)) { try database.reader() }
                try await database.fill(contacts: 1)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 1)
            }
        }

        @Test(.enabled("root may write everywhere") { geteuid() != 0 })
        func `a folder without the right to write is an error about the file`() async throws {
            try await TemporaryDatabase.with { database in
                try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: database.folder)
                defer {
                    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: database.folder)
                }
                let error = #expect(throws: StoreError.self) { try database.open() }
                guard case .io = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }

        private enum Refusal { case notOurs, newer, damaged }

        /// Writer and reader refuse the file, or the reader's first question does.
        private func expect(_ refusal: Refusal, from database: TemporaryDatabase) {
            let writer = #expect(throws: StoreError.self) {
                let store = try database.open()
                try store.close()
            }
            let reader = #expect(throws: StoreError.self) { try database.reader().counts(campaign: Sample.name) }
            for error in [writer, reader] {
                switch (refusal, error) {
                case (.notOurs, .notOurs), (.newer, .fromNewerVersion), (.damaged, .corrupt), (.damaged, .notOurs):
                    break
                default: Issue.record("\(refusal): \(String(describing: error))")
                }
            }
        }

        private func bytes(_ database: TemporaryDatabase) throws -> Data {
            try Data(contentsOf: URL(filePath: database.path))
        }
    }
}
