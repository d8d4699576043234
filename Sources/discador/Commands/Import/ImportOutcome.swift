import ArgumentParser
import CampaignCore

/// What came of an import.
struct ImportOutcome: Codable {
    var campaign: String
    var totals: [ImportTotals]
    /// Contacts of the campaign now.
    var contacts: Int
    /// Whether lists were to take the place of their earlier versions.
    var replaces = false
    /// Where the rejected rows were written; nil when there are none.
    var rejectsFile: String?
    /// Files of rejected rows that were left alone, since they are not as the program wrote them.
    var rejectsFilesKept: [String] = []
    /// Why they could not be written; the contacts are taken in all the same.
    var rejectsFailure: Failure?

    /// Prints the outcome, and ends the program with the code of what went wrong after the contacts were taken in.
    @inline(never)  // see CheckCommand
    func show(on output: Output, _ suggested: SuggestedCommands) throws {
        try output.result(json: ImportDocument(outcome: self))
        for line in lines { try output.result(line) }
        for line in notes { output.note(line) }
        for list in totals { SkippedWords(list)?.warn(on: output) }
        if let rejectsFailure {
            output.warn("error: \(rejectsFailure.message) \(Self.remedy(campaign, suggested))")
            throw ExitCode(rejectsFailure.exit.rawValue)
        }
        try Self.refuseUnusable(totals, on: output)
    }

    /// Ends the program when a list was of no use at all.
    @inline(never)
    static func refuseUnusable(_ totals: [ImportTotals], on output: Output) throws {
        let unusable = totals.compactMap(UnusableList.init).map(\.message)
        guard !unusable.isEmpty else { return }
        for message in unusable { output.warn("error: \(message)") }
        throw ExitCode(ExitStatus.badInput.rawValue)
    }

    private static func remedy(_ campaign: String, _ suggested: SuggestedCommands) -> String {
        let command = suggested.command("report", campaign, "--rows", "rejects", "--format", "csv")
        return "The contacts are taken in; `\(command)` gives the rejected rows."
    }

    /// The outcome for people.
    var lines: [String] {
        var lines = totals.flatMap { ListWords($0).lines }
        for list in totals where replaces && list.hasUsableRows && !list.isReplaced {
            lines.append(
                "\(list.file): nothing was replaced; only a file can be a later version, no pipe and no export of rejected rows."
            )
        }
        if let rejectsFile {
            lines.append("Rejected rows: \(rejectsFile) (correct them there and import that file)")
        }
        for kept in rejectsFilesKept {
            lines.append("\(kept) is not as it was written, and was left alone.")
        }
        lines.append("Campaign \(campaign) has \(contacts.counted("contact")).")
        return lines
    }

    /// What may be done next.
    private var notes: [String] {
        guard totals.contains(where: { !$0.isReplaced && $0.notListed.ready > 0 }) else { return [] }
        return [
            "To go by the new list alone, import it once more with --replace: it excludes those who wait and are no longer in "
                + "any list (not_listed)."
        ]
    }
}

/// What came of an import, for a machine.
private struct ImportDocument: Encodable {
    let outcome: ImportOutcome

    private enum CodingKeys: String, CodingKey {
        case campaign, lists, contacts, rejectsFile, rejectsFilesKept, rejectsError, error
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.campaign, forKey: .campaign)
        try container.encode(outcome.totals.map(ListDocument.init), forKey: .lists)
        try container.encode(outcome.contacts, forKey: .contacts)
        try container.encode(outcome.rejectsFile, forKey: .rejectsFile)
        if !outcome.rejectsFilesKept.isEmpty {
            try container.encode(outcome.rejectsFilesKept, forKey: .rejectsFilesKept)
        }
        try container.encodeIfPresent(outcome.rejectsFailure?.message, forKey: .rejectsError)
        let unusable = outcome.totals.compactMap(UnusableList.init).map(\.message)
        if !unusable.isEmpty { try container.encode(unusable.joined(separator: " "), forKey: .error) }
    }
}

/// What became of one list, for a machine.
struct ListDocument: Encodable {
    var file: String
    var rows, accepted, blocked, duplicates, repeated, alreadyInCampaign, calledRecently, rejected, blank, extra: Int
    var reasons: [String: Int]
    var unchangedSince: String?
    /// Contacts of earlier versions of the list that no list has any more, by state.
    var notListed: StateCounts
    var listedAgain: Int
    var isReplaced: Bool
    /// Lines at the top that were left out; nil when none were.
    var skipped: SkippedLines?

    init(_ totals: ImportTotals) {
        file = totals.file
        rows = totals.rows
        accepted = totals.accepted
        blocked = totals.blocked
        duplicates = totals.duplicates
        repeated = totals.repeated
        alreadyInCampaign = totals.alreadyInCampaign
        calledRecently = totals.calledRecently
        rejected = totals.rejected
        blank = totals.blank
        extra = totals.extra
        reasons = totals.reasons
        unchangedSince = totals.unchangedSince.map(TimeText.iso)
        notListed = totals.notListed
        listedAgain = totals.listedAgain
        isReplaced = totals.isReplaced
        skipped = totals.skipped
    }
}

/// What became of one list, in words.
struct ListWords {
    private let totals: ImportTotals

    init(_ totals: ImportTotals) {
        self.totals = totals
    }

    var lines: [String] {
        if let since = totals.unchangedSince {
            return ["\(totals.file): the very same file was imported at \(TimeText.iso(since)): nothing has changed"]
                + versionLines
        }
        let skipped = SkippedWords(totals)?.line
        let head =
            "\(totals.file): \(totals.rows.counted("row")): \(totals.accepted) accepted, "
            + "\(totals.duplicates.counted("duplicate")), \(totals.rejected) rejected, \(totals.blank) blank"
        let details: [(Int, String)] =
            [
                (totals.blocked, "accepted and excluded: do_not_call"),
                (totals.repeated, "duplicate: stands in the list before"),
                (totals.alreadyInCampaign, "duplicate: the campaign has it already"),
                (totals.calledRecently, "duplicate: another campaign called it not long ago"),
                (totals.extra, "more than the rows: second numbers of a cell"),
            ]
            + totals.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ($0.value, "rejected: \($0.key)")
            }
        return [skipped, head].compactMap(\.self) + Self.lines(details) + versionLines
    }

    /// What became of those whom an earlier version of the file had.
    private var versionLines: [String] {
        let gone = totals.notListed
        let excluded = totals.isReplaced ? "excluded now: not_listed" : "and would be called"
        return Self.lines([
            (gone.ready, "no longer in the list, \(excluded)"),
            (gone.dialing, "no longer in the list, under way or interrupted"),
            (gone.accepted, "no longer in the list, accepted already"),
            (gone.failed, "no longer in the list, failed already"),
            (gone.inDoubt, "no longer in the list, in doubt"),
            (totals.listedAgain, "in the list again, no longer excluded as not_listed"),
        ])
    }

    private static func lines(_ details: [(Int, String)]) -> [String] {
        details.filter { $0.0 > 0 }.map { "  \($0.0) × \($0.1)" }
    }
}
