/// What the process that dials a campaign is said to be doing while it holds the database.
enum RunLabel {
    private static let end = "end of run "
    private static let works = ": "

    /// Its run goes on.
    static func running(_ campaign: String) -> String { "run \(campaign)" }

    /// Its run has ended, and it holds the database until these works of others are done, if there are any.
    static func ending(_ campaign: String, _ works: [String] = []) -> String {
        end + campaign + (works.isEmpty ? "" : Self.works + works.joined(separator: ", "))
    }

    /// Whether it says that a run has ended, so that the database will be free without anybody's doing.
    static func isEnding(_ label: String?) -> Bool { label?.hasPrefix(end) ?? false }

    /// Whether it says that the run of this campaign has ended.
    static func isEnding(_ label: String?, of campaign: String) -> Bool {
        label == ending(campaign) || isWaiting(label, of: campaign)
    }

    /// Whether it says, too, that there are works of others to be done.
    static func isWaiting(_ label: String?, of campaign: String) -> Bool {
        label?.hasPrefix(ending(campaign) + works) ?? false
    }
}
