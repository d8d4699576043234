import CampaignCore
import CampaignStore
import Synchronization

/// Adds numbers to the do-not-call list.
struct AddBlocks: StoreOperation {
    static let name = "block add"
    static let goesAheadUnlogged = true

    var numbers: [PhoneNumber]
    var reason: String

    /// The reason may be about the person.
    var logged: ActionDetail { ActionDetail(phones: numbers) }

    func counts(of totals: BlockTotals) -> [String: Int] { totals.logged }

    func perform(in context: OperationContext) async throws -> BlockTotals {
        let totals = try await context.store.block(now: SystemEnvironment.now()) { writer in
            for number in numbers { try writer.add(number, reason: reason) }
        }
        try context.holdBackBlocked()
        return totals
    }
}

/// Removes numbers from the do-not-call list.
struct RemoveBlocks: StoreOperation {
    static let name = "block remove"

    var numbers: [PhoneNumber]
    /// Whether contacts that were excluded because of them may be called again.
    var requeues: Bool
    /// What spoke against it when it was decided; a number against which more speaks by now stays on the list.
    var known: RemovalObjections

    var logged: ActionDetail { ActionDetail(phones: numbers) }

    func counts(of totals: UnblockTotals) -> [String: Int] {
        let kept: [String: Int] = totals.kept.isEmpty ? [:] : ["kept": totals.kept.count]
        return ["removed": totals.removed.count, "requeued": totals.requeued].merging(kept) { $1 }
    }

    func perform(in context: OperationContext) async throws -> UnblockTotals {
        try await context.store.unblock(numbers, requeues: requeues, knowing: known)
    }
}

/// Adds the numbers of lists to the do-not-call list.
struct ImportBlocks: StoreOperation {
    struct Outcome: Codable, Sendable {
        var totals: BlockTotals
        /// How many rows had no number.
        var rejected: Int
        /// The first of those rows.
        var badRows: [BadRow]
        /// Why lists could not be used at all, one sentence each.
        var unusable: [Phrase]
    }

    static let name = "block import"
    static let goesAheadUnlogged = true
    static let hasPersonalErrors = true

    /// How many bad rows are kept for the message. People must be able to find the rows from it alone: no file of
    /// rejected rows is written here.
    private static let rowsKept = 100
    /// Usual names of the column with the reason.
    private static let reasonNames: Set = ["motivo", "reason", "razao", "razão", "razon", "razón"]

    var lists: [ListFile]
    var reading: ListReader.Options
    /// For rows without their own reason.
    var reason: String

    func counts(of outcome: Outcome) -> [String: Int] {
        outcome.totals.logged.merging(["lists": lists.count, "rejected": outcome.rejected]) { $1 }
    }

    func perform(in context: OperationContext) async throws -> Outcome {
        let bad = BadRowCount(kept: Self.rowsKept)
        let unusable = Mutex<[Phrase]>([])
        let totals = try await context.store.block(now: SystemEnvironment.now()) { writer in
            for list in lists {
                let problem = try NumberList(file: list, reading: reading).forEachNumber(bad) { contact, columns in
                    try writer.add(contact.phone, reason: reason(of: contact, columns))
                }
                if let problem { unusable.withLock { $0.append(problem.message) } }
            }
        }
        try context.holdBackBlocked()
        return Outcome(
            totals: totals, rejected: bad.count, badRows: bad.first, unusable: unusable.withLock { $0 })
    }

    private func reason(of contact: ListContact, _ columns: [String]) -> String {
        guard let place = columns.firstIndex(where: { Self.reasonNames.contains($0.lowercased()) }),
            place < contact.cells.count
        else { return reason }
        let own = contact.cells.string(at: place)
        return own.isEmpty ? reason : own
    }

    func forwarded(_ attachments: inout RequestAttachments) throws -> Self {
        var operation = self
        operation.lists = try lists.map { try $0.forwarded(&attachments) }
        return operation
    }
}

extension BlockTotals {
    fileprivate var logged: [String: Int] { ["added": added, "known": known, "excluded": excluded] }
}

extension OperationContext {
    /// Holds back the calls that were claimed before their numbers were blocked and are not sent yet.
    fileprivate func holdBackBlocked() throws {
        guard let dialing else { return }
        dialing.holdBack(try store.reader().blockedWhileDialing())
    }
}
