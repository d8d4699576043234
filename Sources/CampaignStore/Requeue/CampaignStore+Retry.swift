package import CampaignCore
import GRDB

extension CampaignStore {
    /// Requeues contacts that match a filter and that ``RequeueRefusal`` allows; they start over with all their
    /// attempts. Earlier attempts stay recorded.
    ///
    /// The matching contacts are read first, each with its number of calls. They are then requeued in slices, each
    /// checked again in the transaction that requeues it: a contact that was called in between is left alone, even if
    /// it failed again.
    ///
    /// - Parameter seenAt: when somebody was shown whom they requeue: contacts that were called or imported since are left
    ///   alone. Nil: nobody was shown anything.
    /// - Throws: ``StoreError`` or ``InterruptedOperation/cancelledMeanwhile(campaign:)``; contacts that were requeued
    ///   stay so, and the same command requeues the rest.
    package func retry(
        campaign name: String, where filter: ContactFilter, seenAt: Timestamp? = nil
    ) async throws -> RetryTotals {
        let (campaign, cancels) = try await readyToRequeue(name)
        let blocked = BlockedContacts([campaign], following: blockFeed)
        let (maxInMemory, folder) = (sliceLimits.entriesInMemory, folder)
        var chosen = try await readSnapshot { db in
            try blocked.read(db)
            var chosen = ExternalSorter<ChosenContact>(maxInMemory: maxInMemory, folder: folder)
            try StoredContacts(db, campaign: campaign).forEach(
                where: filter, in: RequeueRefusal.states, inTurn: true
            ) { id, contact in
                guard RequeueRefusal.concerns(contact) else { return }
                try chosen.append(ChosenContact(id: id, attempts: contact.attempts))
            }
            return try chosen.sorted()
        }
        var totals = RetryTotals()
        while true {
            let slice = try translatingErrors(path: path) { try chosen.next(sliceLimits) { $0.id } }
            guard !slice.isEmpty else { return totals }
            let done: RetryTotals? = try await writeSlice { db in
                guard try CancelRows.count(db, campaign) == cancels else { return nil }
                try blocked.catchUp(db)
                return try Self.requeue(db, slice, of: campaign, where: filter, seenAt: seenAt, blocked)
            }
            guard let done else { throw InterruptedOperation.cancelledMeanwhile(campaign: name) }
            totals += done
        }
    }

    /// A contact that matched when the command began.
    private struct ChosenContact: Comparable, BitwiseCopyable, Sendable {
        var id: Int64
        /// How often it had been called by then.
        var attempts: Int

        static func < (one: ChosenContact, other: ChosenContact) -> Bool { one.id < other.id }
    }

    private static func requeue(
        _ db: Database, _ chosen: [ChosenContact], of campaign: Int64, where filter: ContactFilter,
        seenAt: Timestamp?, _ blocked: BlockedContacts
    ) throws -> RetryTotals {
        var totals = RetryTotals()
        let attempts = Dictionary(chosen.map { ($0.id, $0.attempts) }) { first, _ in first }
        let contacts = try StoredContacts(db, campaign: campaign).contacts(chosen.map(\.id))
        for (id, contact) in contacts
        where RequeueRefusal.concerns(contact) && filter.matches(contact) {
            if let seenAt, try SinceShown.hasChanged(db, id, since: seenAt) {
                totals.calledSince += 1
                continue
            }
            guard contact.attempts == attempts[id] else { continue }
            let calls = try PastCallRows.calls(db, of: id)
            if let refusal = try RequeueRefusal.of(contact, calls, isBlocked: blocked.contains(db, id)) {
                totals.refused[refusal, default: 0] += 1
                // So that it shows why, and a doubt can be resolved.
                if contact.state == .excluded, refusal == .called || refusal == .inDoubt {
                    _ = try ContactStandings.putBack(db, id, isBlocked: false)
                }
            } else {
                try requeue(db, id, calls)
                totals.requeued += 1
            }
        }
        return totals
    }

    /// Requeues a contact. If it was excluded for lack of WhatsApp, Z-API may be asked again.
    private static func requeue(_ db: Database, _ contact: Int64, _ calls: ContactCalls) throws {
        try PastCallRows.release(db, calls.unanswered, of: contact)
        try db.cachedStatement(
            sql: """
                UPDATE contact_row SET state = 'ready', reason = NULL, due_at = 0, tries_used = 0, throttles_in_a_row = 0,
                    whatsapp_at = iif(reason = :noWhatsApp, NULL, whatsapp_at), is_delisted = 0,
                    redials = redials - (redial_at IS NOT NULL), redial_at = NULL,
                    cancels = (SELECT cancels FROM campaign_row WHERE id = campaign_id)
                WHERE id = :contact AND (state = 'failed' OR state = 'excluded' OR state = 'accepted')
                """
        ).execute(arguments: ["contact": contact, "noWhatsApp": ExclusionReason.noWhatsApp.rawValue])
    }
}

/// The result of requeueing contacts.
package struct RetryTotals: Hashable, Sendable, Codable {
    /// Contacts that are ready to be dialed again.
    package var requeued = 0
    /// Failed, excluded and unanswered contacts that matched but cannot be requeued, by reason.
    package var refused: [RequeueRefusal: Int] = [:]
    /// Contacts that matched and were left alone, because they were called or imported since they were shown.
    package var calledSince = 0

    package init() {}

    static func += (totals: inout RetryTotals, more: RetryTotals) {
        totals.requeued += more.requeued
        totals.refused.merge(more.refused) { $0 + $1 }
        totals.calledSince += more.calledSince
    }
}

extension RequeueRefusal {
    /// Why a stored contact cannot be requeued; nil when it can.
    static func of(_ contact: ContactRow, _ calls: ContactCalls, isBlocked: Bool) throws -> RequeueRefusal? {
        let exclusion: ExclusionReason? =
            contact.state == .excluded ? try contact.reason.map { try StoredValue.word($0) } : nil
        let isForgotten = contact.phone.isForgotten
        let refusal = of(
            state: contact.state, exclusion: exclusion, calls: calls, isBlocked: isBlocked || isForgotten)
        return refusal == .doNotCall && isForgotten ? .forgotten : refusal
    }

    /// Whether a contact's turn is over in a way that may be begun anew.
    static func concerns(_ contact: ContactRow) -> Bool {
        contact.state == .accepted ? contact.answer == .notAnswered : states.contains(contact.state)
    }
}
