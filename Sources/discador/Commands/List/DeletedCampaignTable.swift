import CampaignCore
import CampaignStore

/// What is kept of deleted campaigns, in a line each.
struct DeletedCampaignTable {
    let campaigns: [DeletedTotals]
    var clock = LocalClock.machine

    /// The whole table, and below it which zone its times are of.
    ///
    /// - Parameter width: of the terminal; nil when there is none.
    func lines(_ language: Language, width: Int?) -> [String] {
        let rows = campaigns.map { row($0, language) }
        let table = TextTable(columns(language), sample: rows, width: width)
        return [table.header] + rows.map(table.line) + [clock.name[language]]
    }

    private func columns(_ language: Language) -> [TextTable.Column] {
        let moments = [language.text("imported", "importada"), language.text("deleted", "apagada")]
        let numbers = [
            language.text("contacts", "contatos"), language.text("calls", "ligações"),
            language.text("accepted", "aceitas"), language.text("failed", "falharam"),
            language.text("in doubt", "em dúvida"), language.text("excluded", "excluídas"),
        ]
        return moments.map { TextTable.Column($0, isWhole: true) }
            + numbers.map { TextTable.Column($0, isRight: true, isOptional: true) }
    }

    private func row(_ campaign: DeletedTotals, _ language: Language) -> [String] {
        let moments = [campaign.createdAt, campaign.deletedAt].map { clock.text($0, withSeconds: false)[language] }
        let counts = campaign.counts
        let numbers = [
            counts.total, campaign.calls, counts.accepted, counts.failed, counts.inDoubt, counts.excluded,
        ]
        return moments + numbers.map(String.init)
    }
}

/// The same, for machines.
struct DeletedCampaignsDocument: Encodable {
    private struct Campaign: Encodable {
        var importedAt, deletedAt: String
        var contacts, calls: Int
        var counts: StateCounts
    }

    private var deleted: [Campaign]

    init(_ campaigns: [DeletedTotals]) {
        deleted = campaigns.map {
            Campaign(
                importedAt: $0.createdAt.json(), deletedAt: $0.deletedAt.json(), contacts: $0.counts.total,
                calls: $0.calls, counts: $0.counts)
        }
    }
}
