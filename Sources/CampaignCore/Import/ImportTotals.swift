/// The number of rows of one list by their result: rows = accepted + duplicates + rejected + blank − extra.
package struct ImportTotals: Hashable, Sendable, Codable {
    /// The list's file.
    package var file: String
    /// Numbers that became contacts, including ``blocked`` and ``standingBack``.
    package var accepted = 0
    /// Numbers that occurred earlier in the same import.
    package var repeated = 0
    /// Numbers that the campaign already had.
    package var alreadyInCampaign = 0
    /// Numbers that another campaign called recently, left out because of `--skip-called`.
    package var calledRecently = 0
    /// Rejected rows, by reason code.
    package var reasons: [String: Int] = [:]
    /// Blank rows.
    package var blank = 0
    /// Numbers beyond the first in their row.
    package var extra = 0
    /// Contacts that are excluded immediately, because they are on the do-not-call list.
    package var blocked = 0
    /// Contacts that are excluded immediately, because another contact is called on their number.
    package var standingBack = 0
    /// When the same bytes were last imported into this campaign with the same options; nothing is read again then.
    package var unchangedSince: Timestamp?
    /// Whether those bytes had a usable row.
    package var wasUsable = true
    /// Contacts of an earlier version of the same file that are no longer in any list, by state, without those excluded
    /// before.
    package var notListed = StateCounts()
    /// Contacts that had been excluded because no list had them, and that this list contains: they wait again.
    package var listedAgain = 0
    /// Whether the waiting ones among ``notListed`` have been excluded.
    package var isReplaced = false

    /// Lines at the top that were skipped (`--skip-lines`).
    package var skipped: SkippedLines?

    /// What was found in the list; nil when it was not read again.
    package var findings: ListFindings?

    /// Rows after the header, including blank ones.
    package var rows: Int { accepted + duplicates + rejected + blank - extra }
    /// Whether any row could be used; a number that was already known counts as usable.
    package var hasUsableRows: Bool { unchangedSince == nil ? accepted + duplicates > 0 : wasUsable }
    package var duplicates: Int { repeated + alreadyInCampaign + calledRecently }
    package var rejected: Int { reasons.values.reduce(0, +) }

    /// The totals of a list before anything has been read.
    package init(file: String) {
        self.file = file
    }
}
