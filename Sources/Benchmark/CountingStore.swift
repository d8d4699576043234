import CampaignCore
import CampaignStore

/// Passes everything on and counts: the transactions, and the calls that they let begin.
actor CountingStore: CallQueue {
    private let store: CampaignStore
    private(set) var commits = 0
    /// Calls that began, by the campaign's number.
    private(set) var calls: [Int: Int] = [:]

    init(_ store: CampaignStore) {
        self.store = store
    }

    func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot {
        try await store.begin(start)
    }

    func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult {
        commits += 1
        let result = try await store.commit(batch)
        for (part, commit) in zip(batch.campaigns, result.campaigns) where !commit.calls.isEmpty {
            calls[part.campaign, default: 0] += commit.calls.count
        }
        return result
    }

    func leave(_ departure: RunDeparture) async throws(StoreError) {
        try await store.leave(departure)
    }

    func spool(_ results: [AttemptResult]) async throws(StoreError) {
        try await store.spool(results)
    }

    func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int {
        try await store.resolve(found, of: instance)
    }
}
