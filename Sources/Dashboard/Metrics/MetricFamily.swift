/// A metric with its values at one moment.
package struct MetricFamily: Hashable, Sendable {
    /// What is measured for one set of labels.
    package enum Reading: Hashable, Sendable {
        case number(Double)
        case durations(DurationCounts)
    }

    /// One of its series.
    package struct Sample: Hashable, Sendable {
        /// The values of the labels, in the order of the description.
        package let labels: [String]
        package let reading: Reading
    }

    package let description: MetricDescription
    package private(set) var samples: [Sample] = []

    package init(_ description: MetricDescription) {
        self.description = description
    }

    /// A metric with one value and no labels.
    package init(_ description: MetricDescription, _ value: Double) {
        self.init(description)
        add(value)
    }

    /// Durations, as they were counted.
    ///
    /// - Parameter shown: what the labels are in the text.
    package init(
        _ description: MetricDescription, _ durations: LabeledDurations,
        shown: ([String]) -> [String] = { $0 }
    ) {
        self.init(description)
        samples = durations.all.map { Sample(labels: shown($0.labels), reading: .durations($0.counts)) }
    }

    /// Adds a series; each set of labels once.
    package mutating func add(_ value: Double, _ labels: String...) {
        samples.append(Sample(labels: labels, reading: .number(value)))
    }

    package mutating func add(_ value: Int, _ labels: String...) {
        samples.append(Sample(labels: labels, reading: .number(Double(value))))
    }

    /// Adds a series of a condition: 1 if it holds.
    package mutating func add(_ holds: Bool, _ labels: String...) {
        samples.append(Sample(labels: labels, reading: .number(holds ? 1 : 0)))
    }
}
