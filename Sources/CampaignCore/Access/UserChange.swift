/// What changes about a user.
package enum UserChange: Codable, Hashable, Sendable {
    /// A new one.
    case added(DashboardLevel, password: StoredPassword?)
    case level(DashboardLevel)
    /// Nil: links only.
    case password(StoredPassword?)
}
