/// A sheet of a workbook, by its tab.
package struct Sheet: Hashable, Sendable {
    /// Whether a person sees the tab.
    package enum Visibility: Hashable, Sendable {
        /// As usual.
        case visible
        /// Hidden, and shown again by "Unhide".
        case hidden
        /// Hidden by a program, and not offered by "Unhide".
        case veryHidden
    }

    /// The name on the tab.
    package let name: String
    /// Whether a person sees the tab.
    package let visibility: Visibility
    /// Whether it has rows and cells. Charts, dialogs and macro sheets have none.
    package let hasRows: Bool
    /// The part that holds it.
    let part: String
}
