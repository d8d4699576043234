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
        for line in lines { try output.result(line) }
        for line in notes { output.note(line) }
        for list in totals { SkippedLinesText(list)?.warn(on: output) }
        if let rejectsFailure {
            output.warn("error: \(rejectsFailure.message[output.language]) \(Self.remedy(campaign, suggested))")
            throw ExitCode(rejectsFailure.exit.rawValue)
        }
        try Self.refuseUnusable(totals, on: output)
    }

    /// Ends the program when not one row of a list could be used.
    @inline(never)
    static func refuseUnusable(_ totals: [ImportTotals], on output: Output) throws {
        let unusable = totals.compactMap(UnusableList.init).map(\.message)
        guard !unusable.isEmpty else { return }
        for message in unusable { output.warn("error: \(message)") }
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    private static func remedy(_ campaign: String, _ suggested: SuggestedCommands) -> String {
        let command = suggested.command("report", campaign, "--rows", "rejects", "--format", "csv")
        return "The contacts are imported; `\(command)` prints the rejected rows."
    }

    /// The outcome in words.
    var lines: [String] {
        var lines = totals.flatMap { ImportedListText($0).lines }
        for list in totals where replaces && list.hasUsableRows && !list.isReplaced {
            lines.append(
                "\(list.file): nothing was replaced: a pipe or an export of rejected rows is never a later "
                    + "version of a list."
            )
        }
        if let rejectsFile {
            lines.append("Rejected rows: \(shownPath(rejectsFile)) (correct them there and import that file)")
        }
        for kept in rejectsFilesKept {
            lines.append("\(shownPath(kept)) has been changed since it was written, and was kept.")
        }
        lines.append("Campaign \(campaign) has \(contacts.counted("contact")).")
        return lines
    }

    /// What the user may want to do next.
    private var notes: [String] {
        guard totals.contains(where: { !$0.isReplaced && $0.notListed.ready > 0 }) else { return [] }
        return [
            "To call only the contacts of the new list, import it again with --replace: it excludes those who "
                + "are still waiting and are no longer in any list (not_listed)."
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
        let unusable = outcome.totals.compactMap(UnusableList.init).map(\.message)
        if !unusable.isEmpty { try container.encode(unusable.joined(separator: " "), forKey: .error) }
    }
}
