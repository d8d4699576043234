import CampaignCore
import CampaignStore

/// Puts numbers on the do-not-call list.
struct BlockAdding: Work {
    var numbers: [PhoneNumber]
    var reason: String

    var label: String { "block add" }
    var order: WorkOrder { .addBlocks(self) }

    func perform(at bench: Workbench) async throws -> BlockTotals {
        try await bench.store.block(now: Surroundings.now()) { writer in
            for number in numbers { try writer.add(number, reason: reason) }
        }
    }
}
