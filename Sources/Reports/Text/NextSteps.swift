import CampaignCore

/// What a person may want to do about a campaign as it stands, most pressing first.
struct NextSteps {
    private let summary: CampaignSummary

    init(_ summary: CampaignSummary) {
        self.summary = summary
    }

    /// Each command, ready to be pasted into a shell, and what there is for it to do.
    var commands: [(command: String, effect: String)] {
        let name = Self.quoted(summary.campaign)
        let open = summary.counts.ready + summary.counts.dialing
        let steps = [
            (summary.counts.inDoubt, "doubts \(name)", "phone", "phones", "may have rung"),
            (open, "run \(name)", "contact is", "contacts are", "not finished"),
            (
                summary.rejectedRows, "report \(name) --format csv --rows rejects", "row was", "rows were",
                "rejected at import"
            ),
        ]
        return steps.filter { $0.0 > 0 }.map { count, verb, one, many, rest in
            ("discador " + verb, Figures.counted(count, one, many) + " " + rest)
        }
    }

    /// `name` as one word of a POSIX shell (IEEE Std 1003.1, Shell Command Language, 2.2.2).
    static func quoted(_ name: String) -> String {
        guard name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber || "-_./".contains($0) }) else {
            return name
        }
        return "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
