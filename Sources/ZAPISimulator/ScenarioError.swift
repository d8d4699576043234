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
        case .unreadable(let file, let reason): "The scenario '\(file)' cannot be read: \(reason)"
        case .notJSON(let file):
            "The scenario '\(file)' is not JSON. Check its quotation marks, commas and brackets."
        case .wrong(let file, let key, let reason):
            key.isEmpty ? "The scenario '\(file)': \(reason)." : "The scenario '\(file)', key '\(key)': \(reason)."
        }
    }
}
