/// The labels under which a process that dials campaigns holds the database.
enum RunLabel {
    /// A service's.
    static let service = "serve"

    private static let end = "end of "
    private static let operations = ": "

    /// While a command dials these campaigns.
    static func running(_ campaigns: [String]) -> String { (["run"] + campaigns).joined(separator: " ") }

    /// After the end of what the label said, while requests of other commands, if any, are still carried out.
    static func ending(_ label: String, _ operations: [String] = []) -> String {
        end + label + (operations.isEmpty ? "" : Self.operations + operations.joined(separator: ", "))
    }

    /// Whether the label says that campaigns are dialed.
    static func isDialing(_ label: String?) -> Bool {
        ["run", service].contains { $0 == label || label?.hasPrefix($0 + " ") ?? false }
    }

    /// Whether the label is a service's.
    static func isService(_ label: String?) -> Bool { label == service }

    /// Whether the label says that the dialing has ended, so that the database will soon be free.
    static func isEnding(_ label: String?) -> Bool { label?.hasPrefix(end) ?? false }

    /// Whether the label says that a run of this campaign has ended.
    static func isEnding(_ label: String?, of campaign: String) -> Bool {
        guard let label, isEnding(label) else { return false }
        let ended = label.dropFirst(end.count).prefix { $0 != ":" }
        return ended.split(separator: " ").dropFirst().contains { $0 == campaign }
    }

    /// Whether the label says, in addition, that requests of other commands are still carried out.
    static func isWaiting(_ label: String?, of campaign: String) -> Bool {
        isEnding(label, of: campaign) && label?.contains(operations) ?? false
    }
}
