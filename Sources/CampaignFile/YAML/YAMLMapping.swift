import CampaignCore
import Yams

/// The keys that a mapping of the campaign file may have; the raw value is how the file writes it.
protocol YAMLKey: RawRepresentable<String>, CaseIterable, Hashable {}

/// A mapping of the campaign file, by its known keys; unknown ones were reported when it was read.
struct YAMLMapping<Key: YAMLKey> {
    let location: SourceLocation
    private var values: [Key: YAMLValue] = [:]

    /// The value of a key; nil when the file does not have it.
    subscript(key: Key) -> YAMLValue? {
        values[key]
    }

    /// The value of a key that must be there. `remedy` is what to do when it is not.
    func required(_ key: Key, remedy: Phrase, _ context: inout ParseContext) -> YAMLValue? {
        if let value = values[key] { return value }
        let missing = SourceLocation(
            keyPath: location.path(to: key.rawValue), line: location.line, column: location.column)
        context.report(Phrase("this key is missing", "falta esta chave"), at: missing, remedy: remedy)
        return nil
    }
}

extension YAMLValue {
    /// The entry as a mapping. `expected` completes "write …" when it is not one.
    func mapping<Key: YAMLKey>(
        _ type: Key.Type,
        expected: Phrase,
        _ context: inout ParseContext
    ) -> YAMLMapping<Key>? {
        guard case .mapping(let mapping) = node else {
            reportWrongKind(expected: expected, &context)
            return nil
        }
        return YAMLMapping(mapping, at: location, &context)
    }
}

extension YAMLMapping {
    fileprivate init(_ mapping: Node.Mapping, at location: SourceLocation, _ context: inout ParseContext) {
        self.location = location
        var unknown = UnknownKeys()
        for (keyNode, node) in mapping {
            let mark = keyNode.mark
            guard case .scalar(let scalar) = keyNode, KeyName.isPresentable(scalar.string) else {
                context.report(
                    Phrase("this key does not belong in this file", "esta chave não pertence a este arquivo"),
                    at: SourceLocation(keyPath: location.keyPath, line: mark?.line, column: mark?.column),
                    remedy: Phrase(
                        "write a space after the colon, and only these keys: \(Self.knownKeys)",
                        "escreva um espaço depois dos dois-pontos, e só estas chaves: \(Self.knownKeys)")
                )
                continue
            }
            var entry = SourceLocation(
                keyPath: location.path(to: scalar.string), line: mark?.line, column: mark?.column)
            guard let key = Key(rawValue: scalar.string) else {
                unknown.report(scalar.string, at: entry, among: Key.allCases.map(\.rawValue), &context)
                continue
            }
            // A scalar may be some lines below its key. A missing one has no location.
            if case .scalar = node, !YAMLValue(node: node, location: entry).isMissing, let mark = node.mark {
                entry.line = mark.line
                entry.column = mark.column
            }
            values[key] = YAMLValue(node: node, location: entry)
        }
        unknown.reportRest(at: location, &context)
    }

    private static var knownKeys: String {
        Key.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

/// The unknown keys of one mapping: a file of another kind can have tens of thousands of them.
struct UnknownKeys {
    /// Nobody reads more, and finding the closest known key takes time for each.
    static let maxReported = 100

    private var count = 0

    /// Reports a key, with the known key that it was probably meant to be.
    mutating func report(
        _ key: String, at location: SourceLocation, among known: [String], _ context: inout ParseContext
    ) {
        count += 1
        guard count <= Self.maxReported else { return }
        let meant = ClosestName.to(key, among: known)
        let keys = known.joined(separator: ", ")
        let remedy =
            meant.map { Phrase("did you mean `\($0)`?", "seria `\($0)`?") }
            ?? Phrase("the keys here are \(keys)", "as chaves aqui são \(keys)")
        context.report(Phrase("unknown key", "chave desconhecida"), at: location, remedy: remedy)
    }

    /// Says how many more there are.
    func reportRest(at location: SourceLocation, _ context: inout ParseContext) {
        guard count > Self.maxReported else { return }
        let rest = count - Self.maxReported
        context.report(
            Phrase(
                "\(rest) more unknown \(rest.noun("key"))",
                "mais \(rest) \(rest.noun("chave desconhecida", "chaves desconhecidas"))"), at: location,
            remedy: Phrase("check that this is a campaign file", "confira se este é um arquivo de campanha"))
    }
}

/// What can be said about a key before it is known to be one.
enum KeyName {
    /// Whether it can be shown: `token:abc` without a space after the colon is a key too, and contains a secret. Z-API's
    /// tokens are longer than 20 characters, or have digits.
    static func isPresentable(_ key: String) -> Bool {
        let longest = key.contains(where: \.isNumber) ? 20 : 24
        return (1...longest).contains(key.utf8.count)
            && key.allSatisfy { EnvironmentFile.isNameCharacter($0) || $0 == "-" }
    }
}
