import TestJSON
import Yams

/// YAML files as an editor converts them before validating them.
extension JSONValue {
    /// The value of a YAML text by the core schema of YAML 1.2, as editors read it: dates and hours are texts.
    init(yaml: String) throws {
        self.init(try Yams.compose(yaml: yaml, Resolver.basic, Constructor.default, .utf8) ?? Node(""))
    }

    private init(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            let members = mapping.map { key, value in (key.scalar?.string ?? "", JSONValue(value)) }
            self = .object(Dictionary(members) { $1 })
        case .sequence(let sequence):
            self = .array(sequence.map(JSONValue.init))
        case .scalar(let scalar) where scalar.style == .plain:
            self = Self.plain(scalar.string)
        case .scalar(let scalar):
            self = .text(scalar.string)
        case .alias:
            self = .null
        }
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .truth(true)
        case "false", "False", "FALSE": .truth(false)
        case _ where text.wholeMatch(of: /[-+]?[0-9]+(\.[0-9]*)?/) != nil:
            Double(text).map(JSONValue.number) ?? .text(text)
        default: .text(text)
        }
    }

    /// As YAML has it on one line.
    var yaml: String {
        switch self {
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.yaml)" }.joined(separator: ", ") + "}"
        case .array(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
        case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
        case .text(let text): "\"\(text)\""
        case .truth(let truth): "\(truth)"
        case .null: "null"
        }
    }
}
