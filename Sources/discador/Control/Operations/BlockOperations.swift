import CampaignCore
import CampaignStore

/// Puts numbers on the do-not-call list.
struct AddBlocks: StoreOperation {
    var numbers: [PhoneNumber]
    var reason: String

    var label: String { "block add" }
    var request: ControlRequest { .addBlocks(self) }

    func perform(at context: OperationContext) async throws -> BlockTotals {
        try await context.store.block(now: SystemEnvironment.now()) { writer in
            for number in numbers { try writer.add(number, reason: reason) }
        }
    }
}
