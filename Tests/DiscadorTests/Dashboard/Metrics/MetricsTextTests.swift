import CampaignCore
import Dashboard
import Testing

@Suite struct `The text of metrics` {
    private static let gauge = MetricDescription(
        "discador_contacts", .gauge, "Contacts.", labels: ["campaign", "state"])

    @Test(arguments: [
        "plain", "a \"quoted\" one", "back\\slash", "a\nbreak", "cobrança 🎄", "{a=\"b\"} 1", "", "\\n", "a,b", "x\ry",
    ])
    func `has any name of a campaign as it is`(name: String) throws {
        var family = MetricFamily(Self.gauge)
        family.add(7, name, "ready")
        let text = try PrometheusText(MetricsText.render([family]))
        let labels = ["campaign": name.replacing("\r", with: " "), "state": "ready"]
        #expect(text["discador_contacts", labels] == 7)
    }

    @Test(arguments: [0, -1, 0.25, 1e-9, 1e21, 123_456_789_012_345, 1_764_000_000.25, .infinity, -.infinity])
    func `has each value exactly`(value: Double) throws {
        let family = MetricFamily(.diskFree, value)
        #expect(try PrometheusText(MetricsText.render([family]))["discador_disk_free_bytes", [:]] == value)
    }

    @Test func `has what is no number, too`() throws {
        let text = MetricsText.render([MetricFamily(.diskFree, .nan)])
        #expect(try PrometheusText(text)["discador_disk_free_bytes", [:]]?.isNaN == true)
    }

    @Test func `durations are counted in the bucket that they fit in, and in all after it`() throws {
        let durations = LabeledDurations(bounds: [0.1, 1])
        for milliseconds in [0, 100, 101, 1000, 5000] { durations.add(.milliseconds(milliseconds), "i\"A") }
        durations.add(.milliseconds(250), "iB")
        let family = MetricFamily(.requestDuration, durations)
        let text = try PrometheusText(MetricsText.render([family]))
        func bucket(_ bound: String) -> Double? {
            text["discador_request_duration_seconds_bucket", ["instance": "i\"A", "le": bound]]
        }
        #expect([bucket("0.1"), bucket("1"), bucket("+Inf")] == [2, 4, 5])
        #expect(text["discador_request_duration_seconds_count", ["instance": "i\"A"]] == 5)
        let sum = try #require(text["discador_request_duration_seconds_sum", ["instance": "i\"A"]])
        #expect(abs(sum - 6.201) < 1e-9)
        #expect(text["discador_request_duration_seconds_count", ["instance": "iB"]] == 1)
    }

    @Test func `a metric without series is left out`() {
        #expect(MetricsText.render([MetricFamily(Self.gauge)]).isEmpty)
    }

    @Test(arguments: MetricDescription.all)
    func `every metric is called as Prometheus advises`(metric: MetricDescription) {
        #expect(metric.name.wholeMatch(of: /(discador|process)(_[a-z0-9]+)+/) != nil)
        #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"))
        if metric.kind == .histogram { #expect(metric.name.hasSuffix("_duration_seconds")) }
        for part in ["milliseconds", "minutes", "kilobytes", "percent", "gauge", "counter", "histogram"] {
            #expect(!metric.name.contains(part))
        }
        #expect(metric.help.hasSuffix(".") && !metric.help.contains("\n"))
        for label in metric.labels {
            #expect(label.wholeMatch(of: /[a-z]+/) != nil && label != "le" && label != "job")
            #expect(!["phone", "token", "id", "person", "contact"].contains(label))
        }
    }

    @Test func `no name is used twice`() {
        #expect(Set(MetricDescription.all.map(\.name)).count == MetricDescription.all.count)
    }
}
