import CampaignCore

/// What was left out at the top of a list, in words.
struct SkippedWords {
    private let file: String
    private let skipped: SkippedLines

    /// Nil when nothing was left out.
    init?(_ totals: ImportTotals) {
        guard let skipped = totals.skipped else { return nil }
        file = totals.file
        self.skipped = skipped
    }

    /// How much, and the first of it.
    var line: String {
        let count = skipped.count.counted("line")
        let more = skipped.count > skipped.first.count ? ", …" : ""
        let texts = skipped.first.map { "“\($0.text)”" }.joined(separator: ", ")
        return "\(file): \(count) left out at the top (--skip-lines): \(texts)\(more)"
    }

    /// Whoever may be lost with it is told of, quiet or not.
    func warn(on output: Output) {
        for line in skipped.firstContacts {
            output.warn(
                "\(file):\(line.number) was left out by --skip-lines and looks like a contact, who is not called: “\(line.text)”"
            )
        }
        let others = skipped.contacts - skipped.firstContacts.count
        if others > 0 {
            output.warn(
                "\(others.counted("more line")) \(others.noun("was", "were")) left out that \(others.noun("looks", "look")) like "
                    + "\(others.noun("a contact", "contacts")).")
        }
        if skipped.unread > 0 {
            output.warn(
                "\(skipped.unread.counted("line")) \(skipped.unread.noun("was", "were")) left out by --skip-lines without a look for contacts: a title is not that long."
            )
        }
        if skipped.mayLoseContacts {
            output.warn("leave out fewer lines and import the list again: a smaller --skip-lines.")
        }
    }
}
