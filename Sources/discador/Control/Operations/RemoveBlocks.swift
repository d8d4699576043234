import CampaignCore
import CampaignStore

/// Takes numbers off the do-not-call list.
struct RemoveBlocks: StoreOperation {
    var numbers: [PhoneNumber]
    /// Whether contacts that were excluded for it may be called again.
    var requeues: Bool

    var label: String { "block remove" }
    var request: ControlRequest { .removeBlocks(self) }

    func perform(at context: OperationContext) async throws -> UnblockTotals {
        try await context.store.unblock(numbers, requeues: requeues)
    }
}
