import Foundation

extension Scenario {
    /// Reads the scenario file at `path`. A key that is not known, a value of the wrong kind or a bad duration is an
    /// error that names the file and the key.
    package static func load(fileAt path: String) throws(ScenarioError) -> Scenario {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(file: path, reason: FileReason.of(error))
        }
        return try parse(bytes, file: path)
    }

    /// Reads a scenario from JSON text; `file` is only for the error messages.
    static func parse(_ bytes: Data, file: String) throws(ScenarioError) -> Scenario {
        do {
            return try JSONDecoder().decode(Scenario.self, from: bytes)
        } catch let error as DecodingError {
            throw explain(error, in: bytes, file: file)
        } catch {
            throw .wrong(file: file, key: "", reason: "\(error)")
        }
    }

    private static func explain(_ error: DecodingError, in bytes: Data, file: String) -> ScenarioError {
        switch error {
        case .dataCorrupted(let context):
            if context.codingPath.isEmpty {
                guard (try? JSONSerialization.jsonObject(with: bytes)) != nil else { return .notJSON(file: file) }
                // The decoder does not say where.
                return .wrong(file: file, key: "", reason: "a number is too large, or is not a whole number")
            }
            return .wrong(file: file, key: path(context.codingPath), reason: context.debugDescription)
        case .keyNotFound(let key, let context):
            return .wrong(file: file, key: path(context.codingPath + [key]), reason: "the key is missing")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            return .wrong(file: file, key: path(context.codingPath), reason: "the value must be \(name(of: type))")
        @unknown default:
            return .wrong(file: file, key: "", reason: "\(error)")
        }
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is UInt64.Type, is Int.Type, is Int64.Type: "a whole number from 0"
        case is Double.Type: "a number"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}

/// Why a scenario file cannot be used.
package enum ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(file: String, reason: String)
    /// The file is not JSON.
    case notJSON(file: String)
    /// The value at `key` (a path such as `disconnections[0].for`) is wrong or the key is unknown.
    case wrong(file: String, key: String, reason: String)

    /// What is wrong, where, and what would be right.
    package var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "The scenario '\(file)' cannot be read: \(reason). Check the name and its permissions."
        case .notJSON(let file):
            "The scenario '\(file)' is not JSON. Check its quotation marks, commas and brackets."
        case .wrong(let file, let key, let reason):
            key.isEmpty ? "The scenario '\(file)': \(reason)." : "The scenario '\(file)', key '\(key)': \(reason)."
        }
    }
}
