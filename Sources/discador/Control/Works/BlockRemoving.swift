import CampaignCore
import CampaignStore

/// Takes numbers off the do-not-call list.
struct BlockRemoving: Work {
    var numbers: [PhoneNumber]
    /// Whether contacts that were excluded for it may be called again.
    var putsBack: Bool

    var label: String { "block remove" }
    var order: WorkOrder { .removeBlocks(self) }

    func perform(at bench: Workbench) async throws -> UnblockTotals {
        try await bench.store.unblock(numbers, putsBack: putsBack)
    }
}
