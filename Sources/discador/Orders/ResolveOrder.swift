import CampaignCore
import CampaignStore

/// The work of `resolve`, for whoever writes to the database.
struct ResolveOrder: Codable, Sendable {
    var campaign: String
    var doubts: DoubtChoice
    var settlement: CampaignStore.Settlement

    /// Settles the doubts.
    func perform(on store: CampaignStore) async throws(QueueError) -> SettledDoubts {
        try await store.settle(campaign: campaign, doubts, as: settlement)
    }
}
