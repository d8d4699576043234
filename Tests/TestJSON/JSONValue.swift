import Foundation

/// A JSON value that tests can look into: `document["lists"]?[0]?["rows"] == 5`.
package indirect enum JSONValue: Equatable, Decodable {
    case object([String: JSONValue])
    case array([JSONValue])
    case number(Double)
    case text(String)
    case truth(Bool)
    case null

    /// Parses a JSON text.
    package init(_ text: String) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    package init(from decoder: any Decoder) throws {
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

    /// Its text; nil when it is something else.
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// Its number; nil when it is something else.
    package var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// The members of an object; none for anything else.
    package var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }

    /// The items of an array; none for anything else.
    package var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }

    /// How many items an array has; 0 for anything else.
    package var count: Int { items.count }

    package subscript(key: String) -> JSONValue? { members[key] }

    package subscript(index: Int) -> JSONValue? { items.indices.contains(index) ? items[index] : nil }
}

extension JSONValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .truth(value) }
}
