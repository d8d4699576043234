/// A strict reader of Prometheus' text format 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats, read 2026-11): what Prometheus would pass over is an error.
struct PrometheusText {
    struct Sample: Hashable {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    struct Family {
        var name: String
        var help: String
        var type = ""
        var samples: [Sample] = []
    }

    struct Violation: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var families: [Family] = []

    init(_ text: String) throws {
        guard text.unicodeScalars.last == "\n" else { throw Violation(description: "it does not end a line") }
        let lines = text.unicodeScalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines { try read(Array(line)) }
        for family in families { try Self.check(family) }
    }

    /// The value of a series; nil when it is not there.
    subscript(name: String, labels: [String: String]) -> Double? {
        families.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
    }

    func family(_ name: String) -> Family? { families.first { $0.name == name } }

    private mutating func read(_ line: [Unicode.Scalar]) throws {
        let text = String(String.UnicodeScalarView(line))
        guard !line.contains("\r"), !line.isEmpty else { throw Violation(description: "“\(text)”") }
        guard line[0] == "#" else { return try readSample(LineReader(line)) }
        let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, words[0] == "#", Self.isName(words[2]) else { throw Violation(description: text) }
        switch words[1] {
        case "HELP":
            guard families.allSatisfy({ $0.name != words[2] }), !words[3].isEmpty else {
                throw Violation(description: "twice, or without a text: \(text)")
            }
            families.append(Family(name: words[2], help: words[3]))
        case "TYPE":
            guard let last = families.last, last.name == words[2], last.type.isEmpty, last.samples.isEmpty,
                ["counter", "gauge", "histogram", "summary", "untyped"].contains(words[3])
            else { throw Violation(description: text) }
            families[families.count - 1].type = words[3]
        default: throw Violation(description: text)
        }
    }

    private mutating func readSample(_ reader: LineReader) throws {
        var reader = reader
        let sample = try reader.sample()
        guard let family = families.last else { throw Violation(description: "\(sample.name) has no type") }
        let isOwn =
            family.type == "histogram"
            ? ["_bucket", "_sum", "_count"].contains { sample.name == family.name + $0 } : sample.name == family.name
        guard isOwn, !family.type.isEmpty else { throw Violation(description: "\(sample.name) stands elsewhere") }
        let isNew = family.samples.allSatisfy { $0.name != sample.name || $0.labels != sample.labels }
        guard isNew else { throw Violation(description: "twice: \(sample)") }
        families[families.count - 1].samples.append(sample)
    }

    static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil }

    /// A histogram's buckets are cumulative, in ascending order, and end with all.
    private static func check(_ family: Family) throws {
        guard !family.samples.isEmpty else { throw Violation(description: "\(family.name) has no sample") }
        if family.type == "counter", family.samples.contains(where: { !($0.value >= 0) }) {
            throw Violation(description: "\(family.name) counts down")
        }
        guard family.type == "histogram" else { return }
        func without(_ labels: [String: String]) -> [String: String] { labels.filter { $0.key != "le" } }
        for (labels, own) in Dictionary(grouping: family.samples, by: { without($0.labels) }) {
            let buckets = own.filter { $0.name.hasSuffix("_bucket") }
            let bounds = buckets.compactMap { $0.labels["le"].flatMap(LineReader.number) }
            let counts = buckets.map(\.value)
            guard let last = bounds.last, last == .infinity, bounds.count == buckets.count,
                zip(bounds, bounds.dropFirst()).allSatisfy(<), zip(counts, counts.dropFirst()).allSatisfy(<=),
                own.filter({ $0.name.hasSuffix("_count") }).map(\.value) == counts.suffix(1),
                own.count(where: { $0.name.hasSuffix("_sum") }) == 1
            else { throw Violation(description: "\(family.name) \(labels) is not a histogram") }
        }
    }
}

/// Reads one line from left to right.
private struct LineReader {
    private let line: [Unicode.Scalar]
    private var place = 0

    init(_ line: [Unicode.Scalar]) { self.line = line }

    private var next: Unicode.Scalar? { place < line.count ? line[place] : nil }

    mutating func sample() throws -> PrometheusText.Sample {
        let name = word { $0 != "{" && $0 != " " }
        guard PrometheusText.isName(name) else { throw violation }
        var labels: [String: String] = [:]
        if next == "{" {
            repeat {
                place += 1
                let label = word { $0 != "=" }
                guard label.wholeMatch(of: /[a-zA-Z_][a-zA-Z0-9_]*/) != nil, !label.hasPrefix("__") else {
                    throw violation
                }
                place += 1
                guard try labels.updateValue(quoted(), forKey: label) == nil else { throw violation }
            } while next == ","
            guard next == "}" else { throw violation }
            place += 1
        }
        guard next == " " else { throw violation }
        place += 1
        guard let value = Self.number(word { _ in true }) else { throw violation }
        return PrometheusText.Sample(name: name, labels: labels, value: value)
    }

    static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/) == nil ? nil : Double(text)
        }
    }

    private mutating func quoted() throws -> String {
        guard next == "\"" else { throw violation }
        place += 1
        var text = String.UnicodeScalarView()
        while let scalar = next, scalar != "\"" {
            place += 1
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            switch next {
            case "\\": text.append("\\")
            case "\"": text.append("\"")
            case "n": text.append("\n")
            default: throw violation
            }
            place += 1
        }
        guard next == "\"" else { throw violation }
        place += 1
        return String(text)
    }

    private mutating func word(_ belongs: (Unicode.Scalar) -> Bool) -> String {
        let begin = place
        while let scalar = next, belongs(scalar) { place += 1 }
        return String(String.UnicodeScalarView(line[begin..<place]))
    }

    private var violation: PrometheusText.Violation {
        PrometheusText.Violation(description: "at \(place): \(String(String.UnicodeScalarView(line)))")
    }
}
