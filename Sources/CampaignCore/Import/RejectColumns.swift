/// The columns that an export of rejected rows has behind the list's own. When such a file, corrected, is imported again,
/// they are not kept with the contact.
public enum RejectColumns {
    /// The list that the row stood in.
    public static let file = "rejectedFile"
    /// The line of that list.
    public static let line = "rejectedLine"
    /// The stable code of the reason.
    public static let reason = "rejectedReason"
    /// One sentence with the remedy.
    public static let suggestion = "rejectedSuggestion"

    /// All of them, in the order in which they are written.
    public static let names = [file, line, reason, suggestion]
}
