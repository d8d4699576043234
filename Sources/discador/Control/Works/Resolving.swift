import CampaignCore
import CampaignStore

/// Settles doubts as a person says.
struct Resolving: Work {
    var campaign: String
    var doubts: DoubtChoice
    var settlement: CampaignStore.Settlement

    var label: String { "resolve \(campaign)" }
    var order: WorkOrder { .resolve(self) }

    func perform(at bench: Workbench) async throws -> SettledDoubts {
        try await bench.store.settle(campaign: campaign, doubts, as: settlement)
    }
}
