/// A path taken apart: `/instances/{id}/token/{token}/{endpoint}`.
struct Route: Sendable, Equatable {
    var instance: String
    var token: String
    /// Nil when the rest of the path is not documented.
    var endpoint: Endpoint?

    /// Nil when the path has another shape.
    init?(path: String) {
        let parts = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[0].isEmpty, parts[1] == "instances", parts[3] == "token" else { return nil }
        guard !parts[2].isEmpty, !parts[4].isEmpty else { return nil }
        instance = String(parts[2])
        token = String(parts[4])
        endpoint = Endpoint(parts[5...])
    }
}
