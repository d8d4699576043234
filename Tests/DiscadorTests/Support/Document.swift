import Foundation

/// A JSON document that tests can look into: `document["lists"]?[0]?["rows"] == 5`.
enum Document: Equatable, Decodable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral
{
    case object([String: Document])
    case array([Document])
    case number(Double)
    case text(String)
    case truth(Bool)
    case null

    init(_ text: String) throws {
        self = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
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
        } else if let value = try? container.decode([Document].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: Document].self))
        }
    }

    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .truth(value) }

    /// Its text; nil when it is something else.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// Its number; nil when it is something else.
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// How many items an array has; 0 for anything else.
    var count: Int { if case .array(let items) = self { items.count } else { 0 } }

    subscript(key: String) -> Document? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    subscript(index: Int) -> Document? {
        if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }
}
