package import CampaignCore

/// Why an operation with many transactions stopped after some of them.
package enum InterruptedOperation: Error, Hashable, Sendable, Explained {
    /// Some of the numbers are on the do-not-call list; the rest could not be added.
    case blocking(entered: Int, of: Int, cause: StoreError)
    /// An import is complete, but not every contact that is listed again could be requeued.
    case listedAgain(cause: StoreError)
    /// The campaign is being cancelled, and the last calls of its run have not ended.
    case beingCancelled(campaign: String)
    /// The campaign was cancelled while its contacts were being requeued, so the rest stay.
    case cancelledMeanwhile(campaign: String)

    /// The same in every language.
    package var phrase: Phrase { Phrase(verbatim: description) }

    /// One sentence or two: what, where, what to do.
    package var description: String {
        switch self {
        case .blocking(let entered, let count, let cause):
            """
            \(cause) \(entered) of \(count.counted("number")) \(entered.noun("is", "are")) on the do-not-call list now; run \
            the same command again to add the rest.
            """
        case .listedAgain(let cause):
            """
            \(cause) The list was imported, but some contacts that were excluded because no list had them cannot be called yet: \
            run the same import again to requeue them.
            """
        case .beingCancelled(let campaign):
            """
            \(campaign) is being cancelled, and the last calls of its run have not ended yet. Nothing was changed: run the same \
            command again when they have ended.
            """
        case .cancelledMeanwhile(let campaign):
            """
            \(campaign) was cancelled while its contacts were being requeued, so the rest were left unchanged: run the same \
            command again if they should still be called.
            """
        }
    }
}
