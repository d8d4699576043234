import CampaignCore
import CampaignStore
import Synchronization

/// Puts the numbers of lists on the do-not-call list.
struct ImportBlocks: StoreOperation {
    /// What comes of it.
    struct Outcome: Codable, Sendable {
        var totals: BlockTotals
        /// Rows that hold no number.
        var rejected: Int
        /// The first of those.
        var badRows: [BadRow]
        /// Why a list was of no use at all, a sentence each.
        var unusable: [String]
    }

    /// Whoever reads the message must be able to find the rows; a list of another kind has nothing else.
    private static let rowsKept = 100

    var lists: [ListFile]
    var reading: ListReading
    /// For rows without a reason of their own.
    var reason: String

    var label: String { "block import" }
    var request: ControlRequest { .takeBlockLists(self) }

    func perform(at context: OperationContext) async throws -> Outcome {
        let reader = BlockListReader(reading: reading, reason: reason)
        let bad = BadRowCount(kept: Self.rowsKept)
        let unusable = Mutex<[String]>([])
        let totals = try await context.store.block(now: SystemEnvironment.now()) { writer in
            for list in lists {
                guard let message = try reader.read(list, into: writer, bad)?.message else { continue }
                unusable.withLock { $0.append(message) }
            }
        }
        return Outcome(
            totals: totals, rejected: bad.count, badRows: bad.first, unusable: unusable.withLock { $0 })
    }

    func addressed(_ attachments: inout RequestAttachments) throws -> Self {
        var work = self
        work.lists = try lists.map { try $0.addressed(&attachments) }
        return work
    }
}
