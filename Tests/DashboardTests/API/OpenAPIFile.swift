import Foundation
import TestJSON

@testable import Dashboard

/// `openapi.json`, as the service has it.
struct OpenAPIFile {
    struct Operation {
        /// As in `GET /campaigns/{campaign}`.
        var name: String
        var document: JSONValue
    }

    let document: JSONValue

    init() throws {
        document = try JSONValue(String(decoding: PackageResources.openapi_json, as: UTF8.self))
    }

    var operations: [Operation] {
        (document["paths"]?.members ?? [:]).flatMap { path, methods in
            methods.members.map { Operation(name: "\($0.key.uppercased()) \(path)", document: $0.value) }
        }.sorted { $0.name < $1.name }
    }

    /// What a reference in the file stands for.
    func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        return reference.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }

    /// The names of an operation's parameters that stand in `place`, such as `query`.
    func parameters(of operation: Operation, in place: String) -> Set<String> {
        let parameters = (operation.document["parameters"]?.items ?? []).map(resolved)
        return Set(parameters.filter { $0["in"]?.text == place }.compactMap { $0["name"]?.text })
    }

    /// Where a value does not fit a schema, of what the file uses of JSON Schema; empty when it fits.
    func faults(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        let schema = resolved(schema)
        if let choices = schema["anyOf"]?.items {
            return choices.contains { self.faults(value, $0).isEmpty } ? [] : ["\(place): none of the choices"]
        }
        let types = schema["type"].map { $0.text.map { [$0] } ?? $0.items.compactMap(\.text) } ?? []
        guard types.isEmpty || types.contains(where: { isOne(value, of: $0) }) else {
            return ["\(place): not \(types.joined(separator: " or "))"]
        }
        var faults: [String] = []
        if let words = schema["enum"]?.items, !words.contains(value) { faults.append("\(place): not one of the words") }
        for key in schema["required"]?.items.compactMap(\.text) ?? []
        where !value.members.isEmpty || value == .object([:]) {
            if value[key] == nil { faults.append("\(place): no \(key)") }
        }
        for (key, member) in value.members {
            let own = schema["properties"]?[key] ?? schema["additionalProperties"]
            if own == false { faults.append("\(place): unknown \(key)") }
            if let own, case .object = own { faults += self.faults(member, own, at: "\(place)/\(key)") }
        }
        for (index, item) in value.items.enumerated() {
            if let own = schema["items"] { faults += self.faults(item, own, at: "\(place)/\(index)") }
        }
        return faults
    }

    private func isOne(_ value: JSONValue, of type: String) -> Bool {
        switch (value, type) {
        case (.object, "object"), (.array, "array"), (.text, "string"), (.truth, "boolean"), (.null, "null"),
            (.number, "number"):
            true
        case (.number(let number), "integer"): number == number.rounded()
        default: false
        }
    }
}
