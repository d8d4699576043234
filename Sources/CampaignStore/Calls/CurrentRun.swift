import CampaignCore
import GRDB
import Synchronization

/// What the queue must remember between `begin` and `commit`: the rows of the campaign and of the run's instances, and
/// which deferred contacts have been checked.
final class CurrentRun: Sendable {
    struct Rows {
        var campaign: Int64
        var instances: [Int64]
        var store: String
        /// The present life of the machine.
        var boot: String
        /// Seconds that a call rings, where a contact has no own duration.
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
            // What was believed of the clock was given up: turns that were written down before lie too far ahead.
            if review.hasGoneBack(to: batch.limitNow) { review = DeferralReview() }
            if !review.isDone { try review.reviewNext(db, batch, campaign: campaign) }
            return review.isDone
        }
    }
}
