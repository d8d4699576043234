/// How a sentence tells times: as a terminal, a page, or a log does.
package struct TimeWords: Sendable {
    /// A moment.
    package var moment: @Sendable (Timestamp) -> Phrase
    /// A time that is left, which is the same in every language: `2h 10m`.
    package var left: @Sendable (Duration) -> String

    package init(
        moment: @escaping @Sendable (Timestamp) -> Phrase, left: @escaping @Sendable (Duration) -> String
    ) {
        (self.moment, self.left) = (moment, left)
    }
}
