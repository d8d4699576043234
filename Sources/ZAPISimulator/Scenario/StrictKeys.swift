/// A key that may have any name.
struct AnyKey: CodingKey {
    let stringValue: String

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    var intValue: Int? { nil }

    init?(intValue: Int) {
        nil
    }
}

extension Decoder {
    /// Throws for the first key (in alphabetical order) that `Keys` does not have.
    func refuseKeys<Keys: CodingKey & CaseIterable>(except keys: Keys.Type) throws {
        try refuseKeys(named: Keys.allCases.map(\.stringValue))
    }

    /// Throws for the first key (in alphabetical order) that is not one of `known`.
    func refuseKeys(named known: [String]) throws {
        let container = try container(keyedBy: AnyKey.self)
        let unknown = container.allKeys.filter { !known.contains($0.stringValue) }
        guard let first = unknown.min(by: { $0.stringValue < $1.stringValue }) else { return }
        throw DecodingError.dataCorruptedError(
            forKey: first,
            in: container,
            debugDescription: "unknown key; the keys are \(known.joined(separator: ", "))"
        )
    }
}
