/// What the process that dials a campaign is said to be doing while it holds the database.
enum RunLabel {
    private static let end = "end of run "

    /// Its run goes on.
    static func running(_ campaign: String) -> String { "run \(campaign)" }

    /// Its run has ended, and it holds the database until these works of others are done, if there are any.
    static func ending(_ campaign: String, _ works: [String] = []) -> String {
        end + campaign + (works.isEmpty ? "" : ": " + works.joined(separator: ", "))
    }

    /// Whether it says that a run has ended, so that the database will be free without anybody's doing.
    static func isEnding(_ label: String?) -> Bool { label?.hasPrefix(end) ?? false }

    /// Whether it says that the run of this campaign has ended.
    static func isEnding(_ label: String?, of campaign: String) -> Bool {
        label == ending(campaign) || label?.hasPrefix(ending(campaign, [""])) ?? false
    }
}
