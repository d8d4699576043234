package import CampaignCore

/// One address of the dashboard, and what is checked before its handler sees a request.
package struct DashboardRoute: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"

        /// Whether such a request changes nothing, and so needs no proof of where it comes from.
        var isSafe: Bool { self == .get }
    }

    package enum Access: Sendable, Hashable {
        /// Whoever reaches the listener.
        case everyone
        /// Whoever is signed in with at least this level.
        case level(DashboardLevel)
        /// A program whose token has this scope.
        case scope(APIScope)
        /// For Prometheus: whoever reaches a loopback listener; else a token with `read`.
        case metrics
    }

    package enum Body: Sendable, Hashable {
        /// A form without files, which carries the session's token; or nothing, for requests that change nothing.
        case form
        /// Read by the handler, which checks the form's token itself; a longer body is refused.
        case stream(limit: Int)
    }

    package typealias Handler = @Sendable (DashboardRequest) async throws -> DashboardResponse

    package var method: Method
    /// Parts between slashes; `:name` stands for any one part.
    package var pattern: String
    package var access: Access
    package var body: Body = .form
    package var handler: Handler

    package init(
        _ method: Method, _ pattern: String, _ access: Access, body: Body = .form, handler: @escaping Handler
    ) {
        (self.method, self.pattern, self.access, self.body, self.handler) = (method, pattern, access, body, handler)
    }

    /// A page for whoever is signed in.
    package static func page(_ pattern: String, _ handler: @escaping @Sendable (DashboardRequest) async throws -> Page)
        -> Self
    {
        DashboardRoute(.get, pattern, .level(.read)) { .page(try await handler($0)) }
    }

    /// Something that a form does, for whoever may operate.
    package static func action(_ pattern: String, _ handler: @escaping Handler) -> Self {
        DashboardRoute(.post, pattern, .level(.operate), handler: handler)
    }

    /// The decoded parts of `path` that the pattern names; nil when the pattern does not match.
    func match(_ path: [Substring]) -> [String: String]? {
        let parts = pattern.split(separator: "/")
        guard parts.count == path.count else { return nil }
        var values: [String: String] = [:]
        for (part, given) in zip(parts, path) {
            if part.hasPrefix(":") {
                let value = FormFields.decoded(given.utf8, plusIsSpace: false)
                // A part that would be another place on a disk, whoever uses it there.
                guard value != ".", value != "..", !value.contains("/"), !value.contains("\0"), !value.isEmpty else {
                    return nil
                }
                values[String(part.dropFirst())] = value
            } else if part != given {
                return nil
            }
        }
        return values
    }
}

/// A part of the dashboard: the addresses that belong together.
package protocol DashboardSection: Sendable {
    var routes: [DashboardRoute] { get }
}
