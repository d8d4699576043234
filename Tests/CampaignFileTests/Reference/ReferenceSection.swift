import TestJSON

@testable import CampaignFile

/// A mapping of the campaign file: the keys that the reader knows, and where the schema and the documentation describe
/// it.
struct ReferenceSection: Sendable, CustomStringConvertible {
    /// Its heading in the documentation.
    let heading: String
    /// The keys that the reader takes.
    let keys: Set<String>
    /// Where the schema has it, from its root.
    let schemaPath: [String]

    var description: String { heading }

    /// The prefix of its keys in the reader's errors: `columns.`; empty at the top level.
    var prefix: String {
        let name = heading.split(separator: "`").dropFirst().first
        return name.map { "\($0)." } ?? ""
    }

    init<Key: CaseIterable & RawRepresentable<String>>(
        _ heading: String, _ keys: Key.Type, _ schemaPath: String...
    ) {
        self.heading = heading
        self.keys = Set(keys.allCases.map(\.rawValue))
        self.schemaPath = schemaPath
    }

    static let all = [
        ReferenceSection("### Top level", CampaignKey.self),
        ReferenceSection("### `columns`", ColumnKey.self, "properties", "columns"),
        ReferenceSection("### `call`", CallKey.self, "properties", "call"),
        ReferenceSection("### `instances`", InstanceKey.self, "definitions", "instance"),
        ReferenceSection("### `pace`", PaceKey.self, "properties", "pace"),
        ReferenceSection("### `pace`", PaceKey.self, "definitions", "pace"),
        ReferenceSection("### `retry`", RetryKey.self, "properties", "retry"),
        ReferenceSection("### `health`", HealthKey.self, "properties", "health"),
        ReferenceSection("### `window`", WindowKey.self, "definitions", "window"),
        ReferenceSection("### `brake`", BrakeKey.self, "properties", "brake"),
        ReferenceSection("### `redial`", RedialKey.self, "properties", "redial"),
        ReferenceSection(
            "### `redial.notAnswered`", NotAnsweredKey.self, "properties", "redial", "properties", "notAnswered"),
        ReferenceSection("### `perPerson`", PersonKey.self, "properties", "perPerson"),
        ReferenceSection("### `optOut`", OptOutKey.self, "properties", "optOut"),
        ReferenceSection("### `notify`", NotifyKey.self, "properties", "notify"),
    ]

    /// The section of the schema.
    func part(of schema: JSONSchema) -> JSONValue? {
        schemaPath.reduce(schema.root) { $0?[$1] }
    }
}
