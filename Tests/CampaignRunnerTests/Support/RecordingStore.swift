import CampaignCore
import CampaignStore
import NIOConcurrencyHelpers

/// A real store that notes what it is asked for, and fails when the test says so.
final class RecordingStore: CallQueue {
    struct Record {
        var begun: [RunStart] = []
        var departures: [RunDeparture] = []
        var spooled: [[AttemptResult]] = []
        var resolutions = 0
        /// The numbers of the campaigns that have begun and not left.
        var numbers: Set<Int> = []
        /// Numbers that were used again before their campaign had left.
        var conflicts: [Int] = []
        /// What every commit fails with; nil while they succeed.
        var failure: StoreError?
        var spoolFailure: StoreError?
    }

    let base: CampaignStore
    let record = NIOLockedValueBox(Record())

    init(_ base: CampaignStore) { self.base = base }

    func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot {
        record.withLockedValue { record in
            record.begun.append(start)
            if !record.numbers.insert(start.number).inserted { record.conflicts.append(start.number) }
        }
        do throws(StoreError) {
            return try await base.begin(start)
        } catch {
            record.withLockedValue { _ = $0.numbers.remove(start.number) }
            throw error
        }
    }

    func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult {
        if let failure = record.withLockedValue(\.failure) { throw failure }
        return try await base.commit(batch)
    }

    func leave(_ departure: RunDeparture) async throws(StoreError) {
        if let failure = record.withLockedValue(\.failure) { throw failure }
        try await base.leave(departure)
        record.withLockedValue { record in
            record.departures.append(departure)
            record.numbers.remove(departure.campaign)
        }
    }

    func spool(_ results: [AttemptResult]) async throws(StoreError) {
        record.withLockedValue { $0.spooled.append(results) }
        if let failure = record.withLockedValue(\.spoolFailure) { throw failure }
        try await base.spool(results)
    }

    func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int {
        record.withLockedValue { $0.resolutions += 1 }
        return try await base.resolve(found, of: instance)
    }
}
