import CampaignCore

extension Sample {
    /// A campaign that calls through B, as ``start(_:instances:at:_:)`` does, and through C: its number is 1, and those
    /// of the instances are 0 for A, 1 for B and 2 for C.
    static func otherStart(at now: Timestamp = now, _ change: (inout Campaign) -> Void = { _ in }) -> RunStart {
        start("outra", instances: ["B", "C"], at: now, change).numbered(1, instances: [1, 2])
    }

    /// A transaction for several campaigns.
    static func turn(
        _ parts: CampaignBatch..., results: [AttemptResult] = [], at now: Timestamp = now
    ) -> CommitBatch {
        CommitBatch(results: results, campaigns: parts, now: now)
    }
}

extension RunStart {
    /// The same with these numbers.
    func numbered(_ number: Int, instances: [Int]) -> RunStart {
        var start = self
        start.number = number
        start.instanceNumbers = instances
        return start
    }
}

extension CallQueueFixture {
    /// The queue with two campaigns being dialed, each with its own contacts: 0 with ``Sample/start(_:instances:at:_:)``,
    /// 1 with ``Sample/otherStart(at:_:)``.
    func bothBegun<T>(_ body: (any CallQueue) async throws -> T) async throws -> T {
        try await add(campaign: "outra", from: 100)
        return try await begun { queue in
            _ = try await queue.begin(Sample.otherStart())
            return try await body(queue)
        }
    }
}

extension CallQueue {
    /// Calls of each campaign, claimed in one transaction.
    func claim(_ parts: CampaignBatch...) async throws -> [[ClaimedCall]] {
        try await commit(CommitBatch(results: [], campaigns: parts, now: Sample.now)).campaigns.map(\.calls)
    }

    func leave(_ number: Int) async throws(StoreError) {
        try await leave(RunDeparture(campaign: number, staysActive: false))
    }
}
