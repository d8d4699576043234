/// What a user of the dashboard may do.
package enum DashboardLevel: String, Codable, Hashable, Sendable, CaseIterable {
    /// Looks at everything, with phones masked, and changes nothing.
    case read
    /// Also changes what commands can change.
    case operate

    /// Whether somebody of this level may do what `other` asks for.
    package func includes(_ other: DashboardLevel) -> Bool { self == .operate || other == .read }
}
