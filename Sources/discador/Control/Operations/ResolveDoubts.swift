import CampaignCore
import CampaignStore

/// Resolves doubts as a person says.
struct ResolveDoubts: StoreOperation {
    var campaign: String
    var doubts: DoubtChoice
    var resolution: CampaignStore.Resolution

    var label: String { "resolve \(campaign)" }
    var request: ControlRequest { .resolve(self) }

    func perform(at context: OperationContext) async throws -> ResolvedDoubts {
        try await context.store.resolve(campaign: campaign, doubts, as: resolution)
    }
}
