/// The store as the runner sees it, a queue of calls: one writer, every write a transaction that is on disk when it
/// returns.
///
/// Implementations must not let the cancellation of the calling task stop a write.
package protocol CallQueue: Sendable {
    /// Makes the campaign ready to dial and returns its current state.
    ///
    /// Recovers what an earlier run had to spool, and turns every attempt with an intent and no result into a doubt
    /// (or, when `start.retriesDoubt`, requeues the contact with that attempt counted).
    func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot

    /// In one transaction: writes the results of attempts, then claims contacts and writes the intent to dial each.
    ///
    /// A call that is returned may be dialed right away; one that is not returned must not be. Fewer calls than claims
    /// come back when fewer contacts are due. A number on the do-not-call list is never claimed.
    ///
    /// With a gate, a contact that it makes wait is not claimed: its turn comes when the gate said. One transaction
    /// asks for a bounded number of contacts; if that leaves some unasked, `rest` says that the next one is due now.
    /// Contacts that an earlier run deferred are asked about once more in each run, since its rule may have been
    /// different.
    func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult

    /// Keeps results outside the database when it cannot take them; the next `begin` takes them in.
    func spool(_ results: [AttemptResult]) async throws(StoreError)

    /// Resolves as accepted what Z-API's queue shows: doubts of the campaign whose call is certainly among the items,
    /// and contacts that wait to be dialed again although their last attempt, in doubt, is among them. Items that may
    /// be such a call, and may as well not, are kept as evidence for a person.
    ///
    /// Since those come from two states, a caller that keeps counts asks the next commit for them.
    ///
    /// - Parameters:
    ///   - found: everything that the queue of the instance holds.
    ///   - instance: the instance's place in the list given to `begin`.
    /// - Returns: how many contacts are resolved; 0 when what was found is known already.
    func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int
}

/// A rule that can make a contact whose turn has come wait longer, depending on who it is: the local time
/// of the contact.
///
/// It is called within a transaction, contact by contact: it must return quickly, without reading the database.
package protocol ClaimGate: Sendable {
    /// When a contact may be dialed: nil is now, else the first moment after `now` at which it may. A contact that may
    /// never be dialed gets a moment that is far off, not nil.
    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp?
}
