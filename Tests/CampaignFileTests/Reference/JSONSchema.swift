import Foundation
import TestJSON
import Testing

/// A JSON schema (draft-07), as far as the campaign file's uses it; any other keyword is a failure, not overlooked.
struct JSONSchema {
    private static let annotations: Set = ["$schema", "$id", "title", "description", "default", "definitions"]

    let root: JSONValue

    /// The schema beside the documentation of the campaign file.
    static let campaign = Result {
        try JSONSchema(root: JSONValue(Documents.text("campaigns/campaign.schema.json")))
    }

    /// Whether `value` conforms to the schema.
    func accepts(_ value: JSONValue) throws -> Bool {
        try accepts(value, root)
    }

    /// The part that a reference points to, or the part itself.
    func resolved(_ schema: JSONValue) throws -> JSONValue {
        guard let reference = schema["$ref"]?.text else { return schema }
        let path = reference.split(separator: "/").map(String.init)
        #expect(path.first == "#")
        return try path.dropFirst().reduce(root) { part, key in try #require(part[key], "\(reference)") }
    }

    private func accepts(_ value: JSONValue, _ part: JSONValue) throws -> Bool {
        let schema = try resolved(part)
        for (keyword, rule) in schema.members where !Self.annotations.contains(keyword) {
            guard try accepts(value, keyword, rule, of: schema) else { return false }
        }
        return true
    }

    private func accepts(
        _ value: JSONValue, _ keyword: String, _ rule: JSONValue, of schema: JSONValue
    ) throws -> Bool {
        switch (keyword, value) {
        case ("type", _): return Self.isOf(type: rule.text ?? "", value)
        case ("const", _): return value == rule
        case ("enum", _): return rule.items.contains(value)
        case ("anyOf", _): return try rule.items.contains { try accepts(value, $0) }
        case ("required", .object(let members)): return rule.items.allSatisfy { members[$0.text ?? ""] != nil }
        case ("dependencies", .object(let members)):
            return rule.members.allSatisfy { key, others in
                members[key] == nil || others.items.allSatisfy { members[$0.text ?? ""] != nil }
            }
        case ("properties", .object(let members)):
            return try rule.members.allSatisfy { key, part in try members[key].map { try accepts($0, part) } ?? true }
        case ("additionalProperties", .object(let members)):
            let known = schema["properties"]?.members ?? [:]
            return rule == .truth(true) || members.keys.allSatisfy { known[$0] != nil }
        case ("items", .array(let items)): return try items.allSatisfy { try accepts($0, rule) }
        case ("minItems", .array(let items)): return Double(items.count) >= rule.number ?? 0
        case ("uniqueItems", .array(let items)):
            return items.indices.allSatisfy { !items[..<$0].contains(items[$0]) }
        case ("minimum", .number(let number)): return number >= rule.number ?? .infinity
        case ("maximum", .number(let number)): return number <= rule.number ?? -.infinity
        case ("minLength", .text(let text)): return Double(text.count) >= rule.number ?? 0
        case ("pattern", .text(let text)):
            return text.range(of: rule.text ?? "", options: .regularExpression) != nil
        case ("required", _), ("dependencies", _), ("properties", _), ("additionalProperties", _), ("items", _),
            ("minItems", _),
            ("uniqueItems", _), ("minimum", _), ("maximum", _), ("minLength", _), ("pattern", _):
            return true
        default:
            Issue.record("the schema's keyword \(keyword) is not understood here")
            return false
        }
    }

    private static func isOf(type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .text), ("boolean", .truth), ("number", .number): true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}
