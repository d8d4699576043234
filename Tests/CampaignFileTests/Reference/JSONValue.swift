import Foundation
import Yams

/// A JSON value: a schema, or a YAML file as an editor converts it before validating it.
indirect enum JSONValue: Equatable, Decodable {
    case object([String: JSONValue])
    case array([JSONValue])
    case number(Double)
    case text(String)
    case truth(Bool)
    case null

    init(json: Data) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: json)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

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

    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var double: Double? {
        if case .number(let number) = self { number } else { nil }
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
