/// What became of the rows of one list: rows = accepted + duplicates + rejected + blank − extra.
public struct ImportTotals: Hashable, Sendable, Codable {
    /// The list's file.
    public var file: String
    /// Numbers that became contacts, those of ``blocked`` included.
    public var accepted = 0
    /// Numbers that stood in the same import before.
    public var repeated = 0
    /// Numbers that the campaign had before this import.
    public var alreadyInCampaign = 0
    /// Numbers that another campaign called not long ago, and that were to be left out for that.
    public var calledRecently = 0
    /// Rows that could not be taken, by the code of the reason.
    public var reasons: [String: Int] = [:]
    /// Rows with nothing in them.
    public var blank = 0
    /// Numbers beyond the first of their row.
    public var extra = 0
    /// Contacts that are excluded at once, because they asked not to be called.
    public var blocked = 0
    /// When the very same bytes were taken into this campaign before, read in the same way; nothing was read again then.
    public var unchangedSince: Timestamp?
    /// Whether those bytes had a row that could be used.
    public var wasUsable = true
    /// Contacts of an earlier version of the same file that no list has any more, by state; none of them excluded before.
    public var notListed = StateCounts()
    /// Contacts that had been excluded since no list had them: this one has them, and they wait again.
    public var listedAgain = 0
    /// Whether those of ``notListed`` that waited are excluded now.
    public var isReplaced = false

    /// Lines at the top that were left out because somebody said so.
    public var skipped: SkippedLines?

    /// Rows after the header, blank ones included.
    public var rows: Int { accepted + duplicates + rejected + blank - extra }
    /// Whether any row could be used; a number that was known already is one.
    public var hasUsableRows: Bool { unchangedSince == nil ? accepted + duplicates > 0 : wasUsable }
    /// Numbers that were known already.
    public var duplicates: Int { repeated + alreadyInCampaign + calledRecently }
    /// Rows that could not be taken.
    public var rejected: Int { reasons.values.reduce(0, +) }

    /// The totals of a list of which nothing was read.
    public init(file: String) {
        self.file = file
    }
}
