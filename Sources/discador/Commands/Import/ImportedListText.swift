import CampaignCore

/// The outcome of the import of one list, as JSON.
struct ImportedListDocument: Encodable {
    var file: String
    /// Rows that became contacts are `added`; `accepted` is the same number, under its older name.
    var rows, added, accepted, blocked, duplicates, repeated, alreadyInCampaign, calledRecently, rejected, blank,
        extra: Int
    var reasons: [String: Int]
    var unchangedSince: String?
    /// Contacts of earlier versions of the list that are no longer in any list, by state.
    var notListed: StateCounts
    var listedAgain: Int
    var isReplaced: Bool
    /// Lines at the top that were skipped; nil when none were.
    var skipped: SkippedLines?
    /// Columns, kinds of numbers and first rejects; nil for a list that was not read again.
    var phoneColumns: [PhoneColumn]?
    /// Hidden rows of a sheet that were left out; nil for a CSV file.
    var hiddenRows: Int?
    var mobile, fixed, unknownKind, further: Int?
    var rejectsShown: [ListFindings.Reject]?
    var sheet, likelierEncoding: String?

    struct PhoneColumn: Encodable {
        var name: String
        var number, mobile, fixed, unknownKind, unusable: Int
    }

    init(_ totals: ImportTotals) {
        file = totals.file
        rows = totals.rows
        added = totals.accepted
        accepted = totals.accepted
        blocked = totals.blocked
        duplicates = totals.duplicates
        repeated = totals.repeated
        alreadyInCampaign = totals.alreadyInCampaign
        calledRecently = totals.calledRecently
        rejected = totals.rejected
        blank = totals.blank
        extra = totals.extra
        reasons = totals.reasons
        unchangedSince = totals.unchangedSince.map { $0.json() }
        notListed = totals.notListed
        listedAgain = totals.listedAgain
        isReplaced = totals.isReplaced
        skipped = totals.skipped
        guard let findings = totals.findings else { return }
        phoneColumns = findings.phones.columns.map {
            PhoneColumn(
                name: $0.name, number: $0.number, mobile: $0.kinds.mobile, fixed: $0.kinds.fixed,
                unknownKind: $0.kinds.unknown, unusable: $0.unusable)
        }
        mobile = findings.phones.kinds.mobile
        fixed = findings.phones.kinds.fixed
        unknownKind = findings.phones.kinds.unknown
        further = findings.phones.further
        rejectsShown = findings.rejects
        sheet = findings.sheet
        hiddenRows = findings.sheet == nil ? nil : findings.hiddenRows
        likelierEncoding = findings.likelierEncoding?.name
    }
}

/// The outcome of the import of one list, in words.
struct ImportedListText {
    private let totals: ImportTotals

    init(_ totals: ImportTotals) {
        self.totals = totals
    }

    var lines: [String] {
        if let since = totals.unchangedSince {
            return ["\(totals.file): the same file was imported at \(TimeText.iso(since)): nothing has changed"]
                + versionLines
        }
        let skipped = SkippedLinesText(totals)?.line
        let head =
            "\(totals.file): \(totals.rows.counted("row")): \(totals.accepted) added, "
            + "\(totals.duplicates.counted("duplicate")), \(totals.rejected) rejected, \(totals.blank) blank"
        let details: [(Int, String)] =
            [
                (totals.blocked, "added and excluded: do_not_call"),
                (totals.standingBack, "added and excluded: same_whatsapp, another contact is called on the number"),
                (totals.repeated, "duplicate: already in this list"),
                (totals.alreadyInCampaign, "duplicate: already in the campaign"),
                (totals.calledRecently, "duplicate: called recently by another campaign"),
                (totals.extra, "additional: second numbers in a cell"),
            ]
            + totals.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ($0.value, "rejected: \($0.key)")
            }
        let findings = totals.findings.map { ListFindingsText($0, file: totals.file, rejected: totals.rejected) }
        return [skipped, head].compactMap(\.self) + (findings?.phoneLines ?? []) + Self.lines(details)
            + (findings?.rejectLines ?? []) + versionLines
    }

    /// The contacts that only an earlier version of the file had.
    private var versionLines: [String] {
        let gone = totals.notListed
        let excluded = totals.isReplaced ? "now excluded: not_listed" : "and would still be called"
        return Self.lines([
            (gone.ready, "no longer in the list, \(excluded)"),
            (gone.dialing, "no longer in the list, under way or interrupted"),
            (gone.accepted, "no longer in the list, accepted already"),
            (gone.failed, "no longer in the list, failed already"),
            (gone.inDoubt, "no longer in the list, in doubt"),
            (totals.listedAgain, "in the list again, no longer excluded as not_listed"),
        ])
    }

    private static func lines(_ details: [(Int, String)]) -> [String] {
        details.filter { $0.0 > 0 }.map { "  \($0.0) × \($0.1)" }
    }
}

/// The lines that were skipped at the top of a list, in words.
struct SkippedLinesText {
    private let file: String
    private let skipped: SkippedLines
    private let isSheet: Bool

    /// Nil when none were skipped.
    init?(_ totals: ImportTotals) {
        guard let skipped = totals.skipped else { return nil }
        file = totals.file
        self.skipped = skipped
        isSheet = totals.findings?.sheet != nil
    }

    /// How many, and the first of them.
    var line: String {
        let count = skipped.count.counted(isSheet ? "row" : "line")
        let more = skipped.count > skipped.first.count ? ", …" : ""
        let texts = skipped.first.map { "“\($0.text)”" }.joined(separator: ", ")
        return "\(file): \(count) skipped at the top (--skip-lines): \(texts)\(more)"
    }

    /// Warns about contacts that may be among them, even with --quiet.
    func warn(on output: Output) {
        for line in skipped.firstContacts {
            output.warn(
                "\(file):\(line.number) was skipped by --skip-lines and looks like a contact, who will "
                    + "not be called: “\(line.text)”"
            )
        }
        let others = skipped.contacts - skipped.firstContacts.count
        if others > 0 {
            output.warn(
                "\(others.counted("more skipped line")) \(others.noun("looks like a contact", "look like contacts")).")
        }
        if skipped.unread > 0 {
            output.warn(
                "\(skipped.unread.counted("line")) \(skipped.unread.noun("was", "were")) "
                    + "skipped by --skip-lines without a check for contacts: no title is that long."
            )
        }
        if skipped.mayLoseContacts {
            output.warn("skip fewer lines and import the list again: give a smaller --skip-lines.")
        }
    }
}
