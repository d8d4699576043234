package import CampaignCore
import GRDB

/// Calls in doubt that are so for one reason.
package struct DoubtGroup: Hashable, Sendable {
    /// Why nobody knows whether it rang; nil when the contact does not say.
    package var reason: String?
    /// How many there are.
    package var contacts: Int
}

extension StoreReader {
    /// Hands the doubts of a campaign that a filter means to `body`, reason by reason and the most frequent first; memory
    /// does not grow with their number.
    ///
    /// - Parameters:
    ///   - filter: nil means all.
    ///   - begin: told of each reason ahead of its doubts.
    package func forEachDoubt(
        campaign: String, where filter: ContactFilter?, _ begin: (DoubtGroup) throws -> Void,
        _ body: (ContactRow) throws -> Void
    ) throws {
        // From one snapshot: a run may go on meanwhile.
        try readStreaming { db in
            let contacts = try StoredContacts(db, campaign: try CampaignRows.id(db, named: campaign))
            var counts: [String?: Int] = [:]
            try contacts.forEach(in: [.inDoubt]) { _, contact in
                if filter?.matches(contact) ?? true { counts[contact.reason, default: 0] += 1 }
            }
            let groups = counts.map { DoubtGroup(reason: $0, contacts: $1) }
                .sorted { ($1.contacts, $0.reason ?? "") < ($0.contacts, $1.reason ?? "") }
            // Once more for each reason, of which there are a handful.
            for group in groups {
                try begin(group)
                try contacts.forEach(in: [.inDoubt], reason: group.reason) { _, contact in
                    guard contact.reason == group.reason, filter?.matches(contact) ?? true else { return }
                    try body(contact)
                }
            }
        }
    }
}
