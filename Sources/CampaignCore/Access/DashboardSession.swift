/// Somebody who is signed in, or about to be by a link.
package struct DashboardSession: Hashable, Sendable {
    package var user: String
    /// The less of what the session was given and what the user may do now.
    package var level: DashboardLevel
    package var createdAt: Timestamp
    package var expiresAt: Timestamp

    package init(user: String, level: DashboardLevel, createdAt: Timestamp, expiresAt: Timestamp) {
        self.user = user
        self.level = level
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
