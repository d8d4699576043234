import CampaignCore

@testable import CampaignStore

extension TemporaryDatabase {
    /// A database with five calls that its older copy does not have.
    static func withOlderCopy(_ body: (TemporaryDatabase, _ copy: String) async throws -> Void) async throws {
        try await with { database in
            try await database.fill(contacts: 20)
            let older = database.folder + "/older.db"
            try database.reader().backUp(to: older)
            try await database.opened { store in
                _ = try await store.begin(Sample.start { $0.workers = 16 })
                try await store.record(try await store.claim(5).map { Sample.accepted($0) })
            }
            try await body(database, older)
        }
    }

    /// Replaces the database with a copy.
    func restore(_ copy: String, forgetsLater: Bool = false, at seconds: Int = 0) throws -> Restoration {
        try CampaignStore.restore(
            copy, to: path, forgetsLater: forgetsLater, now: Sample.later(seconds),
            holder: WriterLock.Holder(pid: 1, host: "here", command: "restore", since: Sample.now))
    }
}
