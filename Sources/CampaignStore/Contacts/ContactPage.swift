package import CampaignCore

/// Where a page of contacts ends, and the next one begins.
package struct ContactPlace: Hashable, Sendable {
    var dueAt: Int64
    var id: Int64

    /// Before all contacts.
    static let start = ContactPlace(dueAt: .min, id: .min)

    init(dueAt: Int64, id: Int64) {
        (self.dueAt, self.id) = (dueAt, id)
    }

    /// Reads what ``text`` has written; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let dueAt = parts[0], let id = parts[1] else { return nil }
        (self.dueAt, self.id) = (dueAt, id)
    }

    /// For an address.
    package var text: String { "\(dueAt).\(id)" }
}

/// Some contacts of a campaign, one after another.
package struct ContactPage: Sendable {
    package struct Entry: Sendable {
        /// What the database knows it by; another one after a restore.
        package var id: Int64
        package var contact: ContactRow
    }

    package var entries: [Entry] = []
    /// Where the next page begins; nil: there is nothing more.
    package var next: ContactPlace?
    /// Whether it ends because enough contacts have been looked at, although there was room for more.
    package var isCutShort = false

    init() {}
}
