import ArgumentParser
import CampaignCore

/// The outcome of an import.
struct ImportOutcome: Codable {
    var campaign: String
    var totals: [ImportTotals]
    /// How many contacts the campaign has now.
    var contacts: Int
    /// Whether lists were to replace their earlier versions.
    var replaces = false
    /// Where the rejected rows were written; nil when there are none.
    var rejectsFile: String?
    /// Files of rejected rows that were kept, since they were changed after the program wrote them.
    var rejectsFilesKept: [String] = []
    /// Why the rejected rows could not be written; the contacts are imported nevertheless.
    var rejectsFailure: Failure?
    /// How the paths are shown to people.
    var shownPath = ShownPath.inWorkingFolder

    /// Without what only the requesting process knows.
    private enum CodingKeys: CodingKey {
        case campaign, totals, contacts, replaces, rejectsFile, rejectsFilesKept, rejectsFailure
    }

    /// Prints the outcome, and ends the program with the exit code of anything that went wrong after the import.
    @inline(never)  // see CheckCommand
    func show(on output: Output, _ suggested: SuggestedCommands) throws {
        try output.result(json: ImportDocument(outcome: self))
        for line in lines(output.language) { try output.result(line) }
        for line in notes { output.note(line) }
        for list in totals { SkippedLinesText(list)?.warn(on: output) }
        if let rejectsFailure {
            output.warn(Self.error + rejectsFailure.message + Self.remedy(campaign, suggested))
            throw ExitCode(rejectsFailure.exit.rawValue)
        }
        try Self.refuseUnusable(totals, on: output)
    }

    /// Ends the program when not one row of a list could be used.
    @inline(never)
    static func refuseUnusable(_ totals: [ImportTotals], on output: Output) throws {
        let unusable = totals.compactMap(UnusableList.init).map(\.message)
        guard !unusable.isEmpty else { return }
        for message in unusable { output.warn(error + message) }
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    private static let error = Phrase("error: ", "erro: ")

    private static func remedy(_ campaign: String, _ suggested: SuggestedCommands) -> Phrase {
        let command = suggested.command("report", campaign, "--rows", "rejects", "--format", "csv")
        return Phrase(
            " The contacts are imported; `\(command)` prints the rejected rows.",
            " Os contatos foram importados; `\(command)` mostra as linhas rejeitadas.")
    }

    /// The outcome in words.
    func lines(_ language: Language) -> [String] {
        var lines = totals.flatMap { ImportedListText($0, language).lines }
        for list in totals where replaces && list.hasUsableRows && !list.isReplaced {
            lines.append(
                language.text(
                    "\(list.file): nothing was replaced: a pipe or an export of rejected rows is never a later "
                        + "version of a list.",
                    "\(list.file): nada foi substituído: um pipe ou um arquivo de linhas rejeitadas nunca é uma nova "
                        + "versão de uma lista."))
        }
        if let rejectsFile {
            lines.append(
                language.text(
                    "Rejected rows: \(shownPath(rejectsFile)) (correct them there and import that file)",
                    "Linhas rejeitadas: \(shownPath(rejectsFile)) (corrija-as ali e importe esse arquivo)"))
        }
        for kept in rejectsFilesKept {
            lines.append(
                language.text(
                    "\(shownPath(kept)) has been changed since it was written, and was kept.",
                    "\(shownPath(kept)) foi alterado depois de gravado e foi mantido."))
        }
        let count = language.counted(contacts, .contact)
        lines.append(language.text("Campaign \(campaign) has \(count).", "A campanha \(campaign) tem \(count)."))
        return lines
    }

    /// What the user may want to do next.
    private var notes: [Phrase] {
        guard totals.contains(where: { !$0.isReplaced && $0.notListed.ready > 0 }) else { return [] }
        return [
            Phrase(
                "To call only the contacts of the new list, import it again with --replace: it excludes those who "
                    + "are still waiting and are no longer in any list (not_listed).",
                "Para ligar só para os contatos da lista nova, importe-a de novo com --replace: os que ainda aguardam e "
                    + "não estão mais em nenhuma lista são excluídos (not_listed).")
        ]
    }
}

/// The outcome of an import, as JSON.
private struct ImportDocument: Encodable {
    let outcome: ImportOutcome

    private enum CodingKeys: String, CodingKey {
        case campaign, lists, contacts, rejectsFile, rejectsFilesKept, rejectsError, error
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.campaign, forKey: .campaign)
        try container.encode(outcome.totals.map(ImportedListDocument.init), forKey: .lists)
        try container.encode(outcome.contacts, forKey: .contacts)
        try container.encode(outcome.rejectsFile, forKey: .rejectsFile)
        if !outcome.rejectsFilesKept.isEmpty {
            try container.encode(outcome.rejectsFilesKept, forKey: .rejectsFilesKept)
        }
        try container.encodeIfPresent(outcome.rejectsFailure?.message.english, forKey: .rejectsError)
        let unusable = outcome.totals.compactMap(UnusableList.init).map(\.message.english)
        if !unusable.isEmpty { try container.encode(unusable.joined(separator: " "), forKey: .error) }
    }
}
