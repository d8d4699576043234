import CampaignCore
import CampaignStore

/// Puts contacts back to be dialled.
struct Retrying: Work {
    var campaign: String
    var filter: ContactFilter

    var label: String { "retry \(campaign)" }
    var order: WorkOrder { .retry(self) }

    func perform(at bench: Workbench) async throws -> RetryTotals {
        try await bench.store.retry(campaign: campaign, where: filter)
    }
}
