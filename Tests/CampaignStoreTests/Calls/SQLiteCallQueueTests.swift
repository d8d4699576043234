import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct SQLiteCallQueueTests {
        @Test(arguments: CallQueueContract.all)
        func `the SQLite queue keeps every promise of the port`(_ promise: CallQueueContract) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: CallQueueContract.contacts)
                try await promise.check(SQLiteCallQueueFixture(database: database))
            }
        }
    }
}

private struct SQLiteCallQueueFixture: CallQueueFixture {
    let database: TemporaryDatabase

    func add(campaign: String, from first: Int) async throws {
        try await database.fill(contacts: CallQueueContract.contacts, campaign: campaign, from: first)
    }

    func opened<T>(_ body: (CampaignStore) async throws -> T) async throws -> T {
        try await database.opened(body)
    }
}
