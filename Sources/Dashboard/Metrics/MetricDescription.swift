/// A metric as Prometheus knows it: what it is called, what it means, and what tells its series from each other.
///
/// Names follow prometheus.io/docs/practices/naming (read 2026-11): one prefix, base units, `_total` for what only grows.
/// No label is ever a token, an id of an instance, or anything about a person.
package struct MetricDescription: Hashable, Sendable {
    /// How its values behave.
    package enum Kind: String, Sendable {
        /// It only grows, until the process starts again or the campaign is deleted.
        case counter
        /// It goes up and down.
        case gauge
        /// It counts durations, by how long they were.
        case histogram
    }

    package let name: String
    package let kind: Kind
    /// One sentence in English, like all that machines read.
    package let help: String
    /// The names of its labels, in the order in which samples have their values.
    package let labels: [String]

    package init(_ name: String, _ kind: Kind, _ help: String, labels: [String] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }
}
