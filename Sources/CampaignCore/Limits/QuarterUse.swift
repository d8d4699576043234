/// How much an instance was used in a quarter of an hour, by whichever campaign. No time zone's days begin inside one.
package struct QuarterUse: Hashable, Sendable {
    /// The length of a quarter, in milliseconds.
    package static let milliseconds: Int64 = 900_000

    /// Its number: quarters since 1970-01-01T00:00:00Z.
    package var quarter: Int64
    /// Calls that were begun in it, less those of which it is known that they reached nobody.
    package var calls: Int
    /// Of these, those to people whom the instance had never called.
    package var newRecipients: Int

    /// A quarter's use.
    package init(quarter: Int64, calls: Int, newRecipients: Int = 0) {
        self.quarter = quarter
        self.calls = calls
        self.newRecipients = newRecipients
    }

    /// The quarter that a moment lies in.
    package static func quarter(of moment: Timestamp) -> Int64 {
        moment.milliseconds.floored(by: milliseconds)
    }

    /// When it began.
    package var beginning: Timestamp { Timestamp(milliseconds: quarter * Self.milliseconds) }
}
