/// A text of the summary for a terminal that no other report has.
package enum SummaryLine: Hashable, Sendable {
    /// What it means that calls were accepted, where no webhook tells more.
    case acceptedMeans
    /// How many asked not to be called.
    case optedOut
    /// The reasons, or errors, that are not listed.
    case forOthers(Int)
    case withOtherErrors(Int)
    /// A number for which that is so.
    case example(String)
    case callsPerHour
    case longest
    // What to do next.
    case next
    case mayHaveRung(Int)
    case failed(Int)
    case notFinished(Int)
    case paused(Int)
    case repliesWait(Int)
    case rowsRejected(Int)
}
