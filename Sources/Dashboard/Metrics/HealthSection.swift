import HTTPTypes

/// Whether the service lives, and whether it can do its work, for supervisors: `GET /healthz` and `GET /readyz`.
package struct HealthSection: DashboardSection {
    /// What is looked at, and why it is not well; nil: it is.
    package typealias Check = (name: String, problem: String?)

    private struct Report: Encodable {
        struct Line: Encodable {
            var ok: Bool
            var problem: String?
        }

        var status: String
        var checks: [String: Line]
    }

    private let live: @Sendable () async -> [Check]
    private let ready: @Sendable () async -> [Check]

    /// - Parameters:
    ///   - live: without which the process is to be started again.
    ///   - ready: what else it needs for its work.
    package init(live: @escaping @Sendable () async -> [Check], ready: @escaping @Sendable () async -> [Check]) {
        (self.live, self.ready) = (live, ready)
    }

    package var routes: [DashboardRoute] {
        [
            DashboardRoute(.get, "/healthz", .everyone) { [live] _ in try Self.answer(await live()) },
            DashboardRoute(.get, "/readyz", .everyone) { [live, ready] _ in
                try Self.answer(await live() + ready())
            },
        ]
    }

    private static func answer(_ checks: [Check]) throws -> DashboardResponse {
        let isWell = checks.allSatisfy { $0.problem == nil }
        let lines = checks.map { ($0.name, Report.Line(ok: $0.problem == nil, problem: $0.problem)) }
        let report = Report(status: isWell ? "ok" : "failing", checks: Dictionary(lines) { $1 })
        return .bytes(
            try JSONText.bytes(of: report), type: "application/json", status: isWell ? .ok : .serviceUnavailable)
    }
}
