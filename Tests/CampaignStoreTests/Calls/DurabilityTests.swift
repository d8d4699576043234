import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct DurabilityTests {
        @Test(arguments: [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")])
        func `the writer's connection is set up for power loss`(_ pragma: String, _ value: String) async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    let found = try await store.write { db in
                        try DatabaseValue.fetchOne(db, sql: "PRAGMA \(pragma)").map { "\($0)" }
                    }
                    #expect(found?.trimmingCharacters(in: ["\""]) == value)
                }
            }
        }

        @Test func `an intent is on disk before a call may leave`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let commit = try await store.commit(Sample.batch(through: [1, 0]))
                    let intents = try database.rows(
                        """
                        SELECT contact_id, number, zapi_id, started_at, outcome, state, attempts FROM attempt
                        JOIN contact ON contact.id = contact_id JOIN instance ON instance.id = instance_id
                        ORDER BY contact_id
                        """)
                    let expected: [[DatabaseValue]] = zip(commit.calls, ["B", "A"]).map { call, instance in
                        [
                            call.attempt.contact.databaseValue, 1.databaseValue, instance.databaseValue,
                            Sample.now.milliseconds.databaseValue, .null, "dialing".databaseValue, 1.databaseValue,
                        ]
                    }
                    #expect(intents == expected)
                    #expect(try database.reader().counts(campaign: Sample.name).dialing == 2)
                }
            }
        }

        @Test func `files copied in the middle of a run hold every intent and result`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.commit(Sample.batch(claims: 4)).calls
                    _ = try await store.commit(
                        Sample.batch(results: calls.prefix(1).map { Sample.accepted($0, zaapId: "Z9") }))
                    try await store.spool([Sample.accepted(calls[1], zaapId: "Z8")])
                    let copy = try database.copyAfterCrash()
                    try await copy.opened { store in
                        let opening = try await store.begin(Sample.start())
                        #expect(opening.unspooled == 1 && opening.interrupted == 2)
                        #expect(opening.counts.accepted == 2 && opening.counts.inDoubt == 2)
                        #expect(opening.counts.total == 10)
                    }
                    let ids = try copy.rows("SELECT zaap_id FROM attempt WHERE zaap_id NOT NULL ORDER BY 1")
                    #expect(ids == [["Z8".databaseValue], ["Z9".databaseValue]])
                }
            }
        }

        @Test func `a reader sees whole transactions only, while the writer is open`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                try await database.opened { store in
                    let reader = try database.reader()
                    _ = try await store.begin(Sample.start())
                    #expect(try reader.counts(campaign: Sample.name).ready == 5)
                    let call = try #require(try await store.claim(1).first)
                    #expect(try reader.counts(campaign: Sample.name).dialing == 1)
                    #expect(try reader.nextDue(campaign: Sample.name) == .epoch)
                    try await store.record([Sample.accepted(call)])
                    #expect(try reader.counts(campaign: Sample.name).accepted == 1)
                }
            }
        }

        @Test func `a commit before a run has begun is an error and writes nothing`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    await #expect(throws: StoreError.self) { try await store.commit(Sample.batch(claims: 1)) }
                    await #expect(throws: StoreError.self) { try await store.spool([]) }
                }
                #expect(try database.text("SELECT count(*) FROM attempt") == "0")
            }
        }
    }
}
