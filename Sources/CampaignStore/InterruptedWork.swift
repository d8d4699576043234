package import CampaignCore

/// Why work that is done in many transactions has stopped after some of them.
package enum InterruptedWork: Error, Hashable, Sendable, CustomStringConvertible {
    /// The do-not-call list has the first of some numbers, and the others could not be entered.
    case blocking(entered: Int, of: Int, cause: StoreError)
    /// An import is there, and not everybody could be put back who is listed again.
    case listedAgain(cause: StoreError)
    /// The campaign is being cancelled, and the last calls of its run are not over.
    case beingCancelled(campaign: String)
    /// Somebody cancelled the campaign while its contacts were being put back, so the others stay.
    case cancelledMeanwhile(campaign: String)

    /// One sentence or two: what, where, what to do.
    package var description: String {
        switch self {
        case .blocking(let entered, let count, let cause):
            """
            \(cause) \(entered) of \(count.counted("number")) \(entered.noun("is", "are")) on the do-not-call list now; the \
            same command enters the rest.
            """
        case .listedAgain(let cause):
            """
            \(cause) The list was imported, and not all can be called yet who were excluded since no list had them: the \
            same import once more puts the others back.
            """
        case .beingCancelled(let campaign):
            """
            \(campaign) is being cancelled, and the last calls of its run are not over yet: nothing was changed; run the same \
            command again when they are.
            """
        case .cancelledMeanwhile(let campaign):
            """
            \(campaign) was cancelled while its contacts were being put back, so the others stay as they are: run the same \
            command again if they are to be called after all.
            """
        }
    }
}
