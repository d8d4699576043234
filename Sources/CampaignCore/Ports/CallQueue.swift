/// The store as the runner sees it, a queue of calls for any number of campaigns. Every write is a transaction that is
/// on disk when it returns.
///
/// Campaigns and instances are identified by numbers that the caller chooses (``RunStart``); they say nothing about rows
/// or places. Implementations must not let the cancellation of the calling task stop a write.
package protocol CallQueue: Sendable {
    /// Prepares a campaign for dialing, notes that it is active, and returns its current state. Other campaigns may be
    /// under way.
    ///
    /// Records results that an earlier run spooled, and turns every attempt of the campaign with an intent and no result
    /// into a doubt (or, with `start.retriesDoubt`, requeues the contact and counts that attempt).
    func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot

    /// In one transaction: writes the results of attempts, then, campaign by campaign, claims contacts and writes the
    /// intent to dial each.
    ///
    /// A call that is returned may be dialed right away; any other must not be. Fewer calls than claims are returned
    /// when fewer contacts are due. A number on the do-not-call list is never claimed.
    ///
    /// With a gate, a contact that has to wait is not claimed, and its turn is moved to the time that the gate
    /// returned. One transaction asks the gate about a bounded number of contacts; if some are left, `rest` says that
    /// the next one is due now. Contacts that an earlier run deferred are checked once more in each run, since its gate
    /// may have been different.
    func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult

    /// A campaign is no longer dialed: none of its calls is under way, unless they were abandoned, and its results have
    /// been written. Its number is free again.
    func leave(_ departure: RunDeparture) async throws(StoreError)

    /// Keeps results outside the database when it cannot accept them; the next `begin` records them.
    func spool(_ results: [AttemptResult]) async throws(StoreError)

    /// Resolves as accepted, according to the provider queue: doubts of any campaign that is being dialed whose call is
    /// certainly among the items, and contacts waiting to be dialed again although their last attempt, in doubt, is among
    /// them. Items that may or may not be such a call are kept as evidence for a person.
    ///
    /// Since these contacts come from two states, a caller that keeps counts must request them with the next commit.
    ///
    /// - Parameters:
    ///   - found: everything in the instance's provider queue.
    ///   - instance: the instance's number.
    /// - Returns: how many contacts were resolved; 0 when everything found was already known.
    func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int
}

/// How a campaign leaves the dispatcher.
package struct RunDeparture: Sendable {
    /// The campaign's number.
    package var campaign: Int
    /// Whether it stays active, so that the service goes on with it later.
    package var staysActive: Bool
    /// Why it is not dialed any more, for `status`; nil when there is nothing to explain.
    package var reason: Phrase?
    /// When it left; nil when that is not known, as of a process that just ended.
    package var at: Timestamp?

    package init(campaign: Int, staysActive: Bool, reason: Phrase? = nil, at: Timestamp? = nil) {
        self.campaign = campaign
        self.staysActive = staysActive
        self.reason = reason
        self.at = at
    }
}

/// A rule that can make a contact wait longer when its turn has come, depending on its number: on its local time.
///
/// It is called within a transaction, contact by contact: it must return quickly, without reading the database.
package protocol ClaimGate: Sendable {
    /// When a contact may be dialed: nil means now, otherwise the first time after `now` at which it may. For a contact
    /// that may never be dialed, a time in the far future, not nil.
    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp?
}
