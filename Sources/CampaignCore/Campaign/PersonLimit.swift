/// How often one person may be called, over all campaigns of the database: `perPerson: {calls: 2, per: 7d,
/// unansweredInARow: 3}`. At least one of the two limits is set.
package struct PersonLimit: Hashable, Sendable {
    /// So many calls in any period of that length.
    package struct Quota: Hashable, Sendable {
        /// Calls in any `per`, 1…100.
        package var calls: Int
        /// The length of the period, 1 min…30 days.
        package var per: Duration

        /// `calls` in any `per`.
        package init(calls: Int, per: Duration) {
            self.calls = calls
            self.per = per
        }
    }

    /// Whoever has been called that often waits; nil means no such limit.
    package var quota: Quota?
    /// Whoever has not answered so many calls in a row, 1…100, is called no more (`unanswered`); nil means no such
    /// limit.
    package var unansweredInARow: Int?

    /// The limits that are set.
    package init(quota: Quota? = nil, unansweredInARow: Int? = nil) {
        self.quota = quota
        self.unansweredInARow = unansweredInARow
    }
}
