import CampaignCore
import GRDB
import Synchronization

/// One campaign's part in a transaction.
struct CampaignWrite {
    let batch: CommitBatch
    let campaign: DialedCampaign
    /// Maximum number of contacts excluded at once.
    let limit: Int
    /// The review of deferred contacts after this part, if it has continued; valid once the transaction is on disk.
    private(set) var review: DeferralReview?
    /// The same for the review of unanswered calls.
    private(set) var redialReview: RedialReview

    init(in batch: CommitBatch, of campaign: DialedCampaign, limit: Int) {
        self.batch = batch
        self.campaign = campaign
        self.limit = limit
        redialReview = campaign.redialReview.withLock { $0 }
    }

    /// Whether a review has gone on.
    var hasReviewed: Bool { review != nil }

    /// Writes what the campaign claims and reports.
    mutating func run(_ db: Database, _ part: CampaignBatch) throws -> CampaignCommit {
        for instance in part.claims where campaign.instances[instance] == nil {
            throw NumberConflict.unknownInstance(instance)
        }
        // The contacts of a cancelled campaign are being excluded. The results are still written.
        let isOver = try part.expires || !part.claims.isEmpty && CancelRows.isUnderWay(db, campaign.row)
        var excluded = 0
        if part.expires {
            excluded = try CampaignRows.exclude(db, .expired, limit: limit, campaign: campaign.row).excluded
        }
        var admitted = part
        if isOver { admitted.claims = [] }
        let admission = try Admission(db, of: admitted, in: batch, campaign: campaign.row, campaign.perPerson)
        var commit = CampaignCommit(
            calls: try CallJournal.claim(db, for: admission.claims, in: batch, of: campaign))
        commit.excluded = excluded + admission.blocked
        commit.withdrawn = admission.withdrawn
        commit.deferred = admission.deferred
        commit.full = admission.full
        if !commit.calls.isEmpty { try CampaignRows.note(db, lastCallAt: batch.now, campaign: campaign.row) }
        if let pace = part.pace { try CallJournal.keep(db, pace, ofCampaign: campaign.row) }
        if let activity = part.activity { try CampaignRows.note(db, activity, campaign: campaign.row, at: batch.now) }
        if let canary = part.canary { try CanaryRows.note(db, canary, campaign: campaign.row) }
        if part.wantsCounts {
            commit.counts = try KeptCounts.states(db, campaign: campaign.row)
            commit.outcomes = try KeptCounts.outcomes(db, campaign: campaign.row)
        }
        if part.expires {
            commit.rest = RemainingContacts(nextDue: try ContactTurn.nextDue(db, campaign: campaign.row))
        } else if isOver {
            commit.rest = .empty
        } else if commit.calls.count < part.claims.count {
            if !redialReview.isDone { commit.redials = try redialReview.reviewNext(db, campaign: campaign.row) }
            commit.rest = try rest(db, part)
            if case .dueAt(let due)? = commit.rest, due > batch.limitNow {
                commit.cause = try ContactTurn.cause(
                    db, of: due, in: batch, campaign.perPerson, campaign: campaign.row)
                commit.isNextHeldBack = try HeldBack.isNext(db, due: due, campaign: campaign.row, at: batch.now)
            }
        }
        return commit
    }

    /// What is left when fewer contacts are due than were to be claimed.
    private mutating func rest(_ db: Database, _ part: CampaignBatch) throws -> RemainingContacts {
        var review = campaign.review.withLock { $0 }
        // Turns written before lie too far in the future, or too near.
        if review.isOutdated(by: batch) { review = DeferralReview(after: batch) }
        if !review.isDone { try review.reviewNext(db, part, in: batch, campaign: campaign.row) }
        self.review = review
        let rest = RemainingContacts(nextDue: try ContactTurn.nextDue(db, campaign: campaign.row))
        guard redialReview.isDone else { return .dueAt(batch.limitNow) }
        return review.isDone || rest == .empty ? rest : .dueAt(batch.limitNow)
    }
}

extension RemainingContacts {
    fileprivate init(nextDue: Timestamp?) {
        self = nextDue.map { .dueAt($0) } ?? .empty
    }
}
