import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    /// How a database created by an earlier version, with other tables under the same names, is treated.
    @Suite struct OlderSchemaTests {
        @Test(arguments: [1, 3, 7, 10])
        func `a database of an earlier version is refused by writer and reader and left as it was`(
            _ migrations: Int
        ) async throws {
            try await TemporaryDatabase.with { database in
                try makeOlder(database, migrations: migrations)
                let before = try Data(contentsOf: URL(filePath: database.path))
                let refusal = StoreError.fromOlderVersion(path: database.path)
                #expect(throws: refusal) { try database.open() }
                #expect(throws: refusal) { try database.reader() }
                #expect(try Data(contentsOf: URL(filePath: database.path)) == before)
            }
        }

        @Test func `its refusal says that a new database would call those people again`() async throws {
            try await TemporaryDatabase.with { database in
                try makeOlder(database, migrations: 10)
                let error = #expect(throws: StoreError.self) { try database.reader() }
                let text = try #require(error?.description)
                #expect(text.contains("Finish its campaigns with that version"))
                #expect(text.contains("does not know of the calls made from this one, or of its do-not-call list"))
            }
        }

        @Test func `it is neither restored nor replaced by a copy, since its do-not-call list would be lost`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try makeOlder(database, migrations: 10)
                let before = try Data(contentsOf: URL(filePath: database.path))
                let other = try database.elsewhere()
                try await other.fill(contacts: 1)
                for (copy, place) in [(database, other), (other, database)] {
                    let error = #expect(throws: StoreError.self) {
                        try CampaignStore.restore(
                            copy.path, to: place.path, forgetsLater: true, now: Sample.now,
                            holder: WriterLock.Holder(
                                pid: getpid(), host: "here", command: "restore", since: Sample.now))
                    }
                    #expect(error == .fromOlderVersion(path: database.path))
                }
                #expect(try Data(contentsOf: URL(filePath: database.path)) == before)
                #expect(try other.reader().counts(campaign: Sample.name).ready == 1)
            }
        }

        /// A database as that version has left it after so many of its migrations: what it says of itself, and the tables
        /// that tell of people.
        private func makeOlder(_ database: TemporaryDatabase, migrations count: Int) throws {
            let queue = try DatabaseQueue(path: database.path)
            defer { try? queue.close() }
            try queue.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA journal_mode = WAL;
                        PRAGMA application_id = \(Schema.applicationID);
                        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
                        """)
                for identifier in Self.identifiers.prefix(count) {
                    try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [identifier])
                }
                try db.execute(sql: Self.tables)
            }
        }

        private static let identifiers = [
            "1 spine", "2 lists", "3 limits", "4 tide", "5 queue evidence", "6 lists", "7 receipts", "8 pause",
            "9 load",
            "10 cancelling",
        ]

        private static let tables = """
            CREATE TABLE store (
                id INTEGER PRIMARY KEY CHECK (id = 1), uuid TEXT NOT NULL, commits INTEGER NOT NULL DEFAULT 0, path TEXT
            ) STRICT;
            INSERT INTO store (id, uuid) VALUES (1, 'older');
            CREATE TABLE campaign_row (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, file TEXT NOT NULL) STRICT;
            INSERT INTO campaign_row VALUES (1, 'cobranca', 'c.yml');
            CREATE VIEW campaign AS SELECT * FROM campaign_row;
            CREATE TABLE contact_row (
                id INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL, phone INTEGER NOT NULL, state TEXT NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0
            ) STRICT;
            INSERT INTO contact_row VALUES (7, 1, 5511990000001, 'accepted', 1), (9, 1, 551190000002, 'ready', 0);
            CREATE VIEW contact AS SELECT * FROM contact_row;
            CREATE TABLE block (
                identity INTEGER PRIMARY KEY, phone INTEGER NOT NULL, reason TEXT NOT NULL, blocked_at INTEGER NOT NULL
            ) STRICT;
            INSERT INTO block VALUES (-7, -7, '', 0);
            """
    }
}
