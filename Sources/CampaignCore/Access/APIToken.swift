/// A token of the API, without what is secret about it.
package struct APIToken: Codable, Hashable, Sendable {
    package var name: String
    package var scopes: Set<APIScope>
    package var createdAt: Timestamp
    /// Who made it.
    package var createdBy: String
    /// At most a minute off; nil: not used yet.
    package var lastUsedAt: Timestamp?
    /// Nil: never.
    package var expiresAt: Timestamp?

    package init(
        name: String, scopes: Set<APIScope>, createdAt: Timestamp, createdBy: String, expiresAt: Timestamp? = nil
    ) {
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
    }

    /// Whether it is no longer accepted.
    package func isExpired(at now: Timestamp) -> Bool { expiresAt.map { $0 <= now } ?? false }
}
