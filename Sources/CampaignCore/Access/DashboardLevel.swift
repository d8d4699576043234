/// What somebody who is signed in to the dashboard may do.
package enum DashboardLevel: String, CaseIterable, Codable, Sendable, Comparable {
    /// See everything, with phones masked; change nothing.
    case read
    /// See everything, and do what the command line does.
    case operate

    package static func < (left: Self, right: Self) -> Bool { left == .read && right == .operate }
}
