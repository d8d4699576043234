/// What Prometheus reads.
package struct MetricsSection: DashboardSection {
    private let text: @Sendable () async throws -> String

    /// - Parameter text: gathers the metrics, as ``MetricsText`` renders them.
    package init(_ text: @escaping @Sendable () async throws -> String) {
        self.text = text
    }

    package var routes: [DashboardRoute] {
        [
            DashboardRoute(.get, "/metrics", .metrics) { [text] _ in
                .bytes(Array(try await text().utf8), type: MetricsText.contentType)
            }
        ]
    }
}
