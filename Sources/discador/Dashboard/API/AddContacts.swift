import CampaignCore
import CampaignStore

/// Adds contacts that a program has sent: an import like any other, without a file of rejected rows, and with the result
/// of each row.
struct AddContacts: CampaignOperation {
    static let name = "import"
    static let hasPersonalErrors = true

    let imports: ImportLists
    /// The list's name, which no other list has.
    let list: String

    var campaign: String { imports.campaign }
    var logged: ActionDetail { imports.logged }

    struct Outcome: Codable, Sendable {
        var totals: [ImportTotals]
        var fates: [RowFate]
    }

    func counts(of outcome: Outcome) -> [String: Int] {
        var counts = ["contacts": 0, "rejected": 0, "duplicates": 0]
        for list in outcome.totals {
            counts["contacts", default: 0] += list.accepted
            counts["rejected", default: 0] += list.rejected
            counts["duplicates", default: 0] += list.duplicates
        }
        return counts
    }

    func perform(in context: OperationContext) async throws -> Outcome {
        let newest = try context.store.reader().newestContact()
        let totals = try await imports.importContacts(
            into: context.store, now: SystemEnvironment.now(), isDuringRun: context.dialing != nil)
        return Outcome(
            totals: totals, fates: try context.store.reader().rowFates(campaign: campaign, file: list, after: newest))
    }
}
