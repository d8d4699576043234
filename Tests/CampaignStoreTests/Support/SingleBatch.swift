import CampaignCore

/// A transaction for the one campaign that is being dialed, whose number is 0.
@dynamicMemberLookup
struct SingleBatch: Sendable {
    /// What concerns no campaign in particular.
    var common: CommitBatch
    /// The campaign's part.
    var part: CampaignBatch

    subscript<Value>(dynamicMember member: WritableKeyPath<CampaignBatch, Value>) -> Value {
        get { part[keyPath: member] }
        set { part[keyPath: member] = newValue }
    }

    var whole: CommitBatch {
        var whole = common
        whole.campaigns = [part]
        return whole
    }
}

extension CallQueue {
    /// Commits a batch of the one campaign.
    func commit(_ batch: SingleBatch) async throws(StoreError) -> CampaignCommit {
        let commits = try await commit(batch.whole).campaigns
        return commits.count == 1 ? commits[0] : CampaignCommit()
    }

    /// Claims up to `count` calls.
    func claim(_ count: Int, at now: Timestamp = Sample.now) async throws -> [ClaimedCall] {
        try await commit(Sample.batch(claims: count, at: now)).calls
    }

    /// Writes results.
    func record(_ results: [AttemptResult]) async throws {
        _ = try await commit(Sample.batch(results: results))
    }

    /// Ends the dialing of the one campaign.
    func leave() async throws(StoreError) {
        try await leave(RunDeparture(campaign: 0, staysActive: false))
    }
}
