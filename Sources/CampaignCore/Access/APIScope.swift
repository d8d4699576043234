/// What a token of the API may be used for. Each scope is for itself: a token has one or several.
package enum APIScope: String, CaseIterable, Codable, Sendable {
    /// See campaigns, people and figures.
    case read
    /// Start, pause, block, decide: what the pages do.
    case operate
    /// Add contacts to campaigns.
    case `import`
}
