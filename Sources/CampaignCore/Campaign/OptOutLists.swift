/// A campaign's own words for opting out, beside those that are always known: `optOut: {words: […], buttons: […],
/// review: […]}`.
package struct OptOutLists: Hashable, Sendable {
    /// Words or phrases that are a whole reply and block the person at once.
    package var words: [String]
    /// Texts of buttons and list entries that block the person at once.
    package var buttons: [String]
    /// Words or phrases that hold the person until somebody decides.
    package var review: [String]

    /// Lists; by default, empty ones.
    package init(words: [String] = [], buttons: [String] = [], review: [String] = []) {
        self.words = words
        self.buttons = buttons
        self.review = review
    }
}
