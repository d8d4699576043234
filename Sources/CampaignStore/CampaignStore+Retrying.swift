public import CampaignCore
import GRDB

extension CampaignStore {
    /// Contacts that are looked at before the next ones are fetched: memory does not grow with their number.
    private static let pageOfRetry = 500

    /// Puts contacts back to be dialled: those that a filter means and ``PutBackRefusal`` has nothing against, with all
    /// their attempts before them. What was attempted stays written down.
    public func retry(campaign name: String, where filter: ContactFilter) async throws(QueueError) -> RetryTotals {
        try await write { db in
            let campaign = try CampaignRows.id(db, named: name)
            let contacts = try StoredContacts(db, campaign: campaign)
            let blocked = try BlockedContacts(db, campaign: campaign, in: PutBackRefusal.states)
            var totals = RetryTotals()
            for state in PutBackRefusal.states where filter.states.contains(state) {
                var place = StoredContacts.Place()
                while true {
                    let page = try contacts.page(in: state, after: place, limit: Self.pageOfRetry)
                    guard let last = page.last else { break }
                    place = last.place
                    for entry in page where filter.matches(entry.contact) {
                        let isBlocked = blocked.contains(entry.place.id)
                        if let refusal = try PutBackRefusal.of(entry.contact, isBlocked: isBlocked) {
                            totals.refused[refusal, default: 0] += 1
                        } else {
                            try Self.putBack(entry.place.id, db)
                            totals.putBack += 1
                        }
                    }
                }
            }
            return totals
        }
    }

    /// The campaign may ask Z-API again whether a number has WhatsApp which had none when it was asked.
    private static func putBack(_ contact: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE contact_row SET state = 'ready', reason = NULL, due_at = 0, tries_used = 0, throttles_in_a_row = 0,
                    whatsapp_at = iif(reason = :noWhatsApp, NULL, whatsapp_at)
                WHERE id = :contact AND (state = 'failed' OR state = 'excluded')
                """
        ).execute(arguments: ["contact": contact, "noWhatsApp": ExclusionReason.noWhatsApp.rawValue])
    }
}

/// What came of putting contacts back.
public struct RetryTotals: Hashable, Sendable, Codable {
    /// Contacts that are ready to be dialled again.
    public var putBack = 0
    /// Failed and excluded contacts that were meant and had to stay, by why.
    public var refused: [PutBackRefusal: Int] = [:]

    /// Nobody was looked at yet.
    public init() {}
}

extension PutBackRefusal {
    /// What stands in the way of putting a stored contact back.
    static func of(_ contact: ContactRow, isBlocked: Bool) throws -> PutBackRefusal? {
        let exclusion: ExclusionReason? =
            contact.state == .excluded ? try contact.reason.map { try StoredValue.word($0) } : nil
        return of(state: contact.state, exclusion: exclusion, isBlocked: isBlocked)
    }
}
