import Dashboard
import Foundation
import TestJSON
import Testing

/// The files for Prometheus and Grafana, compared with what the service measures.
@Suite struct `The files for monitoring` {
    private static func text(_ name: String) throws -> String {
        try String(
            contentsOf: MarkdownFile.root.appending(path: "campaigns/monitoring/\(name)"), encoding: .utf8)
    }

    /// Everything that a series may be called.
    private static let names: Set<String> = {
        let parts = MetricDescription.all.flatMap { metric in
            metric.kind == .histogram
                ? ["", "_bucket", "_sum", "_count"].map { metric.name + $0 } : [metric.name]
        }
        return Set(parts)
    }()

    @Test(arguments: ["alerts.yml", "alerts.test.yml", "grafana.json", "README.md"])
    func `name only metrics that are there`(file: String) throws {
        let text = try Self.text(file)
        let named = text.matches(of: /\b(discador|process)_[a-z0-9_]+/).map { String($0.output.0) }
        #expect(named.count > 10)
        #expect(Set(named).subtracting(Self.names) == [])
    }

    @Test(arguments: MetricDescription.all)
    func `the dashboard and the description have every metric`(metric: MetricDescription) throws {
        #expect(try Self.text("README.md").contains("`\(metric.name)`"))
        guard metric.name != "process_start_time_seconds", metric.name != "process_virtual_memory_bytes" else { return }
        #expect(try Self.text("grafana.json").contains(metric.name))
    }

    @Test func `the dashboard is a dashboard whose panels have room`() throws {
        let dashboard = try JSONValue(Self.text("grafana.json"))
        #expect(dashboard["title"] == "discador" && dashboard["schemaVersion"]?.number != nil)
        let panels = dashboard["panels"]?.items ?? []
        #expect(panels.count > 20)
        #expect(Set(panels.compactMap { $0["id"]?.number }).count == panels.count)
        for panel in panels {
            let place = try #require(panel["gridPos"])
            let (x, width) = (place["x"]?.number ?? 0, place["w"]?.number ?? 99)
            #expect(x + width <= 24)
            guard panel["type"] != "row" else { continue }
            #expect(panel["targets"]?.items.isEmpty == false)
            for target in panel["targets"]?.items ?? [] {
                let expression = target["expr"]?.text ?? ""
                #expect(expression.contains("job=\"$job\""), "\(expression)")
            }
        }
    }

    @Test func `every alert is described`() throws {
        let alerts = try Self.text("alerts.yml").matches(of: /- alert: (\w+)/).map { String($0.output.1) }
        #expect(alerts.count > 8)
        let readme = try Self.text("README.md")
        for alert in alerts { #expect(readme.contains("`\(alert)`"), "\(alert)") }
    }
}
