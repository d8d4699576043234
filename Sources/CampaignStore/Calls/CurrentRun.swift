import CampaignCore
import GRDB
import Synchronization

/// What the queue must remember between `begin` and `commit`: the row ids of the campaign and of the run's instances,
/// and how far the review of deferred contacts has come.
final class CurrentRun: Sendable {
    struct Rows {
        var campaign: Int64
        var instances: [Int64]
        var store: String
        /// Identifies the machine's current boot.
        var boot: String
        /// Seconds that a call rings, for contacts without their own duration.
        var callDuration: Int
    }

    private let state = Mutex<Rows?>(nil)
    private let review = Mutex(DeferralReview())

    func enter(_ rows: Rows) {
        state.withLock { $0 = rows }
        review.withLock { $0 = DeferralReview() }
    }

    var rows: Rows? {
        state.withLock { $0 }
    }

    /// Continues the review of deferred contacts, unless it is done.
    ///
    /// - Returns: whether it is done now.
    func reviewDeferred(_ db: Database, _ batch: CommitBatch, campaign: Int64) throws -> Bool {
        try review.withLock { review in
            // The clock's assumed offset was dropped, so turns written before it lie too far in the future.
            if review.hasGoneBack(to: batch.limitNow) { review = DeferralReview() }
            if !review.isDone { try review.reviewNext(db, batch, campaign: campaign) }
            return review.isDone
        }
    }
}
