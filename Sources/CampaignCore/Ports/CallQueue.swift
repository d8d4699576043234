/// The queue of calls as the runner sees it: one writer, every write a transaction that is on disk when it returns.
///
/// Implementations must not let the cancellation of the calling task stop a write.
package protocol CallQueue: Sendable {
    /// Makes the campaign ready to dial and says how things stand.
    ///
    /// Takes in what an earlier run had to spool, and turns every attempt with an intent and no result into a doubt
    /// (or, when `start.retriesDoubt`, puts the contact back with that attempt counted).
    func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot

    /// In one transaction: writes the results of attempts, then claims contacts and writes the intent to dial each.
    ///
    /// A call that is returned may be dialed at once; one that is not returned must not be. Fewer calls than claims
    /// come back when fewer contacts are due. Whoever is on the do-not-call list is never claimed.
    ///
    /// With a gate, a contact that it lets wait is not claimed: its turn comes when the gate said. One transaction asks for
    /// a bounded number of contacts; if that leaves some unasked, `rest` says that the next one is due now. Contacts that
    /// an earlier run put off are asked about once more in each run, since its rule may have been another one.
    func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult

    /// Keeps results outside the database when it cannot take them; the next `begin` takes them in.
    func spool(_ results: [AttemptResult]) async throws(StoreError)

    /// Resolves as accepted what Z-API's queue shows: doubts of the campaign whose call is certainly among the items,
    /// and contacts that wait to be dialed again although their last attempt, in doubt, is among them. Items that may be
    /// such a call, and may as well not, are kept as evidence for a person.
    ///
    /// Since those come from two states, whoever keeps figures asks the next commit to count.
    ///
    /// - Parameters:
    ///   - found: everything that the queue of the instance holds.
    ///   - instance: the instance's place in the list given to `begin`.
    /// - Returns: how many contacts are resolved; 0 when what was found is known already.
    func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int
}

/// What a transaction gave.
package struct CommitResult: Sendable {
    /// The calls that are claimed, in the order of the claims.
    package var calls: [ClaimedCall]
    /// What is left in the queue; known only when fewer calls than claims came back, or the campaign has expired.
    package var rest: RemainingContacts?
    /// Instances of `claims` whose phones ring until the window of the next contact has shut, with when it opens again.
    package var full: [Int: Timestamp] = [:]
    /// Contacts that are excluded now: on the do-not-call list when their turn came, or the campaign has expired.
    package var excluded = 0
    /// Contacts whose turn had come and that the gate put off; they stay `ready`.
    package var deferred = 0
    /// How many contacts are in each state after all this; nil unless it was asked for.
    package var counts: StateCounts?

    /// The outcome of a transaction.
    package init(calls: [ClaimedCall], rest: RemainingContacts?) {
        self.calls = calls
        self.rest = rest
    }
}

/// What is left in the queue when nothing more is due.
package enum RemainingContacts: Hashable, Sendable {
    /// The next contact is due at this moment.
    case dueAt(Timestamp)
    /// No contact is `ready`.
    case empty
}
