import Yams

/// The keys that a mapping of the campaign file may have; the raw value is how the file writes it.
protocol SectionKey: RawRepresentable<String>, CaseIterable, Hashable {}

/// A mapping of the campaign file, by its known keys; unknown ones were reported when it was opened.
struct Section<Key: SectionKey> {
    let place: Place
    private var values: [Key: Value] = [:]

    /// The value of a key; nil when the file does not have it.
    subscript(key: Key) -> Value? {
        values[key]
    }

    /// The value of a key that must be there. `remedy` is what to do when it is not.
    func required(_ key: Key, remedy: String, _ reading: inout Reading) -> Value? {
        if let value = values[key] { return value }
        let missing = Place(keyPath: place.path(to: key.rawValue), line: place.line, column: place.column)
        reading.report("this key is missing", at: missing, remedy: remedy)
        return nil
    }
}

extension Value {
    /// The mapping that stands here. `expected` completes "write …" when there is none.
    func section<Key: SectionKey>(
        _ type: Key.Type,
        expected: String,
        _ reading: inout Reading
    ) -> Section<Key>? {
        guard case .mapping(let mapping) = node else {
            reportWrongKind(expected: expected, &reading)
            return nil
        }
        return Section(mapping, at: place, &reading)
    }
}

extension Section {
    fileprivate init(_ mapping: Node.Mapping, at place: Place, _ reading: inout Reading) {
        self.place = place
        var unknown = UnknownKeys()
        for (keyNode, node) in mapping {
            let mark = keyNode.mark
            guard case .scalar(let scalar) = keyNode, KeyName.isPresentable(scalar.string) else {
                reading.report(
                    "a key that is none of this file's",
                    at: Place(keyPath: place.keyPath, line: mark?.line, column: mark?.column),
                    remedy: "write a space after the colon, and only these keys: \(Self.knownKeys)"
                )
                continue
            }
            var entry = Place(keyPath: place.path(to: scalar.string), line: mark?.line, column: mark?.column)
            guard let key = Key(rawValue: scalar.string) else {
                unknown.report(scalar.string, at: entry, among: Key.allCases.map(\.rawValue), &reading)
                continue
            }
            // A scalar may stand lines below its key. One that is missing has no place of its own.
            if case .scalar = node, !Value(node: node, place: entry).isMissing, let mark = node.mark {
                entry.line = mark.line
                entry.column = mark.column
            }
            values[key] = Value(node: node, place: entry)
        }
        unknown.reportRest(at: place, &reading)
    }

    private static var knownKeys: String {
        Key.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
