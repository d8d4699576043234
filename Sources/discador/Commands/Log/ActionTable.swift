import CampaignCore

/// The log of who did what, in a line each.
struct ActionTable {
    let entries: [ActionEntry]
    var clock = LocalClock.machine

    /// The whole table, and below it which zone its times are of.
    ///
    /// - Parameter width: of the terminal; nil when there is none.
    func lines(_ language: Language, width: Int?) -> [String] {
        let rows = entries.map { row($0, language) }
        let columns = [
            TextTable.Column(language.text("when", "quando"), isWhole: true),
            TextTable.Column(language.text("who", "quem")), TextTable.Column(language.text("what", "o quê")),
            TextTable.Column(language.text("campaign", "campanha")), TextTable.Column(language.text("end", "fim")),
            TextTable.Column(language.text("details", "detalhes"), isOptional: true),
        ]
        let table = TextTable(columns, sample: rows, width: width)
        return [table.header] + rows.map(table.line) + [clock.name[language]]
    }

    private func row(_ entry: ActionEntry, _ language: Language) -> [String] {
        [
            clock.text(entry.at)[language], entry.actor.phrase[language], entry.operation, entry.detail.campaign ?? "",
            entry.state.phrase[language], entry.details,
        ]
    }
}

extension ActionEntry {
    /// The words of commands and documents, which are the same in every language; errors are in English as recorded.
    var details: String {
        let words = detail.words.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let counts = detail.counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return (words + counts + detail.phones + [error].compactMap(\.self)).joined(separator: " ")
    }
}

extension Actor {
    /// A user of the dashboard, or a token, is told from a user of this machine.
    var phrase: Phrase {
        switch kind {
        case .terminal: Phrase(verbatim: name)
        case .dashboard: Phrase("\(name), dashboard", "\(name), painel")
        case .api: Phrase("\(name), API", "\(name), API")
        }
    }
}

extension ActionEntry.State {
    var phrase: Phrase {
        switch self {
        case .begun: Phrase("not yet", "ainda não")
        case .done: Phrase("done", "feito")
        case .failed: Phrase("failed", "falhou")
        }
    }
}
