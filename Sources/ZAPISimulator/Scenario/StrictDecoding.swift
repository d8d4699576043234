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

/// A seed: any whole number that is not negative.
struct StrictSeed: Decodable {
    var seed: UInt64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let seed = try? container.decode(UInt64.self) {
            self.seed = seed
            return
        }
        let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "")
        throw DecodingError.typeMismatch(UInt64.self, context)
    }
}

/// One of the names of an enumeration; another one is an error.
struct StrictName<Name: RawRepresentable<String> & CaseIterable>: Decodable {
    var name: Name

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = Name(rawValue: text) else {
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is unknown; it is one of \(known)")
        }
        self.name = name
    }
}

/// The keys of `latency`.
enum LatencyKeys: String, CodingKey, CaseIterable {
    case from, to
}

/// `{"from": "80ms", "to": "350ms"}`; unknown keys are errors.
struct StrictLatency: Decodable {
    var range: ClosedRange<Duration>

    init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: LatencyKeys.self)
        let keys = try decoder.container(keyedBy: LatencyKeys.self)
        let from = try keys.decode(DurationText.self, forKey: .from).duration
        let to = try keys.decode(DurationText.self, forKey: .to).duration
        guard from <= to else {
            throw DecodingError.dataCorruptedError(
                forKey: .to,
                in: keys,
                debugDescription: "'to' must not be shorter than 'from'"
            )
        }
        range = from...to
    }
}

/// `{"refuse": 0.02}`: the share of each value of an enumeration; unknown ones are errors.
struct StrictRates<Name: RawRepresentable<String> & CaseIterable & Hashable>: Decodable {
    var rates: [Name: Double] = [:]

    init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(named: Name.allCases.map(\.rawValue))
        let keys = try decoder.container(keyedBy: AnyKey.self)
        for name in Name.allCases {
            let key = AnyKey(stringValue: name.rawValue)
            guard let rate = try keys.decodeIfPresent(Double.self, forKey: key) else { continue }
            guard (0...1).contains(rate) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: keys,
                    debugDescription: "a rate is a share from 0 to 1"
                )
            }
            rates[name] = rate
        }
    }
}
