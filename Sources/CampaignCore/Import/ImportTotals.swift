/// What became of the rows of one list: rows = accepted + duplicates + rejected + blank − extra.
package struct ImportTotals: Hashable, Sendable, Codable {
    /// The list's file.
    package var file: String
    /// Numbers that became contacts, those of ``blocked`` included.
    package var accepted = 0
    /// Numbers that stood in the same import before.
    package var repeated = 0
    /// Numbers that the campaign had before this import.
    package var alreadyInCampaign = 0
    /// Numbers that another campaign called recently, left out because of `--skip-called`.
    package var calledRecently = 0
    /// Rows that could not be taken, by the code of the reason.
    package var reasons: [String: Int] = [:]
    /// Rows with nothing in them.
    package var blank = 0
    /// Numbers beyond the first of their row.
    package var extra = 0
    /// Contacts that are excluded right away, because they are on the do-not-call list.
    package var blocked = 0
    /// When the very same bytes were taken into this campaign before, read in the same way; nothing was read again
    /// then.
    package var unchangedSince: Timestamp?
    /// Whether those bytes had a row that could be used.
    package var wasUsable = true
    /// Contacts of an earlier version of the same file that no list has any more, by state; none of them excluded
    /// before.
    package var notListed = StateCounts()
    /// Contacts that had been excluded since no list had them: this one has them, and they wait again.
    package var listedAgain = 0
    /// Whether those of ``notListed`` that waited are excluded now.
    package var isReplaced = false

    /// Lines at the top that were skipped (`--skip-lines`).
    package var skipped: SkippedLines?

    /// Rows after the header, blank ones included.
    package var rows: Int { accepted + duplicates + rejected + blank - extra }
    /// Whether any row could be used; a number that was known already is one.
    package var hasUsableRows: Bool { unchangedSince == nil ? accepted + duplicates > 0 : wasUsable }
    /// Numbers that were known already.
    package var duplicates: Int { repeated + alreadyInCampaign + calledRecently }
    /// Rows that could not be taken.
    package var rejected: Int { reasons.values.reduce(0, +) }

    /// The totals of a list of which nothing was read.
    package init(file: String) {
        self.file = file
    }
}
