import CampaignCore
import CampaignStore

/// The work of `retry`, for whoever writes to the database.
struct RetryOrder: Codable, Sendable {
    var campaign: String
    var filter: ContactFilter

    /// Puts the contacts back.
    func perform(on store: CampaignStore) async throws(QueueError) -> RetryTotals {
        try await store.retry(campaign: campaign, where: filter)
    }
}
