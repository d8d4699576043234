package import CampaignCore
import GRDB

extension StoreReader {
    /// What ``CampaignStore/retry(campaign:where:seenAt:)`` would do, without doing it.
    ///
    /// - Parameter limit: how many of the contacts that would be requeued are returned.
    package func retryPreview(
        campaign name: String, where filter: ContactFilter, showing limit: Int
    ) throws(StoreError) -> RetryPreview {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            let blocked = try BlockedContactsSnapshot(db, campaign: campaign, in: RequeueRefusal.states)
            var preview = RetryPreview()
            try StoredContacts(db, campaign: campaign).forEach(where: filter, in: CallState.allCases) { id, contact in
                let calls = try contact.attempts == 0 ? ContactCalls([]) : PastCallRows.calls(db, of: id)
                preview.note(
                    contact, try RequeueRefusal.of(contact, calls, isBlocked: blocked.contains(id)), showing: limit)
            }
            preview.sort()
            return preview
        }
    }

    /// The same for the first contacts alone, where a campaign has too many for somebody who waits for a page.
    ///
    /// - Parameter most: how many contacts are looked at, of those in a state that the filter can mean.
    package func retryPreview(
        campaign name: String, where filter: ContactFilter, showing limit: Int, lookingAt most: Int
    ) throws(StoreError) -> RetryPreview {
        guard filter.identity == nil else {
            return try retryPreview(campaign: name, where: filter, showing: limit)
        }
        return try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            var (preview, looked) = (RetryPreview(), 0)
            try StoredContacts(db, campaign: campaign).forEach(after: nil, in: filter.states) { place, contact in
                guard looked < most else {
                    preview.isCutShort = true
                    return false
                }
                looked += 1
                guard filter.matches(contact) else { return true }
                let calls = try contact.attempts == 0 ? ContactCalls([]) : PastCallRows.calls(db, of: place.id)
                let isBlocked = try StopList.block.stops(db, place.id)
                preview.note(contact, try RequeueRefusal.of(contact, calls, isBlocked: isBlocked), showing: limit)
                return true
            }
            preview.sort()
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
        package var contacts = 1

        /// Orders groups of equal size.
        fileprivate var words: String { "\(state.rawValue) \(reason ?? "") \(refusal?.rawValue ?? "")" }

        fileprivate func isSame(as other: Group) -> Bool {
            (state, reason, refusal) == (other.state, other.reason, other.refusal)
        }

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

    /// Whether not all contacts were looked at: there may be more.
    package var isCutShort = false

    package init() {}

    fileprivate mutating func note(_ contact: ContactRow, _ refusal: RequeueRefusal?, showing limit: Int) {
        let group = Group(state: contact.state, reason: contact.reason, refusal: refusal)
        // A handful.
        if let known = groups.firstIndex(where: { $0.isSame(as: group) }) {
            groups[known].contacts += 1
        } else {
            groups.append(group)
        }
        if refusal == nil, first.count < limit { first.append(contact) }
    }

    fileprivate mutating func sort() { groups.sort { ($1.contacts, $0.words) < ($0.contacts, $1.words) } }

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
