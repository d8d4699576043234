/// What the holder of an API token may do. A token has any number of these.
package enum APIScope: String, Codable, Hashable, Sendable, CaseIterable {
    case read
    /// Also what stops, starts or changes campaigns, and the do-not-call list.
    case operate
    /// Adds contacts, and nothing else.
    case `import`
}
