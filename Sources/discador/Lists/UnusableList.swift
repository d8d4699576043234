import CampaignCore

/// A list of which not one row could be used: a mistake, whatever else was done.
struct UnusableList {
    /// How the operator called it.
    let file: String
    /// Rows that could not be taken, by the code of the reason.
    var reasons: [String: Int] = [:]
    /// Whether it has rows with nothing in them.
    var hasBlankRows = false
    /// Whether it is the very same file as one that was of no use before.
    private var isKnown = false

    init(file: String) {
        self.file = file
    }

    /// Nil when anything of the list could be used.
    init?(_ totals: ImportTotals) {
        guard !totals.hasUsableRows else { return nil }
        file = totals.file
        reasons = totals.reasons
        hasBlankRows = totals.blank > 0
        isKnown = totals.unchangedSince != nil
    }

    /// Why, with the reasons counted, and what to do.
    var message: String {
        let counted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" }
        let found = isKnown ? "nor when it was imported before" : hasBlankRows ? "all are blank" : "it has none"
        return
            "Not one row of \(file) could be used (\(counted.isEmpty ? found : counted.joined(separator: ", "))); say which "
            + "column has the phones with --columns phone=<column>, or leave out a title above the header with --skip-lines."
    }
}
