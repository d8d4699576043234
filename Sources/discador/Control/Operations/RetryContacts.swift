import CampaignCore
import CampaignStore

/// Puts contacts back to be dialed.
struct RetryContacts: StoreOperation {
    var campaign: String
    var filter: ContactFilter

    var label: String { "retry \(campaign)" }
    var request: ControlRequest { .retry(self) }

    func perform(at context: OperationContext) async throws -> RetryTotals {
        try await context.store.retry(campaign: campaign, where: filter)
    }
}
