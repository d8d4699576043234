/// Why a number of a list became no contact of its own. The words are a contract: they stand in the database and in reports.
package enum DuplicateReason: String, CaseIterable, Sendable {
    /// It stood in the same import before.
    case repeated
    /// The campaign had it before the import.
    case alreadyInCampaign = "already_in_campaign"
    /// Another campaign called it not long ago, and such numbers were to be left out.
    case calledRecently = "called_recently"
}
