package import CampaignCore
import GRDB

extension StoreReader {
    /// What ``CampaignStore/retry(campaign:where:)`` would do, without doing it.
    ///
    /// - Parameter limit: how many of the contacts that would be requeued are returned.
    package func retryPreview(
        campaign name: String, where filter: ContactFilter, showing limit: Int
    ) throws(StoreError) -> RetryPreview {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            let blocked = try BlockedContactsSnapshot(db, campaign: campaign, in: RequeueRefusal.states)
            var preview = RetryPreview()
            var counts: [RetryPreview.Group: Int] = [:]
            try StoredContacts(db, campaign: campaign).forEach(in: filter.states) { id, contact in
                guard filter.matches(contact) else { return }
                let calls = try contact.attempts == 0 ? ContactCalls([]) : PastCallRows.calls(db, of: id)
                let refusal = try RequeueRefusal.of(contact, calls, isBlocked: blocked.contains(id))
                let group = RetryPreview.Group(state: contact.state, reason: contact.reason, refusal: refusal)
                counts[group, default: 0] += 1
                if refusal == nil, preview.first.count < limit { preview.first.append(contact) }
            }
            preview.groups = counts.map { group, count in
                var group = group
                group.contacts = count
                return group
            }.sorted { ($1.contacts, $0.words) < ($0.contacts, $1.words) }
            return preview
        }
    }
}

/// Which contacts match a filter, and which of them may be requeued.
package struct RetryPreview: Hashable, Sendable {
    /// Contacts in the same state, for the same reason.
    package struct Group: Hashable, Sendable {
        package var state: CallState
        /// Why they are in that state; nil when the state needs no reason.
        package var reason: String?
        /// Why they cannot be requeued; nil when they can.
        package var refusal: RequeueRefusal?
        package var contacts = 0

        /// Orders groups of equal size.
        fileprivate var words: String { "\(state.rawValue) \(reason ?? "") \(refusal?.rawValue ?? "")" }

        init(state: CallState, reason: String?, refusal: RequeueRefusal?) {
            self.state = state
            self.reason = reason
            self.refusal = refusal
        }
    }

    /// The matching contacts, the largest group first.
    package var groups: [Group] = []
    /// The first of those that may be requeued, in the order of the lists.
    package var first: [ContactRow] = []

    package init() {}

    /// The number of matching contacts.
    package var chosen: Int { groups.reduce(0) { $0 + $1.contacts } }

    /// How many of them may be requeued.
    package var retryable: Int { groups.reduce(0) { $0 + ($1.refusal == nil ? $1.contacts : 0) } }

    /// How many of them cannot be requeued, by reason.
    package var refused: [RequeueRefusal: Int] {
        groups.reduce(into: [:]) { counts, group in
            if let refusal = group.refusal { counts[refusal, default: 0] += group.contacts }
        }
    }
}
