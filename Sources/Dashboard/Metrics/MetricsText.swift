/// Metrics in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats, read 2026-11).
package enum MetricsText {
    /// What the header `Content-Type` says of it.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The text. A metric without series is left out.
    package static func render(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty {
            let description = family.description
            text += "# HELP \(description.name) \(escaped(help: description.help))\n"
            text += "# TYPE \(description.name) \(description.kind.rawValue)\n"
            for sample in family.samples { append(sample, of: description, to: &text) }
        }
        return text
    }

    private static func append(
        _ sample: MetricFamily.Sample, of description: MetricDescription, to text: inout String
    ) {
        let labels = Array(zip(description.labels, sample.labels))
        switch sample.reading {
        case .number(let value): append(description.name, labels, number(value), to: &text)
        case .durations(let durations):
            var below = 0
            for (place, count) in durations.counts.enumerated() {
                below += count
                let bound = place < durations.bounds.count ? number(durations.bounds[place]) : "+Inf"
                append(description.name + "_bucket", labels + [("le", bound)], "\(below)", to: &text)
            }
            append(description.name + "_sum", labels, number(durations.sum), to: &text)
            append(description.name + "_count", labels, "\(below)", to: &text)
        }
    }

    private static func append(
        _ name: String, _ labels: [(name: String, value: String)], _ value: String, to text: inout String
    ) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.name)=\"\(escaped(label: $0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }

    /// A value as Go's `ParseFloat` reads it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Exactly, up to where not every whole number is a Double.
        if value.rounded() == value, abs(value) < 9e15 { return "\(Int64(value))" }
        return "\(value)"
    }

    private static func escaped(help: String) -> String {
        help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    /// Whatever a campaign is called. A carriage return would end a line for some readers.
    private static func escaped(label: String) -> String {
        escaped(help: label.replacing("\r\n", with: "\n").replacing("\r", with: " ")).replacing("\"", with: "\\\"")
    }
}
