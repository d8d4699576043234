/// The queue of calls as the runner sees it: one writer, every write a transaction that is on disk when it returns.
///
/// Implementations must not let the cancellation of the calling task stop a write.
public protocol CallQueue: Sendable {
    /// Makes the campaign ready to dial and says how things stand.
    ///
    /// Takes in what an earlier run had to spool, and turns every attempt with an intent and no result into a doubt
    /// (or, when `start.retriesDoubt`, puts the contact back with that attempt counted).
    func begin(_ start: RunStart) async throws(QueueError) -> RunOpening

    /// In one transaction: writes the results of attempts, then claims contacts and writes the intent to dial each.
    ///
    /// A call that is returned may be dialled at once; one that is not returned must not be. Fewer calls than claims
    /// come back when fewer contacts are due. Whoever is on the do-not-call list is never claimed.
    func commit(_ batch: QueueBatch) async throws(QueueError) -> QueueCommit

    /// Keeps results outside the database when it cannot take them; the next `begin` takes them in.
    func spool(_ results: [AttemptResult]) async throws(QueueError)

    /// Settles as accepted what Z-API's queue shows: doubts of the campaign whose call is certainly among the items,
    /// and contacts that wait to be dialled again although their last attempt, in doubt, is among them.
    ///
    /// Since those come from two states, whoever keeps figures asks the next commit to count.
    ///
    /// - Parameters:
    ///   - found: everything that the queue of the instance holds.
    ///   - instance: the instance's place in the list given to `begin`.
    /// - Returns: how many contacts are settled; 0 when what was found is known already.
    func settle(_ found: [QueuedCall], of instance: Int) async throws(QueueError) -> Int
}

/// What `begin` needs to know of a run.
public struct RunStart: Sendable {
    /// The campaign's name.
    public var campaign: String
    /// The instances of the run, in order; their place in this list is their index from here on.
    public var instances: [Instance]
    /// Whether a possible second ring is accepted (`inDoubt: retry`).
    public var retriesDoubt: Bool
    /// Attempts allowed in all, for doubts that are put back.
    public var attempts: Int
    /// The most attempts that can be under way at once; bounds what may have to be spooled.
    public var workers: Int
    /// The present moment.
    public var now: Timestamp

    /// The start of a run of `campaign` at `now`.
    public init(campaign: Campaign, now: Timestamp) {
        self.campaign = campaign.name
        instances = campaign.instances
        retriesDoubt = campaign.inDoubt == .retry
        attempts = campaign.retry.attempts
        workers = campaign.workers
        self.now = now
    }
}

/// How a campaign stands when a run of it begins.
public struct RunOpening: Sendable {
    /// How many contacts are in each state.
    public var counts: StateCounts
    /// For each instance of the run: when its pace lets the next call pass, and whether that is certain.
    public var paces: [PaceMark]
    /// When the pace of the whole campaign lets the next call pass.
    public var campaignPace: PaceMark
    /// Attempts of an earlier run that had no result and are now in doubt or put back.
    public var interrupted: Int
    /// Results that an earlier run had spooled and that are now in the database.
    public var unspooled: Int

    /// An opening with all its figures.
    public init(
        counts: StateCounts,
        paces: [PaceMark],
        campaignPace: PaceMark,
        interrupted: Int,
        unspooled: Int
    ) {
        self.counts = counts
        self.paces = paces
        self.campaignPace = campaignPace
        self.interrupted = interrupted
        self.unspooled = unspooled
    }
}

/// Where a pace stood when it was last written down.
public struct PaceMark: Hashable, Sendable {
    /// The next call may not start before this.
    public var nextAt: Timestamp
    /// Whether a call may have started later than `nextAt` allows for, because a run was interrupted: then a whole gap
    /// is waited from now.
    public var isUncertain: Bool

    /// A mark.
    public init(nextAt: Timestamp, isUncertain: Bool) {
        self.nextAt = nextAt
        self.isUncertain = isUncertain
    }
}

/// What one transaction of a run writes.
public struct QueueBatch: Sendable {
    /// Results of attempts that have ended.
    public var results: [AttemptResult]
    /// The instances to claim a contact for, one entry for each call, as places in the list given to `begin`.
    public var claims: [Int]
    /// Where the paces stand, so that a restart goes on from there.
    public var paces: PaceLedger
    /// The present moment: contacts due by then may be claimed.
    public var now: Timestamp
    /// Whether the commit is to count the contacts of each state: somebody else has changed the queue.
    public var wantsCounts = false

    /// A batch.
    public init(results: [AttemptResult], claims: [Int], paces: PaceLedger, now: Timestamp) {
        self.results = results
        self.claims = claims
        self.paces = paces
        self.now = now
    }
}

/// When each pace lets its next call pass; only those that moved since the last batch.
public struct PaceLedger: Hashable, Sendable {
    /// The moment for each instance that moved, by its place in the run's list.
    public var instances: [Int: Timestamp]
    /// The moment for the campaign's own pace; nil when it has none or did not move.
    public var campaign: Timestamp?

    /// Nothing moved.
    public init() {
        instances = [:]
    }
}

/// What a transaction gave.
public struct QueueCommit: Sendable {
    /// The calls that are claimed, in the order of the claims.
    public var calls: [ClaimedCall]
    /// What is left in the queue; known only when fewer calls than claims came back.
    public var rest: QueueRest?
    /// Contacts that turned out to be on the do-not-call list when their turn came, and are excluded now.
    public var blocked = 0
    /// How many contacts are in each state after all this; nil unless it was asked for.
    public var counts: StateCounts?

    /// The outcome of a transaction.
    public init(calls: [ClaimedCall], rest: QueueRest?) {
        self.calls = calls
        self.rest = rest
    }
}

/// What is left in the queue when nothing more is due.
public enum QueueRest: Hashable, Sendable {
    /// The next contact is due at this moment.
    case dueAt(Timestamp)
    /// No contact is `ready`.
    case empty
}
